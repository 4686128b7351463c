import { hasFailed, type Progress } from "./progress.ts";
import type { FileResult } from "./run-test-file.ts";

/** More failures than these are no accident of a busy machine. */
const mostFiles = 3;

/**
 * Runs the files that failed once more, one at a time, and gives all results with the second ones in their places. A file that
 * passes now is marked as unsteady, so that it is named; when many failed, nothing is run again.
 */
export async function tryAgainAlone(
  results: readonly FileResult[],
  run: (path: string) => Promise<FileResult>,
  progress: Pick<Progress, "triedAgain">,
): Promise<readonly FileResult[]> {
  if (results.filter(hasFailed).length > mostFiles) return results;
  const after: FileResult[] = [];
  for (const result of results) {
    if (!hasFailed(result)) {
      after.push(result);
      continue;
    }
    const again = await run(result.path);
    progress.triedAgain(again);
    after.push({ ...again, isUnsteady: !hasFailed(again) });
  }
  return after;
}
