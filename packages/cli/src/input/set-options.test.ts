import { deepEqual, equal, rejects } from "node:assert/strict";
import { Readable, Writable } from "node:stream";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { suite } from "../../../../test/support/suite.ts";
import { Shell } from "../shell.ts";
import { applySetOptions } from "./set-options.ts";

const test = suite("set options");

const schema = {
  properties: {
    user: { type: "string" },
    activate: { type: "boolean" },
    maxItems: { type: "integer" },
    groups: { type: "array", items: { type: "string" } },
    ifExists: { enum: ["fail", "return"] },
    limit: { anyOf: [{ type: "integer" }, { type: "null" }] },
    profile: { type: "object", properties: { login: { type: "string" } } },
  },
};

function shellWith(input: string): Shell {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new Shell({ stdin: Readable.from(input === "" ? [] : [Buffer.from(input)]), stdout: nowhere, stderr: nowhere, environment: {} });
}

function apply(options: readonly string[], input: unknown = {}, stdin = ""): Promise<unknown> {
  return applySetOptions(shellWith(stdin), input, { options, schema });
}

test("the schema says which values are text and which are JSON", async () => {
  deepEqual(await apply(["user=true", "activate=false", "maxItems=10", 'groups=["a","b"]', "ifExists=return", "limit=null"]), {
    user: "true",
    activate: false,
    maxItems: 10,
    groups: ["a", "b"],
    ifExists: "return",
    limit: null,
  });
});

test("dots lead into objects, a backslash keeps one in a name", async () => {
  deepEqual(await apply(["profile.login=ada@example.com", "profile.cost\\.center=7", "profile.empty="], { profile: { email: "a@b.c" } }), {
    profile: { email: "a@b.c", login: "ada@example.com", "cost.center": "7", empty: "" },
  });
});

test("a value may hold equals signs", async () => {
  deepEqual(await apply(["user=a=b=c"]), { user: "a=b=c" });
});

test("reads a value from standard input or a file, without its last newline", async () => {
  deepEqual(await apply(["user=-"], {}, "hunter2\n"), { user: "hunter2" });
  await withTemporaryDirectory(async (directory) => {
    const file = join(directory, "secret");
    await writeFile(file, "s3cret\r\n");
    deepEqual(await apply([`user=@${file}`]), { user: "s3cret" });
  });
});

test("does not change the input that it is given", async () => {
  const input = { profile: { login: "a" } };
  await apply(["profile.login=b"], input);
  equal(input.profile.login, "a");
});

test("refuses what it cannot put anywhere", async () => {
  for (const options of [
    ["user"],
    ["=x"],
    ["a..b=1"],
    ["__proto__.polluted=1"],
    ["activate=yes"],
    ["user.name=x"],
    ["user=@/nonexistent/file"],
  ]) {
    await rejects(apply(options, { user: "ada" }), { code: "invalid_usage" }, options.join());
  }
  await rejects(apply(["user=x"], [1]), { code: "invalid_usage" });
  equal(({} as { polluted?: unknown }).polluted, undefined);
});

test.run();
