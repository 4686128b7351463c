import type { ServerResponse } from "node:http";
import type { Answer } from "./exchange.ts";
import type { Fault } from "./faults.ts";

/** An answer with all its headers, ready to be written. */
export interface Outgoing {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Joins an answer with the headers that every answer has. */
export function outgoing(answer: Answer, common: readonly string[]): Outgoing {
  const { body } = answer;
  const typed = answer.status === 204 ? [] : ["content-type", "application/json", "content-length", String(Buffer.byteLength(body))];
  return { status: answer.status, headers: [...common, ...typed, ...answer.headers], body };
}

/** Writes the answer whole. */
export function sendWhole(response: ServerResponse, { status, headers, body }: Outgoing): void {
  response.writeHead(status, headers as string[]);
  response.end(body);
}

/** Closes the connection with a reset, so that the client cannot take it for an end. */
export function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

// Ends the connection in the ordinary way: a reset could take the half that was sent with it.
function sendHalf(response: ServerResponse, { status, headers, body }: Outgoing): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, headers as string[]);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function sendWrongJson(response: ServerResponse, { status, headers, body }: Outgoing): void {
  // As long as the true body, so that nothing but the parser can notice.
  const length = Buffer.byteLength(body);
  sendWhole(response, { status, headers, body: `{"status": <html>${"x".repeat(length)}`.slice(0, length) });
}

function sendSlowly(response: ServerResponse, { status, headers, body }: Outgoing, { ms = 100, bytes = 16 }: Fault): void {
  const whole = Buffer.from(body);
  let sent = 0;
  response.writeHead(status, headers as string[]);
  response.flushHeaders();
  const timer = setInterval(() => {
    response.write(whole.subarray(sent, sent + bytes));
    sent += bytes;
    if (sent < whole.length) return;
    clearInterval(timer);
    response.end();
  }, ms);
  response.once("close", () => clearInterval(timer));
}

/** Writes the answer as the fault, if there is one, wants it. Returns the status that the client got; 0 when it got none. */
export function send(response: ServerResponse, answer: Outgoing, fault: Fault | undefined): number {
  switch (fault?.kind) {
    case "cutBefore":
    case "cutAfterApply":
      cut(response);
      return 0;
    case "halfBody":
      sendHalf(response, answer);
      return answer.status;
    case "wrongJson":
      sendWrongJson(response, answer);
      return answer.status;
    case "slowDrip":
      sendSlowly(response, answer, fault);
      return answer.status;
    default:
      sendWhole(response, answer);
      return answer.status;
  }
}
