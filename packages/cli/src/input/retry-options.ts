import { LongarmError } from "@longarm/shared";

const members = {
  on: "on",
  attempts: "attempts",
  within: "within",
  factor: "factor",
  "first-pause": "firstPause",
  "longest-pause": "longestPause",
} as const;

function readMember(text: string): readonly [string, unknown] {
  const [name = "", ...rest] = text.split("=");
  const member = Object.hasOwn(members, name) ? members[name as keyof typeof members] : undefined;
  const value = rest.join("=").trim();
  if (member === undefined || value === "")
    throw new LongarmError(
      "invalid_usage",
      `--retry ${text}: expected none, or one of ${Object.keys(members).join(", ")} with its value, such as attempts=3.`,
    );
  if (member === "on") return [member, value.split(/[,+]/).map((outcome) => outcome.trim())];
  return [member, member === "attempts" || member === "factor" ? Number(value) : value];
}

/** A retry policy as it is typed: `none`, or `attempts=3`, `within=2m`, `on=not_sent,rate_limited` and the like, one each time. */
export function readRetryOptions(texts: readonly string[] | undefined): Readonly<Record<string, unknown>> | undefined {
  if (texts === undefined) return undefined;
  if (texts.includes("none")) {
    if (texts.length === 1) return { on: [], attempts: 1 };
    throw new LongarmError("invalid_usage", "--retry none: expected to stand alone.");
  }
  return Object.fromEntries(texts.map(readMember));
}

/** What `--retry` is told. */
export const retryHelp =
  "none, or attempts=N, within=2m, on=not_sent,unknown,rate_limited,target_error, first-pause=1s, factor=2, longest-pause=30s";
