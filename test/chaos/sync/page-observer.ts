/** In the org's process: notes every page that it answers, with the time, in the file that the environment names. */
import { appendFileSync } from "node:fs";
import type { ObservedAnswer } from "@longarm/sandbox";
import { pagesVariable } from "./pages-variable.ts";

const file = process.env[pagesVariable];

/** Is told every answer of the org. */
export function observe({ method, path, query, status }: ObservedAnswer): void {
  if (file !== undefined && method === "GET" && status === 200) appendFileSync(file, `${Date.now()} ${path}?${query.toString()}\n`);
}
