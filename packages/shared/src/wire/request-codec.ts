import { effectClasses } from "../effect.ts";
import { httpMethods, type Auth, type CallRecord, type PageRequest, type RateLimit, type RestRequest } from "../rest/contract.ts";
import { Secret } from "../secret.ts";
import type { longarm } from "./generated.ts";
import type { CallMessage, Work } from "./messages.ts";
import { present, readCount, readIdOf, readMeasure, readName, readOptionalMeasure, readOptionalText, readRecord, readText, readWord } from "./reading.ts";

type WireCall = longarm.v1.Call.$Properties;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The members of a Call that say what is to be done. */
export function writeWork(work: Work): WireCall {
  const { runId, callId, attempt, effect, method, baseUrl, path, timeoutMs, maxResponseBytes } = work.request;
  return {
    ...{ runId, callId, attempt, effect, method, baseUrl, path, timeoutMs, maxResponseBytes },
    query: work.request.query.map(([name, value]) => ({ name, value })),
    headers: writeHeaders(work.request.headers),
    auth: writeAuth(work.request.auth),
    body: work.request.body ?? null,
    ...(work.kind === "pages" ? { follow: writeFollow(work.request) } : {}),
  };
}

/** The inverse of `writeWork`; throws a TypeError that names the member at fault. */
export function readWork(call: WireCall): CallMessage["work"] {
  const request = readRequest(call);
  if (!call.follow) return { kind: "send", request };
  const { resumeAt, pagesAhead, windowBytes } = call.follow;
  const follow = { pagesAhead: readCount(pagesAhead, "pages ahead", 1), windowBytes: readCount(windowBytes, "window", 1) };
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

function readBaseUrl(value: string | null | undefined): string {
  const text = readName(value, "base URL");
  const url = URL.parse(text);
  if (url?.protocol === "https:" || url?.protocol === "http:") return text;
  throw new TypeError("base URL is not an http or https URL");
}

function readPath(value: string | null | undefined): string {
  const path = readName(value, "path");
  if (path.startsWith("/") && !path.startsWith("//")) return path;
  throw new TypeError("path does not begin with exactly one /");
}

function writeFollow(request: PageRequest): longarm.v1.Follow.$Properties {
  return { resumeAt: request.resumeAt ?? null, pagesAhead: request.pagesAhead, windowBytes: request.windowBytes };
}

function writeAuth(auth: Auth): longarm.v1.Auth.$Properties {
  return auth.scheme === "none" ? { none: {} } : { ssws: { token: encoder.encode(auth.token.reveal()) } };
}

function readAuth(value: longarm.v1.Auth.$Properties | null | undefined): Auth {
  const auth = present(value, "auth");
  if (auth.ssws) return { scheme: "ssws", token: new Secret(decoder.decode(present(auth.ssws.token, "token"))) };
  present(auth.none, "auth scheme");
  return { scheme: "none" };
}

export function writeHeaders(headers: Readonly<Record<string, string>>): longarm.v1.Pair.$Properties[] {
  const pairs = [];
  for (const name in headers) pairs.push({ name, value: headers[name] as string });
  return pairs;
}

export function readHeaders(pairs: readonly longarm.v1.Pair.$Properties[] | null | undefined): Readonly<Record<string, string>> {
  return readRecord(pairs, "header", (pair) => [readName(pair.name, "header name"), readText(pair.value, "header value")]);
}

export function writeRecord(record: CallRecord): longarm.v1.CallRecord.$Properties {
  const { rateLimit, ...rest } = record;
  return rateLimit === null ? rest : { ...rest, rateLimit };
}

export function readCallRecord(value: longarm.v1.CallRecord.$Properties | null | undefined): CallRecord {
  const record = present(value, "record");
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
  };
}

function readRateLimit(value: longarm.v1.RateLimit.$Properties): RateLimit {
  return {
    limit: readMeasure(value.limit, "rate limit"),
    remaining: readMeasure(value.remaining, "rate limit remaining"),
    reset: readMeasure(value.reset, "rate limit reset"),
    date: readOptionalMeasure(value.date, "rate limit date"),
  };
}
