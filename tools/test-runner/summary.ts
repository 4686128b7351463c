import { hasFailed } from "./progress.ts";
import type { FileResult } from "./run-test-file.ts";

/** The end of a test run: `lines` for people, the last of them the closing line; `json` for programs. */
export interface Summary {
  readonly lines: readonly string[];
  readonly json: {
    readonly ok: boolean;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly files: number;
    readonly ms: number;
    readonly unsteady: readonly string[];
    readonly failures: readonly { readonly path: string; readonly failed: number; readonly faults: readonly string[] }[];
    readonly slowest: readonly { readonly path: string; readonly ms: number }[];
  };
}

/** Adds up what the files came to. A file that failed as a whole counts as one failure, and so does finding no file at all. */
export function summarize(results: readonly FileResult[], { ms, parts }: { ms: number; parts: readonly string[] }): Summary {
  const failures = results.filter(hasFailed).map(({ path, failed, faults }) => ({ path, failed, faults }));
  const unsteady = results.filter(({ isUnsteady }) => isUnsteady).map(({ path }) => path);
  const none = results.length === 0 ? 1 : 0;
  const failed = none + failures.reduce((sum, each) => sum + Math.max(each.failed, 1), 0);
  const passed = total(results, "passed");
  const skipped = total(results, "skipped");
  const slowest = results
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 5)
    .map((each) => ({ path: each.path, ms: Math.round(each.ms) }));
  const lines = [
    ...(none > 0 ? [`No test file was run${parts.length > 0 ? `: no path contains ${parts.join(" or ")}` : ""}.`] : []),
    `Slowest: ${slowest.map((each) => `${each.path} ${(each.ms / 1000).toFixed(1)} s`).join(", ")}`,
    ...unsteady.map((path) => `UNSTEADY ${path}: failed beside others, passed alone`),
    ...failures.map((each) => `FAILED ${each.path}`),
    `${results.length} files in ${(ms / 1000).toFixed(1)} s`,
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  ];
  const counts = { ok: failed === 0, passed, failed, skipped, files: results.length, ms: Math.round(ms) };
  return { lines, json: { ...counts, unsteady, failures, slowest } };
}

function total(results: readonly FileResult[], count: "passed" | "skipped"): number {
  return results.reduce((sum, each) => sum + each[count], 0);
}
