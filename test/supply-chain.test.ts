import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeFlagsOf } from "../packages/cli/src/local-set/child-process.ts";
import { LockFile } from "../tools/supply-chain/lock-file.ts";
import { withTemporaryDirectory } from "./support/directories.ts";
import { runProcess } from "./support/processes.ts";
import { suite } from "./support/suite.ts";

const test = suite("the supply chain");

const root = join(import.meta.dirname, "..");
const lock = new LockFile();

/** Permissive licences: they ask for their text to be kept, and for nothing of ours. */
const allowed = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT", "Python-2.0", "Unlicense"]);
/** What builds and tests Longarm may also be under these, since none of it is shipped. */
const allowedTools = new Set([...allowed, "MPL-2.0", "(BSD-3-Clause OR GPL-2.0)", "(MIT AND Zlib)"]);

/** Most direct packages at run time, and most in all. A new one is a decision: raise the figure with it. */
const limits: Readonly<Record<string, { readonly direct: number; readonly all: number }>> = {
  agent: { direct: 12, all: 40 },
  controller: { direct: 20, all: 95 },
};

test("runs no script of anybody at installation", () => {
  assert.deepEqual(
    lock.foreign().filter(({ hasInstallScript }) => hasInstallScript),
    [],
  );
});

test("names every package by its exact version, in the lock file and in each manifest", () => {
  const manifests = ["package.json", ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`)];
  const ranges = manifests
    .filter((file) => existsSync(join(root, file)))
    .flatMap((file) => {
      type Versions = Readonly<Record<string, string>>;
      const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as Readonly<Record<string, Versions | undefined>>;
      const groups = ["dependencies", "devDependencies", "optionalDependencies"].map((group) => manifest[group] ?? {});
      const all = groups.flatMap((group) => Object.entries(group));
      return all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)).map(([name]) => `${file}: ${name}`);
    });
  assert.deepEqual(ranges, []);
});

for (const [workspace, { direct, all }] of Object.entries(limits)) {
  test(`of ${workspace === "agent" ? "an" : "a"} ${workspace} is short`, () => {
    const [asked, installed] = [lock.directOf(`packages/${workspace}`), lock.closureOf(`packages/${workspace}`)];
    process.stdout.write(`\n${workspace}: ${asked.length} direct packages, ${installed.length} in all`);
    assert.ok(asked.length <= direct, `${asked.length} direct packages: ${asked.join(", ")}`);
    assert.ok(installed.length <= all, `${installed.length} packages in all`);
  });
}

test("of an agent holds no native code", () => {
  const native = lock.closureOf("packages/agent").flatMap(({ place }) => {
    const files = existsSync(join(root, place)) ? readdirSync(join(root, place), { recursive: true, encoding: "utf8" }) : [];
    return files.filter((file) => /\.node$|(?:^|\/)binding\.gyp$/.test(file)).map((file) => `${place}/${file}`);
  });
  assert.deepEqual(native, []);
});

test("is under licences that allow what we do", () => {
  const refused = lock.foreign().filter(({ licence = "", isDevelopment }) => !(isDevelopment ? allowedTools : allowed).has(licence));
  assert.deepEqual(
    refused.map(({ name, licence }) => `${name}: ${licence}`),
    [],
  );
});

test("is told on docs/LICENCES.md as it is", async () => {
  const { stdout } = await runProcess({ command: process.execPath, args: [join(root, "tools/generate-licences.ts")] });
  assert.equal(readFileSync(join(root, "docs/LICENCES.md"), "utf8"), stdout, "run: npm run licences");
});

test("can be had as a bill of materials", () =>
  withTemporaryDirectory(async (directory) => {
    const file = join(directory, "sbom.json");
    const { code, stderr } = await runProcess({ command: process.execPath, args: [join(root, "tools/sbom.ts"), file] });
    assert.equal(code, 0, stderr);
    const { bomFormat, components } = JSON.parse(readFileSync(file, "utf8")) as { bomFormat: string; components: { name: string }[] };
    const names = new Set(components.map(({ name }) => name));
    assert.equal(bomFormat, "CycloneDX");
    const missing = lock.foreign().filter(({ isDevelopment, name }) => !isDevelopment && !names.has(name));
    // The Node binaries of other machines than this one may be left out.
    assert.deepEqual(
      missing.map(({ name }) => name).filter((name) => !name.startsWith("node-")),
      [],
    );
    assert.ok(!names.has("oxlint"));
  }));

test("starts Node for a controller in the unit as `longarm up` does", () => {
  const unit = readFileSync(join(root, "deploy/systemd/longarm-controller.service"), "utf8");
  const inUnit = /^Environment=NODE_OPTIONS=(.+)$/m.exec(unit)?.[1]?.split(" ");
  assert.deepEqual(
    inUnit,
    nodeFlagsOf("controller").filter((flag) => !nodeFlagsOf("agent").includes(flag)),
  );
});

const hasAnalyzer = spawnSync("systemd-analyze", ["--version"]).status === 0;
const units = readdirSync(join(root, "deploy/systemd")).filter((name) => name.endsWith(".service"));

for (const unit of units) {
  const title = `ends in a unit that confines ${unit.replace(/\.service$/, "")} to what it needs`;
  if (!hasAnalyzer) test.skip(title, "this machine has no systemd-analyze");
  else
    test(title, () => {
      const file = join(root, "deploy/systemd", unit);
      const { stdout } = spawnSync("systemd-analyze", ["security", "--offline=true", "--no-pager", "--threshold=15", file], {
        encoding: "utf8",
      });
      const exposure = Number(/Overall exposure level for [^:]+: (\d+\.\d)/.exec(stdout)?.[1]);
      process.stdout.write(`\n${unit}: exposure ${exposure}`);
      assert.ok(
        exposure <= 1.5,
        stdout
          .split("\n")
          .filter((line) => line.startsWith("✗"))
          .join("\n"),
      );
    });
}

test.run();
