import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { collectBody } from "./collect-body.ts";
import type { RestFailure, RestResponse } from "./contract.ts";

/** The signal of a call that nobody aborts. */
export const never: AbortSignal = new AbortController().signal;

/** A whole response with the body `{}`, for raw servers. */
export const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/** The failure that a call should have ended with. */
export function failed(result: RestResponse | RestFailure): RestFailure {
  assert.equal(result.kind, "failure");
  return result;
}

/** The response that a call should have got. */
export function answered(result: RestResponse | RestFailure): RestResponse {
  if (result.kind === "failure") throw result.error;
  return result;
}

/** The response's body as text. */
export async function textOf(result: RestResponse | RestFailure): Promise<string> {
  return Buffer.from(await collectBody(answered(result), 1_000_000)).toString();
}

/** Calls back for each request whose head has arrived. */
export function onRequests(socket: Socket, then: () => void): void {
  socket.on("data", (bytes) => {
    for (const _ of bytes.toString("latin1").matchAll(/ HTTP\/1\.1\r\n/g)) then();
  });
}
