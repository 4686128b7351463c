/**
 * `npm run lint [-- path …]`: oxlint over the repository, no warning allowed. The rules that need types (floating promises,
 * exhaustive switches) run when `oxlint-tsgolint` is installed; without it a line says that they did not.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const { resolve } = createRequire(import.meta.url);

const typeAware = isInstalled("oxlint-tsgolint");
const oxlint = join(dirname(resolve("oxlint/package.json")), "bin/oxlint");
const flags = ["--deny-warnings", "--report-unused-disable-directives", ...(typeAware ? ["--type-aware"] : [])];
const { status } = spawnSync(process.execPath, [oxlint, ...flags, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
if (!typeAware) process.stdout.write("note: rules that need types were left out: the package oxlint-tsgolint is not installed.\n");
process.exitCode = status ?? 1;

function isInstalled(name: string): boolean {
  try {
    resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
