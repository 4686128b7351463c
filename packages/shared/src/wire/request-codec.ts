import { effectClasses } from "../effect.ts";
import {
  httpMethods,
  type Auth,
  type CallRecord,
  type CredentialReference,
  type OAuthClient,
  type PageRequest,
  type RateLimit,
  type RestRequest,
} from "../rest/contract.ts";
import { Secret } from "../secret.ts";
import type { longarm } from "./generated.ts";
import type { CallMessage, Work } from "./messages.ts";
import {
  addOnce,
  present,
  readCount,
  readIdOf,
  readMeasure,
  readName,
  readOptionalMeasure,
  readOptionalText,
  readText,
  readWord,
} from "./reading.ts";

type WireCall = longarm.v1.Call.$Properties;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Puts the members that say what is to be done into a Call. */
export function writeWork(call: WireCall, work: Work): void {
  const { request } = work;
  call.runId = request.runId;
  call.callId = request.callId;
  call.attempt = request.attempt;
  call.effect = request.effect;
  call.method = request.method;
  call.baseUrl = request.baseUrl;
  call.path = request.path;
  call.query = request.query.map(([name, value]) => ({ name, value }));
  call.headers = writeHeaders(request.headers);
  call.body = request.body ?? null;
  call.auth = writeAuth(request.auth);
  call.timeoutMs = request.timeoutMs;
  call.maxResponseBytes = request.maxResponseBytes;
  if (work.kind === "pages") call.follow = writeFollow(work.request);
}

/** The inverse of `writeWork`; throws a TypeError that names the member at fault. */
export function readWork(call: WireCall): CallMessage["work"] {
  const request = readRequest(call);
  if (!call.follow) return { kind: "send", request };
  const { resumeAt, pagesAhead, windowBytes, repeats, pollMs } = call.follow;
  const follow = {
    pagesAhead: readCount(pagesAhead, "pages ahead", 1),
    windowBytes: readCount(windowBytes, "window", 1),
    ...(repeats && repeats.length > 0 && { repeats }),
    ...(typeof pollMs === "number" && { pollMs: readCount(pollMs, "poll interval", 1) }),
  };
  const resume = readOptionalText(resumeAt, "resume URL");
  return { kind: "pages", request: { ...request, ...follow, ...(resume === null ? {} : { resumeAt: resume }) } };
}

function readRequest(call: WireCall): RestRequest {
  return {
    runId: readIdOf("run", call.runId),
    callId: readIdOf("call", call.callId),
    attempt: readCount(call.attempt, "attempt", 1),
    effect: readWord(call.effect, effectClasses, "effect"),
    method: readWord(call.method, httpMethods, "method"),
    baseUrl: readBaseUrl(call.baseUrl),
    path: readPath(call.path),
    query: (call.query ?? []).map((pair) => [readText(pair.name, "query name"), readText(pair.value, "query value")] as const),
    headers: readHeaders(call.headers),
    auth: readAuth(call.auth),
    timeoutMs: readCount(call.timeoutMs, "timeout", 1),
    maxResponseBytes: readCount(call.maxResponseBytes, "response cap"),
    ...(call.body ? { body: call.body } : {}),
  };
}

// Call after call names the same few connections.
let lastBaseUrl = "";

function readBaseUrl(value: string | null | undefined): string {
  if (value === lastBaseUrl && value !== "") return value;
  const text = readName(value, "base URL");
  const url = URL.parse(text);
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new TypeError("base URL is not an http or https URL");
  lastBaseUrl = text;
  return text;
}

function readPath(value: string | null | undefined): string {
  const path = readName(value, "path");
  if (path.startsWith("/") && !path.startsWith("//")) return path;
  throw new TypeError("path does not begin with exactly one /");
}

function writeFollow(request: PageRequest): longarm.v1.Follow.$Properties {
  const { resumeAt = null, pagesAhead, windowBytes, repeats = [], pollMs = null } = request;
  return { resumeAt, pagesAhead, windowBytes, repeats: [...repeats], pollMs };
}

