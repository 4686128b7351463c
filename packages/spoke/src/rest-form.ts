import { LongarmError } from "@longarm/shared";
import type { ActionRequest, ActionResponse } from "./context.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** An action's request in the form in which an executor sends it. */
export interface RequestForm {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** The parts as a path, each percent-encoded. An empty part or half a surrogate pair throws `invalid_request`. */
export function encodePath(parts: readonly string[]): string {
  return parts
    .map((part) => {
      if (part === "" || !part.isWellFormed())
        throw new LongarmError("invalid_request", "A part of the request's path is empty or is no valid text.");
      return `/${encodeURIComponent(part)}`;
    })
    .join("");
}

/** Path, query, headers and body as they are sent: JSON is asked for, and a body is JSON. Undefined query members are left out. */
export function toRequestForm(request: ActionRequest): RequestForm {
  const path = encodePath(request.path);
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  const headers = { accept: "application/json", ...request.headers };
  if (request.body === undefined) return { path, query, headers };
  return { path, query, headers: { "content-type": "application/json", ...headers }, body: encoder.encode(JSON.stringify(request.body)) };
}

/** A body as an action sees it: parsed JSON, however deeply nested, the text where it is no JSON, null where there is none. */
export function readBody(bytes: Uint8Array): unknown {
  return bytes.byteLength === 0 ? null : parse(decoder.decode(bytes));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Status, headers and body as an action sees them. */
export function toActionResponse(status: number, headers: Readonly<Record<string, string>>, bytes: Uint8Array): ActionResponse {
  return { status, headers, body: readBody(bytes) };
}
