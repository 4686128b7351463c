import type { ObservedAnswer } from "@longarm/sandbox";
import { answerFault } from "./okta-answers.ts";

/** In a sandbox process: ends it when it answers what Okta would not, so that the test that asked fails with the reason in its output. */
export function observe(answer: ObservedAnswer): void {
  const fault = answerFault(answer);
  if (fault === undefined) return;
  process.stderr.write(`${fault}\n`);
  process.exit(70);
}
