import type { IncomingHttpHeaders } from "node:http";
import type { Org } from "../state/org.ts";
import type { Effect } from "../state/effect.ts";
import type { Refusal } from "../state/refusal.ts";

/** A request to the org's API, read and routed. */
export interface ApiRequest {
  readonly org: Org;
  readonly method: string;
  /** `http://host:port` as the client wrote it. */
  readonly origin: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The JSON body, or the members of a form; an empty object when there was none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What is sent back. `headers` are names and values in turn, since a name may repeat. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly body: string;
  readonly headers: readonly string[];
  readonly effects: readonly Effect[];
  /** What the request still does when it has been answered. */
  readonly later?: Promise<readonly Effect[]>;
}

/** A route's work; it takes time only where the org itself calls somebody. */
export type Handler = (request: ApiRequest) => Answer | Refusal | Promise<Answer | Refusal>;

/** One line of the route table: `{name}` in the template stands for one part of the path. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly template: string;
  /** Needs no credential. */
  readonly isOpen?: true;
  readonly handle: Handler;
}

interface AnswerOptions {
  readonly status?: number;
  readonly headers?: readonly string[];
  readonly effects?: readonly Effect[];
  readonly later?: Promise<readonly Effect[]> | undefined;
}

/** An answer with this JSON text as its body. */
export function answer(body: string, { status = 200, headers = [], effects = [], later }: AnswerOptions = {}): Answer {
  return { kind: "answer", status, body, headers, effects, ...(later && { later }) };
}

/** An answer without a body. */
export function noContent(...effects: Effect[]): Answer {
  return answer("", { status: 204, effects });
}

/** A query parameter that is true or false. */
export function flag(request: ApiRequest, name: string, fallback: boolean): boolean {
  const value = request.query.get(name);
  return value === null ? fallback : value.toLowerCase() === "true";
}

/** A member of the body that is an object; null for anything else. */
export function objectMember(request: ApiRequest, name: string): Readonly<Record<string, unknown>> | null {
  const value = request.body[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
