import { effectClasses } from "@longarm/shared";
import { checkedString, checkKeyword, durationString } from "@longarm/shared/config";
import { httpMethods, isReachEntry, readBaseUrl } from "@longarm/shared/rest";
import { expectsKeyword } from "@longarm/shared/schema";
import Type, { type Static } from "typebox";
import { dayNames, localTime, readMinute } from "../decide/policy/hours.ts";
import { readTemplate } from "../decide/policy/path-template.ts";

const megabyte = 1_000_000;

const hours = Type.Object({
  days: Type.Array(Type.Enum([...dayNames]), { minItems: 1, default: [...dayNames] }),
  from: checkedString(timeFlaw, { default: "00:00" }),
  to: checkedString(timeFlaw, { default: "24:00" }),
  zone: checkedString(zoneFlaw),
});

const rule = Type.Object({
  name: Type.String({ pattern: "^\\S(?:.{0,78}\\S)?$", [expectsKeyword]: "a name of at most 80 characters" }),
  origins: Type.Array(checkedString(originFlaw), { minItems: 1 }),
  /** `GET /api/v1/users/{id}`, `GET,POST /api/v1/groups` */
  allow: Type.Array(checkedString(allowFlaw), { minItems: 1 }),
  effects: Type.Array(Type.Enum([...effectClasses]), { minItems: 1, default: ["read"] }),
  maxRequestBytes: Type.Integer({ minimum: 0, default: megabyte }),
  maxResponseBytes: Type.Integer({ minimum: 0, default: 64 * megabyte }),
  maxTime: durationString({ default: "1m" }),
  /** `10/second`, `600/minute` */
  rate: Type.Optional(checkedString(rateFlaw)),
  hours: Type.Optional(Type.Array(hours, { minItems: 1 })),
  /** `public`, addresses and ranges. */
  addresses: Type.Array(checkedString(addressFlaw), { minItems: 1, default: ["public"] }),
});

/** What a policy file may say; objects are closed. */
export const policySchema = Type.Object({
  rules: Type.Array(rule, { [checkKeyword]: namesFlaw }),
});

/** A policy file's content, complete with its defaults; durations in milliseconds. */
export type WrittenPolicy = Static<typeof policySchema>;
export type WrittenRule = WrittenPolicy["rules"][number];

function timeFlaw(text: string): string | undefined {
  return readMinute(text) === undefined ? `must be a time from 00:00 to 24:00, such as "08:30", not "${text}"` : undefined;
}

function zoneFlaw(text: string): string | undefined {
  try {
    localTime(0, text);
    return undefined;
  } catch {
    return `must be an IANA time zone such as Europe/Vienna, not "${text}"`;
  }
}

function originFlaw(text: string): string | undefined {
  try {
    const { origin } = readBaseUrl(text);
    return origin === text ? undefined : `must be scheme, host and port alone, as they go out: write ${origin}, not "${text}"`;
  } catch {
    return `must be an origin such as https://acme.okta.com, not "${text}"`;
  }
}

function allowFlaw(text: string): string | undefined {
  const listed = splitAllowed(text);
  if (!listed) return `must be methods and a path, such as "GET /api/v1/users/{id}", not "${text}"`;
  const strange = listed.methods.filter((method) => !(httpMethods as readonly string[]).includes(method));
  if (strange.length > 0) return `has the method ${strange.join(", ")}; a call has ${httpMethods.join(", ")}`;
  const path = readTemplate(listed.path);
  return typeof path === "string" ? path : undefined;
}

/** `GET,HEAD /api/v1/users` in its parts; undefined when it is not of this form. */
export function splitAllowed(text: string): { readonly methods: readonly string[]; readonly path: string } | undefined {
  const match = /^([A-Z]+(?:,[A-Z]+)*) (\S+)$/.exec(text);
  return match ? { methods: (match[1] as string).split(","), path: match[2] as string } : undefined;
}

/** The spans that a rate may be stated for, in milliseconds. */
export const rateSpans: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/** `600/minute` in its parts; undefined when it is not of this form. */
export function splitRate(text: string): { readonly requests: number; readonly perMs: number } | undefined {
  const match = /^([1-9]\d{0,6})\/([a-z]+)$/.exec(text);
  const perMs = rateSpans[match?.[2] ?? ""];
  return match && perMs !== undefined ? { requests: Number(match[1]), perMs } : undefined;
}

function rateFlaw(text: string): string | undefined {
  return splitRate(text) ? undefined : `must be a number per ${Object.keys(rateSpans).join(", ")}, such as "600/minute", not "${text}"`;
}

function addressFlaw(text: string): string | undefined {
  return isReachEntry(text)
    ? undefined
    : `must be public, an address, or a range such as 10.0.0.0/8 with no bits behind its length, not "${text}"`;
}

function namesFlaw(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((each: unknown) => (each as { name?: unknown } | null)?.name).filter((name) => typeof name === "string");
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return twice.length > 0
    ? `has several rules of the name ${twice.map((name) => `"${name}"`).join(", ")}; a denial could not be told by it`
    : undefined;
}
