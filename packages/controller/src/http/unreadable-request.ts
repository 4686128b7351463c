import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { LongarmError } from "@longarm/shared";
import type { ConnectionError } from "fastify";
import { invalidRequest } from "./invalid-request.ts";
import { problemContentType, toProblem } from "./problem.ts";

interface Refusal {
  readonly status: number;
  readonly error: LongarmError;
}

/** The headers that hold a control character, which no header may: the parser does not say which it met. */
function headersWithControls(packet: unknown): readonly string[] {
  const [head = ""] = (Buffer.isBuffer(packet) ? packet : Buffer.alloc(0)).toString("latin1").split("\r\n\r\n", 1);
  return head
    .split("\r\n")
    .slice(1)
    .flatMap((line) => /^([!#$%&'*+.^`|~\w-]{1,64}):.*[^\t -~\x80-\xff]/s.exec(line)?.[1]?.toLowerCase() ?? []);
}

function refusalOf({ code, rawPacket }: ConnectionError): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: 408, error: new LongarmError("invalid_request", "The request did not arrive whole in time.") };
  if (code === "HPE_HEADER_OVERFLOW")
    return { status: 431, error: new LongarmError("invalid_request", "The request's headers are larger than 16 KiB together.") };
  const named = headersWithControls(rawPacket).map((name) => ({
    in: "headers",
    pointer: `/${name}`,
    problem: "holds a control character",
  }));
  if (named.length > 0) return { status: 422, error: invalidRequest(named) };
  return { status: 400, error: new LongarmError("invalid_request", "What arrived is no HTTP request.") };
}

/** Answers what could not be read as a request with a problem, and ends its connection. */
export function answerUnreadable(reason: ConnectionError, socket: Socket): void {
  if (reason.code === "ECONNRESET" || !socket.writable) return void socket.destroy(reason);
  const { status, error } = refusalOf(reason);
  const body = JSON.stringify({ ...toProblem(error), status });
  const headers = [`content-type: ${problemContentType}`, `content-length: ${Buffer.byteLength(body)}`, "connection: close"];
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join("\r\n")}\r\n\r\n${body}`);
}
