import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { debianArchives } from "./apt-sources.ts";

const test = suite("the machine's apt sources");

async function archivesOf(files: Record<string, string>): Promise<unknown> {
  return withTemporaryDirectory(async (directory) => {
    await mkdir(join(directory, "sources.list.d"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    return debianArchives(directory);
  });
}

test("are read from one-line files, options and comments included", async () => {
  const list = `# deb http://old.test/debian buster main
deb [arch=amd64 signed-by=/keys/mirror.gpg] http://mirror.test/debian bookworm main contrib # ours
deb-src http://mirror.test/debian bookworm main
deb http://mirror.test/debian-security bookworm-security main
`;
  assert.deepEqual(await archivesOf({ "sources.list": list }), [{ uri: "http://mirror.test/debian", signedBy: "/keys/mirror.gpg" }]);
});

test("are read from stanzas, with several addresses and continued lines", async () => {
  const stanzas = `Types: deb deb-src
# a remark
URIs: http://one.test/debian
 http://two.test/debian/
Suites: trixie trixie-updates
Components: main
Signed-By: /keys/debian.pgp

Types: deb
URIs: http://off.test/debian
Suites: trixie
Components: main
Enabled: no
`;
  assert.deepEqual(await archivesOf({ "sources.list.d/debian.sources": stanzas }), [
    { uri: "http://one.test/debian", signedBy: "/keys/debian.pgp" },
    { uri: "http://two.test/debian/", signedBy: "/keys/debian.pgp" },
  ]);
});

test("name a mirror once, however many files do", async () => {
  const line = "deb http://mirror.test/debian bookworm main\n";
  const archives = await archivesOf({ "sources.list": line, "sources.list.d/again.list": line, "sources.list.d/off.list.disabled": line });
  assert.deepEqual(archives, [{ uri: "http://mirror.test/debian" }]);
});

test("leave out other vendors' repositories", async () => {
  assert.deepEqual(await archivesOf({ "sources.list": "deb https://packages.test/apt stable main\n" }), []);
});

test("may be absent", async () => {
  assert.deepEqual(await debianArchives("/nonexistent"), []);
});

test.run();
