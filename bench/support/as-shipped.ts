import { dirname, join } from "node:path";
import { bundle } from "../../tools/bundle.ts";

let written: Promise<string> | undefined;

/** The program of a local set's processes as they are shipped, in a few files: what is measured is what people run. Written once. */
export async function shippedProgram(): Promise<string> {
  written ??= bundle(join(import.meta.dirname, "../../node_modules/.cache/longarm/measured"));
  return join(dirname(await written), "child-main.mjs");
}
