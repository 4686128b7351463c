import { LongarmError } from "../errors.ts";
import type { RestResponse } from "./contract.ts";

const empty = new Uint8Array(0);

/** The whole body. Longer than `maxBytes`: throws `response_too_large` and gives the rest up; what `body` throws passes through. */
export async function collectBody(response: Pick<RestResponse, "body">, maxBytes: number): Promise<Uint8Array> {
  let first: Uint8Array | undefined;
  let rest: Uint8Array[] | undefined;
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > maxBytes)
      throw new LongarmError("response_too_large", `The response is longer than the ${maxBytes} bytes that this call may read.`);
    if (first === undefined) first = chunk;
    else (rest ??= []).push(chunk);
  }
  if (rest === undefined) return first ?? empty;
  return Buffer.concat([first ?? empty, ...rest], length);
}
