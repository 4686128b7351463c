import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LongarmError } from "@longarm/shared";
import { loadConfiguration } from "@longarm/shared/config";
import { dayNames, minutesOfDay, readMinute } from "../decide/policy/hours.ts";
import { type PathTemplate, readTemplate } from "../decide/policy/path-template.ts";
import type { Hours, ListedRequest, PolicyRule, SitePolicy } from "../decide/policy/policy.ts";
import { policySchema, splitAllowed, splitRate, type WrittenRule } from "./policy-schema.ts";

type WrittenHours = NonNullable<WrittenRule["hours"]>[number];

/** The file's text. Throws `invalid_configuration` where it cannot be read. */
export function readPolicyText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (reason) {
    const { code = "unknown reason" } = reason as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw new LongarmError("invalid_configuration", `The policy ${file}: ${why}.`, { cause: reason });
  }
}

/** The policy that the text states. Every fault is told at once, with its line: `invalid_configuration`. */
export function parsePolicy(text: string, file: string): SitePolicy {
  const { value } = loadConfiguration({ schema: policySchema, file, text, environment: {}, prefix: "" });
  return { hash: hashOf(text), rules: value.rules.map(toRule) };
}

/** The policy in the file. */
export function readPolicy(file: string): SitePolicy {
  return parsePolicy(readPolicyText(file), file);
}

/** `sha256:` and the text's hash in hexadecimal. */
export function hashOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function toRule({ allow, maxTime, rate, hours, ...rule }: WrittenRule): PolicyRule {
  const read = rate === undefined ? undefined : splitRate(rate);
  return {
    ...rule,
    requests: allow.map(toListed),
    maxMs: maxTime,
    ...(read && { rate: read }),
    ...(hours && { hours: hours.map(toHours) }),
  };
}

// What the schema let through is of the form that is read here.
function toListed(text: string): ListedRequest {
  const { methods, path } = splitAllowed(text) as NonNullable<ReturnType<typeof splitAllowed>>;
  return { methods, path: readTemplate(path) as PathTemplate };
}

function toHours({ days, from, to, zone }: WrittenHours): Hours {
  const numbers = days.map((day) => dayNames.indexOf(day));
  return { days: numbers, fromMinute: readMinute(from) ?? 0, toMinute: readMinute(to) ?? minutesOfDay, zone };
}
