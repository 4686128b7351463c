/**
 * `npm run sbom [-- FILE]`: a bill of materials of what Longarm runs with, as CycloneDX, by npm itself. Default file: `sbom.cdx.json`, which is
 * not committed: it is made of the lock file, which is.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LockFile } from "./supply-chain/lock-file.ts";

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string; readonly "bom-ref": string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** npm's own `--omit dev` also leaves out what a development package shares with the product, so the lock file decides. */
function shippedOnly(bill: Bill): Bill {
  const development = new Set(new LockFile().foreign().flatMap((one) => (one.isDevelopment ? [`${one.name}@${one.version}`] : [])));
  const components = bill.components.filter(({ name, version }) => !development.has(`${name}@${version}`));
  const left = new Set(bill.components.filter((one) => !components.includes(one)).map((one) => one["bom-ref"]));
  const dependencies = bill.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map((one) => ({ ...one, dependsOn: (one.dependsOn ?? []).filter((ref) => !left.has(ref)) }));
  return { ...bill, components, dependencies };
}

const root = join(import.meta.dirname, "..");
const file = process.argv[2] ?? join(root, "sbom.cdx.json");
const words = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
const { status, stdout, stderr } = spawnSync("npm", words, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
if (status === 0) {
  const bill = shippedOnly(JSON.parse(stdout) as Bill);
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  process.stdout.write(`${file}: ${bill.components.length} components\n`);
} else {
  process.stderr.write(stderr);
  process.exitCode = 1;
}
