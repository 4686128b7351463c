import { spawnSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const own = ["spoke", "shared"] as const;
/** Of packages that declarations of the kit, or flows, name. */
const foreign = { typebox: "build/**/*.d.mts", "@types/node": "**/*.d.ts", "undici-types": "*.d.ts" } as const;

interface Described {
  readonly version: string;
  readonly exports?: Readonly<Record<string, string>>;
}

function copyAll(from: string, to: string, paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}

function describe(name: string, to: string, { version, exports = {} }: Described): void {
  const types = Object.entries(exports).map(([at, file]) => [at, { types: file.replace(/^\.\/src\//, "./").replace(/\.ts$/, ".d.ts") }]);
  writeFileSync(join(to, "package.json"), JSON.stringify({ name, version, type: "module", exports: Object.fromEntries(types) }));
}

/**
 * Writes the declarations that an editor needs for flows of one's own below a directory, laid out so that they find each other. Throws what the
 * compiler says where the sources have no declarations.
 */
export function bundleTypes(directory: string): void {
  const made = spawnSync(process.execPath, [compiler, "-b", join(root, "packages/spoke")], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`The kit's declarations could not be made:\n${made.stdout}`);
  for (const name of own) {
    const [from, to] = [join(root, "packages", name), join(directory, "node_modules/@longarm", name)];
    copyAll(join(from, "dist"), to, globSync("**/*.d.ts", { cwd: join(from, "dist") }));
    describe(`@longarm/${name}`, to, JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as Described);
  }
  for (const [name, pattern] of Object.entries(foreign)) {
    const [from, to] = [join(root, "node_modules", name), join(directory, "node_modules", name)];
    // Their licences ask for their texts to be kept.
    copyAll(from, to, ["package.json", ...globSync(["LICENSE*", "license*", pattern], { cwd: from })]);
  }
}
