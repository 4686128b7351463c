import { isErrorCode, LongarmError, type ErrorBody } from "../errors.ts";
import { readId, type AgentId, type CallId, type ControllerId, type RunId } from "../ids.ts";
import { deepestJson, nestsTooDeep } from "../json-flaw.ts";
import { maxMessageBytes, maxTextLength } from "./limits.ts";

/** What a decoded member may be when a stranger wrote it. */
type Maybe<T> = T | null | undefined;

/** Runs `read` over a message from the wire; whatever it throws becomes `invalid_wire_message` naming the kind of message. */
export function readMessage<T>(what: string, message: Uint8Array, read: (message: Uint8Array) => T): T {
  if (message.length > maxMessageBytes) throw broken(what, `it has ${message.length} bytes, more than ${maxMessageBytes}`);
  try {
    return read(message);
  } catch (reason) {
    throw broken(what, reason instanceof Error ? reason.message : String(reason), reason);
  }
}

function broken(what: string, why: string, cause?: unknown): LongarmError {
  return new LongarmError("invalid_wire_message", `A ${what} message could not be read: ${why}.`, { cause });
}

function wrong(member: string, expected: string): never {
  throw new TypeError(`${member} is not ${expected}`);
}

/** The member that must be there. */
export function present<T>(value: Maybe<T>, member: string): T {
  return value ?? wrong(member, "there");
}

/** Text of at most `maxTextLength` characters; an absent one is empty. */
export function readText(value: Maybe<string>, member: string): string {
  const text = value ?? "";
  return text.length <= maxTextLength ? text : wrong(member, `at most ${maxTextLength} characters long`);
}

/** Text of at least one character. */
export function readName(value: Maybe<string>, member: string): string {
  return readText(value, member) || wrong(member, "there");
}

/** What an agent may be called: people read it on terminals and compare it. */
export function readAgentName(value: Maybe<string>): string {
  const name = value ?? "";
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? name : wrong("name", "an agent's name");
}

export function readOptionalText(value: Maybe<string>, member: string): string | null {
  return value === null || value === undefined ? null : readText(value, member);
}

/** A whole number from `least` up that JavaScript holds exactly. */
export function readCount(value: Maybe<number>, member: string, least = 0): number {
  const count = value ?? 0;
  return Number.isSafeInteger(count) && count >= least ? count : wrong(member, `a whole number from ${least} up`);
}

/** A finite number, not below zero. */
export function readMeasure(value: Maybe<number>, member: string): number {
  const measure = value ?? 0;
  return Number.isFinite(measure) && measure >= 0 ? measure : wrong(member, "a finite number from 0 up");
}

export function readOptionalMeasure(value: Maybe<number>, member: string): number | null {
  return value === null || value === undefined ? null : readMeasure(value, member);
}

/** One of the words that this version knows. */
export function readWord<W extends string>(value: Maybe<string>, words: readonly W[], member: string): W {
  return words.find((word) => word === value) ?? wrong(member, `one of ${words.join(", ")}`);
}

/** Exactly so many bytes. */
export function readBytes(value: Maybe<Uint8Array>, length: number, member: string): Uint8Array {
  return value?.length === length ? value : wrong(member, `${length} bytes long`);
}

interface WireIds {
  run: RunId;
  call: CallId;
  controller: ControllerId;
  agent: AgentId;
}

export function readIdOf<K extends keyof WireIds>(kind: K, value: Maybe<string>): WireIds[K] {
  return readId(kind, value ?? "") ?? wrong(`${kind} id`, "an id");
}

/** Adds a member; a name that stands twice is refused, as nobody could say which holds. */
export function addOnce<V>(record: Record<string, V>, name: string, value: V): void {
  if (name === "__proto__" || Object.hasOwn(record, name)) wrong(JSON.stringify(name), "named once");
  record[name] = value;
}

interface WireError {
  readonly code?: Maybe<string>;
  readonly message?: Maybe<string>;
  readonly retryable?: Maybe<boolean>;
  readonly details?: Maybe<string>;
}

export function writeError(error: ErrorBody): { code: string; message: string; retryable: boolean; details: string | null } {
  const details = error.details === undefined ? null : JSON.stringify(error.details);
  const tooLong = details !== null && details.length > maxTextLength;
  return {
    code: error.code,
    message: error.message.slice(0, maxTextLength),
    retryable: error.retryable,
    details: tooLong ? null : details,
  };
}

export function readError(value: Maybe<WireError>): ErrorBody {
  const { code, message, retryable, details } = present(value, "error");
  if (!isErrorCode(code)) return wrong("error code", "one of the closed set");
  const body = { code, message: readText(message, "error message"), retryable: retryable ?? false };
  const text = readOptionalText(details, "error details");
  return text === null ? body : { ...body, details: readDetails(text) };
}

function readDetails(text: string): Readonly<Record<string, unknown>> {
  if (nestsTooDeep(text)) wrong("error details", `nested at most ${deepestJson} levels deep`);
  const details: unknown = JSON.parse(text);
  const isObject = typeof details === "object" && details !== null && !Array.isArray(details);
  return isObject ? (details as Record<string, unknown>) : wrong("error details", "a JSON object");
}
