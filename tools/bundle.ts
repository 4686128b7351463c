/**
 * `npm run bundle [-- DIRECTORY]`: all of Longarm in a few files, below `dist/` unless told. They need Node and nothing else, start in half
 * the processor time that the sources take, and hold a third less memory: `node dist/lib/longarm.mjs up --sandbox`.
 */
import { copyFileSync, globSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { bundleTypes } from "./bundle-types.ts";

const root = join(import.meta.dirname, "..");
const cli = join(root, "packages/cli");
const flows = join(root, "packages/controller/src/flows");
/** Files that are read as they are, by the folder below the library that they are looked for in. */
const assets = {
  reference: ["packages/controller/src/http/reference/*.{css,svg}"],
  // Told whoever copies a flow.
  flows: ["packages/okta/src/flows/!(*.test|index).ts"],
} as const;

/** Writes the bundle into a directory, over what was there, and resolves to the path of the program. */
export async function bundle(directory: string): Promise<string> {
  const library = join(directory, "lib");
  rmSync(library, { recursive: true, force: true });
  const made = await rolldown({
    input: {
      longarm: join(cli, "bin/longarm.mjs"),
      "child-main": join(cli, "src/local-set/child-main.ts"),
      "flow-thread-main": join(flows, "flow-thread-main.ts"),
      // What flows of one's own import: the same modules as the thread's, by the names that it knows them under.
      ...Object.fromEntries(["spoke", "testing", "typebox", "register"].map((name) => [`kit/${name}`, join(flows, `kit/${name}.ts`)])),
    },
    platform: "node",
    // What pg would use where somebody had installed it.
    external: ["pg-native"],
    logLevel: "warn",
    // The files that could be started by themselves are parts of one program here.
    transform: { define: { "import.meta.main": "false" } },
  });
  await made.write({ dir: library, format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" });
  await made.close();
  for (const [folder, paths] of Object.entries(assets)) {
    mkdirSync(join(library, folder));
    for (const path of globSync(paths, { cwd: root })) copyFileSync(join(root, path), join(library, folder, basename(path)));
  }
  bundleTypes(join(library, "types"));
  // The version is read from the description one directory up, as in the packages.
  copyFileSync(join(cli, "package.json"), join(directory, "package.json"));
  for (const path of ["LICENSE", "docs/LICENCES.md"]) copyFileSync(join(root, path), join(directory, basename(path)));
  return join(library, "longarm.mjs");
}

if (import.meta.main) process.stdout.write(`${await bundle(resolve(process.argv[2] ?? join(root, "dist")))}\n`);
