import { LongarmError } from "@longarm/shared";
import type { RestExecutor, RestRequest, RestResponse } from "@longarm/shared/rest";
import { chunkBytes } from "@longarm/shared/wire";
import type { FrameSender } from "./frame-sender.ts";

/** Performs the request and sends what came of it: one frame when it is short, else head, chunks under credit and end. */
export async function carryResponse(
  executor: RestExecutor,
  request: RestRequest,
  to: { sender: FrameSender; signal: AbortSignal },
): Promise<void> {
  const answer = await executor.send(request, to.signal);
  if (answer.kind === "response") return sendResponse(answer, to.sender);
  to.sender.send({ kind: "failure", delivery: answer.delivery, error: answer.error.toBody(), record: answer.record });
}

async function sendResponse(response: RestResponse, sender: FrameSender): Promise<void> {
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  let headSent = false;
  const { status, headers, grantedScopes } = response;
  const head = { status, headers, ...(grantedScopes && { grantedScopes }) };
  const release = async (): Promise<void> => {
    if (!headSent) sender.send({ kind: "head", head });
    headSent = true;
    const bytes = joined(held, heldBytes);
    held.length = heldBytes = 0;
    await sender.sendBytes(bytes);
  };
  try {
    for await (const chunk of response.body) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes >= chunkBytes) await release();
    }
  } catch (reason) {
    if (!headSent) sender.send({ kind: "head", head });
    return sender.send({ kind: "failure", delivery: "unknown", error: LongarmError.from(reason).toBody(), record: response.record() });
  }
  if (!headSent && sender.hasCreditFor(heldBytes)) {
    return sender.send({ kind: "whole", head, body: joined(held, heldBytes), end: { record: response.record(), next: null, last: true } });
  }
  await release();
  sender.send({ kind: "end", end: { record: response.record(), next: null, last: true } });
}

/** The pieces as one; a single piece is not copied. */
function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces, bytes);
}
