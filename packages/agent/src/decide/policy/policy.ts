import type { EffectClass } from "@longarm/shared";
import type { PathTemplate } from "./path-template.ts";

/** What a site lets its agent do. What no rule allows is denied. */
export interface SitePolicy {
  /** `sha256:` and the hash of the file's text, in hexadecimal. */
  readonly hash: string;
  /** In the order of the file: the first one that allows a request decides. */
  readonly rules: readonly PolicyRule[];
}

/** Requests that a rule lists: these methods, on paths of this form. */
export interface ListedRequest {
  readonly methods: readonly string[];
  readonly path: PathTemplate;
}

/** When a rule holds: on these days, from one minute of the day up to another. One that ends before it begins ends on the next day. */
export interface Hours {
  /** 0 is Sunday. */
  readonly days: readonly number[];
  readonly fromMinute: number;
  /** Not included; 1,440 is the day's end. */
  readonly toMinute: number;
  /** An IANA time zone. */
  readonly zone: string;
}

/** How many requests a rule lets through, per so many milliseconds. */
export interface Rate {
  readonly requests: number;
  readonly perMs: number;
}

/** One rule: all of it must fit a request. */
export interface PolicyRule {
  readonly name: string;
  readonly origins: readonly string[];
  readonly requests: readonly ListedRequest[];
  readonly effects: readonly EffectClass[];
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  /** For one request, from its sending to the last byte of the answer. */
  readonly maxMs: number;
  readonly rate?: Rate;
  /** Absent: always. */
  readonly hours?: readonly Hours[];
  /** `public`, addresses and ranges that a connection may go to. */
  readonly addresses: readonly string[];
}

/** One HTTP request, as a policy judges it. */
export interface PolicyRequest {
  readonly origin: string;
  readonly method: string;
  /** With the base's prefix, without a query, as it goes out. */
  readonly path: string;
  /** What the controller says that it does. */
  readonly effect: EffectClass;
  readonly bodyBytes: number;
  /** Unix milliseconds on the agent's clock. */
  readonly nowMs: number;
}
