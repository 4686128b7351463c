import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";

const batchSize = 256;

/**
 * Every message of one subject from a sequence on, up to the one that the stream's leader names as the last now: a replica
 * that lags is asked again one message at a time through the leader, so that nothing acknowledged is missed.
 */
export async function readSubject(
  jsm: JetStreamManager,
  at: { readonly stream: string; readonly subject: string; readonly from: number },
): Promise<readonly StoredMsg[]> {
  const last = await lastOf(jsm, at.stream, at.subject);
  if (!last || last.seq < at.from) return [];
  if (at.from === last.seq) return [last];
  const found: StoredMsg[] = [];
  let next = at.from;
  while (next <= last.seq) {
    const batch = await directBatch(jsm, at, next);
    const reached = batch.at(-1)?.seq;
    if (reached === undefined) {
      const query = { seq: next, next_by_subj: at.subject };
      const message = await jsm.streams.getMessage(at.stream, query);
      if (!message) break;
      batch.push(message);
    }
    found.push(...batch);
    next = (found.at(-1)?.seq ?? next) + 1;
  }
  return found;
}

/** The last message on a subject or pattern, as the stream's leader has it; undefined when there is none. */
export async function lastOf(jsm: JetStreamManager, stream: string, subject: string): Promise<StoredMsg | undefined> {
  return (await jsm.streams.getMessage(stream, { last_by_subj: subject })) ?? undefined;
}

async function directBatch(
  jsm: JetStreamManager,
  at: { readonly stream: string; readonly subject: string },
  from: number,
): Promise<StoredMsg[]> {
  const batch: StoredMsg[] = [];
  const messages = await jsm.direct.getBatch(at.stream, { seq: from, next_by_subj: at.subject, batch: batchSize });
  for await (const message of messages) batch.push(message);
  return batch;
}
