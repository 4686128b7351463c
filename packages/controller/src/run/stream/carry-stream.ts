import type { Intent } from "@longarm/shared";
import type { AnyStream, Spoke } from "@longarm/spoke";
import { surroundings, type Carriage } from "../carriage.ts";
import { StreamFollower } from "./follow-stream.ts";
import { KeptPages } from "./kept-pages.ts";
import { RunCalls } from "../call/run-calls.ts";

/** What a finished stream run shows as its output. */
export interface StreamSummary {
  readonly items: number;
  readonly pages: number;
  /** Items left out at the caller's wish; absent: none. */
  readonly dropped?: number;
  /** Present when there is more that the target gives no way to. */
  readonly truncated?: true;
}

/** Carries a run of a stream: its look-ups, then its pages. Resolves when every wanted item is kept; throws what ends the run. */
export async function carryStream(
  carriage: Carriage,
  of: { readonly stream: AnyStream; readonly spoke: Spoke; readonly input: unknown },
): Promise<StreamSummary> {
  const { stream, spoke } = of;
  const { input, ordinal } = await prepare(carriage, stream, of.input);
  const keeper = await KeptPages.open(carriage, { stream, input });
  const attempt = lastAttempt(carriage.known.intents, ordinal) + 1;
  await new StreamFollower(carriage, { stream, spoke, input, ordinal, attempt, keeper, isRecorded: true }).follow();
  const { dropped, truncated } = keeper.remarks;
  return { items: keeper.itemCount, pages: keeper.pageCount, ...(dropped > 0 && { dropped }), ...(truncated && { truncated }) };
}

/** Makes the stream's look-ups, or takes them from the log; resolves to the ordinal of the call that follows them, too. */
async function prepare(carriage: Carriage, stream: AnyStream, input: unknown): Promise<{ input: unknown; ordinal: number }> {
  const { deps, submission } = carriage;
  if (!stream.prepare) return { input, ordinal: 0 };
  const rest = new RunCalls(carriage, "read");
  const note = (): void => deps.signals.tell(submission.runId, "progress");
  const context = { ...surroundings(carriage), rest, submittedAt: submission.submittedAtMs, dryRun: false, note };
  return { input: await stream.prepare(context, input), ordinal: rest.count };
}

function lastAttempt(intents: readonly Intent[], ordinal: number): number {
  return intents.filter(({ call }) => call.ordinal === ordinal).reduce((most, intent) => Math.max(most, intent.attempt), 0);
}