function writeAuth(auth: Auth): longarm.v1.Auth.$Properties {
  switch (auth.scheme) {
    case "none":
      return { none: {} };
    case "reference": {
      const { name, scopes, tokenPath } = auth.reference;
      return { reference: { name, scopes: [...scopes], tokenPath } };
    }
    case "ssws":
      return { ssws: { token: encoder.encode(auth.token.reveal()) } };
    case "oauth": {
      const { clientId, privateKey, keyId = null, scopes, tokenPath } = auth.client;
      return { oauth: { clientId, privateKey: encoder.encode(privateKey.reveal()), keyId, scopes: [...scopes], tokenPath } };
    }
  }
}

function readAuth(value: longarm.v1.Auth.$Properties | null | undefined): Auth {
  const auth = present(value, "auth");
  if (auth.ssws) return { scheme: "ssws", token: new Secret(decoder.decode(present(auth.ssws.token, "token"))) };
  if (auth.oauth) return { scheme: "oauth", client: readOAuthClient(auth.oauth) };
  if (auth.reference) return { scheme: "reference", reference: readReference(auth.reference) };
  present(auth.none, "auth scheme");
  return { scheme: "none" };
}

function readReference({ name, scopes, tokenPath }: longarm.v1.ReferenceAuth.$Properties): CredentialReference {
  return { name: readName(name, "credential name"), scopes: scopes ?? [], tokenPath: readPath(tokenPath) };
}

function readOAuthClient(value: longarm.v1.OAuthAuth.$Properties): OAuthClient {
  const { clientId, privateKey, keyId, scopes, tokenPath } = value;
  const id = readOptionalText(keyId, "key id");
  return {
    clientId: readName(clientId, "client id"),
    privateKey: new Secret(decoder.decode(present(privateKey, "private key"))),
    scopes: scopes ?? [],
    tokenPath: readPath(tokenPath),
    ...(id !== null && { keyId: id }),
  };
}

export function writeHeaders(headers: Readonly<Record<string, string>>): longarm.v1.Pair.$Properties[] {
  const pairs = [];
  for (const name in headers) pairs.push({ name, value: headers[name] as string });
  return pairs;
}

export function readHeaders(pairs: readonly longarm.v1.Pair.$Properties[] | null | undefined): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const pair of pairs ?? []) addOnce(headers, readName(pair.name, "header name"), readText(pair.value, "header value"));
  return headers;
}

export function writeRecord(record: CallRecord): longarm.v1.CallRecord.$Properties {
  // The same names on both sides, and an encoder that leaves out null: the typings allow null for all members but this one.
  return record as longarm.v1.CallRecord.$Properties;
}

export function readCallRecord(value: longarm.v1.CallRecord.$Properties | null | undefined): CallRecord {
  const record = present(value, "record");
  const policyHash = readOptionalText(record.policyHash, "policy hash");
  const policyRule = readOptionalText(record.policyRule, "policy rule");
  const journalId = readOptionalText(record.journalId, "journal id");
  return {
    method: readWord(record.method, httpMethods, "record method"),
    path: readText(record.path, "record path"),
    status: record.status ?? null,
    sentAt: readMeasure(record.sentAt, "record time"),
    headMs: readOptionalMeasure(record.headMs, "record head time"),
    totalMs: readOptionalMeasure(record.totalMs, "record total time"),
    requestBytes: readCount(record.requestBytes, "record request bytes"),
    responseBytes: readCount(record.responseBytes, "record response bytes"),
    oktaRequestId: readOptionalText(record.oktaRequestId, "record request id"),
    rateLimit: record.rateLimit ? readRateLimit(record.rateLimit) : null,
    ...(policyHash !== null && { policyHash }),
    ...(policyRule !== null && { policyRule }),
    ...(journalId !== null && { journalId, journalHash: readFrameHash(record.journalHash) }),
  };
}

/** Throws TypeError for what is no hash of a journal's record. */
export function readFrameHash(value: string | null | undefined): string {
  const hash = readText(value, "journal hash");
  if (/^[0-9a-f]{32}$/.test(hash)) return hash;
  throw new TypeError("journal hash must be 32 hexadecimal digits");
}

function readRateLimit(value: longarm.v1.RateLimit.$Properties): RateLimit {
  return {
    limit: readMeasure(value.limit, "rate limit"),
    remaining: readMeasure(value.remaining, "rate limit remaining"),
    reset: readMeasure(value.reset, "rate limit reset"),
    date: readOptionalMeasure(value.date, "rate limit date"),
  };
}
