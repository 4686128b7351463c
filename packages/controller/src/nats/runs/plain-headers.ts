import { LongarmError } from "@longarm/shared";
import type { MsgHdrs } from "@nats-io/transport-node";

/** A message's headers by name, one value each. */
export type PlainHeaders = Readonly<Record<string, string>>;

const lineBreak = /[\r\n]/;
const text = new TextEncoder();

/**
 * Headers as the client's `publish` and `request` take them, which ask for nothing but their bytes. The client's own object is a
 * list for each name that checks and searches with every change: several times the work, for every message. Throws `internal` for
 * a value that would end its line.
 */
export function encodeHeaders(headers: PlainHeaders): MsgHdrs {
  let lines = "NATS/1.0\r\n";
  for (const name of Object.keys(headers)) {
    const value = headers[name] ?? "";
    if (lineBreak.test(value)) throw new LongarmError("internal", `A header ${name} was to hold a line break.`);
    lines += `${name}: ${value}\r\n`;
  }
  const encoded = { encode: () => text.encode(`${lines}\r\n`) };
  return encoded as unknown as MsgHdrs;
}
