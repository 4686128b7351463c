import { formatDuration, retryOutcomes, type RetryPolicy, type RetryWish } from "@longarm/shared";
import { Type, type Static } from "typebox";
import { closed } from "../schemas.ts";
import { duration, type FormReader } from "./form-reader.ts";

const longestPauseMs = 3_600_000;

/** A retry policy as people write it: as much of it as differs from what holds else. */
export const RetryForm = closed(
  {
    on: Type.Optional(
      Type.Array(Type.Enum([...retryOutcomes]), {
        uniqueItems: true,
        description: "After which ends of a try another one may follow; unless told, all of them. It never widens the effect class.",
      }),
    ),
    attempts: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: "Tries that count, the first included; 429 does not count." }),
    ),
    within: Type.Optional(duration("No try begins later than this after the first one")),
    firstPause: Type.Optional(duration("The longest that the first pause can be, 1h at most")),
    factor: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 10,
        description: "By how much each pause may be longer than the one before it; 1: pauses stay alike.",
      }),
    ),
    longestPause: Type.Optional(duration("The longest of all pauses, 1h at most")),
  },
  { examples: [{ attempts: 3, within: "2m", on: ["not_sent", "rate_limited"] }] },
);

function pause(reader: FormReader, pointer: string, text: string): number {
  const ms = reader.duration(pointer, text);
  if (ms > longestPauseMs) reader.fault(pointer, `must not exceed ${formatDuration(longestPauseMs)}`);
  return ms;
}

/** The wish that a form at `at` states; its faults go to the reader. */
export function readRetry(reader: FormReader, at: string, form: Static<typeof RetryForm>): RetryWish {
  const { on, attempts, within, firstPause, factor, longestPause } = form;
  return {
    ...(on !== undefined && { on: retryOutcomes.filter((outcome) => on.includes(outcome)) }),
    ...(attempts !== undefined && { attempts }),
    ...(within !== undefined && { withinMs: reader.span(`${at}/within`, within) }),
    ...(firstPause !== undefined && { firstPauseMs: pause(reader, `${at}/firstPause`, firstPause) }),
    ...(factor !== undefined && { factor }),
    ...(longestPause !== undefined && { longestPauseMs: pause(reader, `${at}/longestPause`, longestPause) }),
  };
}

/** What somebody stated of a policy, in the form in which it is written. */
export function viewWish({ on, withinMs, firstPauseMs, longestPauseMs, attempts, factor }: RetryWish): Static<typeof RetryForm> {
  return {
    ...(on && { on: [...on] }),
    ...(attempts !== undefined && { attempts }),
    ...(typeof withinMs === "number" && { within: formatDuration(withinMs) }),
    ...(firstPauseMs !== undefined && { firstPause: formatDuration(firstPauseMs) }),
    ...(factor !== undefined && { factor }),
    ...(longestPauseMs !== undefined && { longestPause: formatDuration(longestPauseMs) }),
  };
}

/** A policy in the form in which it is written. */
export function viewRetry({ withinMs, firstPauseMs, longestPauseMs: longest, ...rest }: RetryPolicy): Static<typeof RetryForm> {
  const within = withinMs === null ? {} : { within: formatDuration(withinMs) };
  return {
    ...rest,
    on: [...rest.on],
    ...within,
    firstPause: formatDuration(firstPauseMs),
    longestPause: formatDuration(longest),
  };
}
