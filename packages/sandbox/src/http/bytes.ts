import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";

const chunkBytes = 64 * 1024;
// 251 is prime, so the pattern does not line up with any buffer: a missing or doubled chunk changes the bytes after it.
const period = 251;
const pattern = Buffer.from(Array.from({ length: chunkBytes + period }, (_, at) => at % period));

/** The bytes of that place in the endless sequence 0, 1, … 250, 0, 1, … */
export function bytesAt(offset: number, length: number): Buffer {
  return pattern.subarray(offset % period, (offset % period) + length);
}

function* chunksOf(size: number): Generator<Buffer> {
  for (let sent = 0; sent < size; sent += chunkBytes) yield bytesAt(sent, Math.min(chunkBytes, size - sent));
}

/** Answers `GET /sandbox/bytes?size=N` with N bytes that anybody can foretell: byte i is i modulo 251. */
export function serveBytes(request: IncomingMessage, response: ServerResponse): void {
  const size = Number(new URL(request.url as string, "http://sandbox").searchParams.get("size") ?? 0);
  if (!Number.isSafeInteger(size) || size < 0) {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: "`size` must be a whole number of bytes." }));
    return;
  }
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": size });
  pipeline(Readable.from(chunksOf(size)), response, () => undefined);
}
