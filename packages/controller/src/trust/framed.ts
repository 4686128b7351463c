import type { Socket } from "node:net";

const lengthBytes = 4;
/** The longest message that may stand in one frame. */
export const longestFrame: number = 16 * 1024 * 1024;

/** Writes a message behind its length. */
export function writeFrame(socket: Socket, message: Uint8Array): void {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(message.length);
  socket.write(Buffer.concat([length, message]));
}

/** Runs `take` with each message that comes; one that is too long, or that `take` throws for, ends the connection. */
export function readFrames(socket: Socket, take: (message: Uint8Array) => void): void {
  let held = Buffer.alloc(0);
  socket.on("data", (bytes) => {
    held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes]);
    try {
      for (let message = next(); message; message = next()) take(message);
    } catch {
      socket.destroy();
    }
  });
  const next = (): Uint8Array | undefined => {
    if (held.length < lengthBytes) return undefined;
    const end = lengthBytes + held.readUInt32BE(0);
    if (end > longestFrame) throw new RangeError("too long");
    if (held.length < end) return undefined;
    const message = held.subarray(lengthBytes, end);
    held = held.subarray(end);
    return message;
  };
}
