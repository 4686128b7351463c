import type { RunState } from "./fold-run.ts";
import { isTriggerPrincipal } from "./trigger/trigger.ts";

/** How long after its end a run's secret outputs can be read. */
export const secretsReadableMs = 15 * 60_000;

/** What is known of a run whose secret outputs somebody asks for. */
export interface SecretOutputs {
  /** Who submitted the run. */
  readonly submitter: string;
  readonly state: Pick<RunState, "endedAtMs" | "secretsRead">;
  /** Does its output hold any? */
  readonly areThere: boolean;
}

/** Whether secret outputs are given, now and this once; or why not. Times are Unix milliseconds. */
export type SecretsVerdict =
  | { readonly kind: "given" }
  | { readonly kind: "notTheirs" }
  | { readonly kind: "unfinished" }
  | { readonly kind: "none" }
  | { readonly kind: "readBefore"; readonly principal: string; readonly atMs: number }
  | { readonly kind: "tooLate"; readonly untilMs: number };

/** Decides whether `principal` is given a run's secret outputs at `nowMs`. Who may not have them is not told what became of them. */
export function judgeReading(of: SecretOutputs, asked: { readonly principal: string; readonly nowMs: number }): SecretsVerdict {
  const { endedAtMs, secretsRead } = of.state;
  if (asked.principal !== of.submitter || isTriggerPrincipal(of.submitter)) return { kind: "notTheirs" };
  if (endedAtMs === null) return { kind: "unfinished" };
  if (!of.areThere) return { kind: "none" };
  if (secretsRead) return { kind: "readBefore", ...secretsRead };
  const untilMs = endedAtMs + secretsReadableMs;
  return asked.nowMs > untilMs ? { kind: "tooLate", untilMs } : { kind: "given" };
}
