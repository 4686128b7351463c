import { LongarmError } from "@longarm/shared";
import type { Trigger, TriggerSample } from "../api/event-types.ts";
import type { Shell } from "../shell.ts";
import { readJson } from "./read-text.ts";

/** The options of `longarm triggers set`. */
export interface TriggerOptions {
  readonly from?: string;
  readonly onEvent?: string;
  readonly onHook?: string;
  readonly onFlow?: string;
  readonly filter?: string;
  readonly onConnection?: string;
  readonly echoes?: boolean;
  readonly flow?: string;
  readonly connection?: string;
  readonly input?: string;
  readonly lane?: string;
  readonly concurrencyKey?: string;
  readonly concurrencyLimit?: string;
  readonly debounce?: string;
  readonly debounceKey?: string;
  readonly description?: string;
  readonly enable?: boolean;
}

type Json = Record<string, unknown>;

/** What stands now, or the sample, with what the options name: the form in which a trigger is put. */
export async function readTriggerOptions(
  shell: Shell,
  options: TriggerOptions,
  before: Trigger | TriggerSample | undefined,
): Promise<Json> {
  const { flow, connection, lane, description } = options;
  const stood = before ? writable(before) : {};
  const form: Json = {
    ...stood,
    ...given({ flow, connection, lane, description }),
    on: { ...readOn(options, stood["on"] as Json | undefined) },
    ...(options.input !== undefined && { input: await readJson(shell, options.input, "The input") }),
    ...readKeys(options, stood),
    ...(options.enable === true && { state: "enabled" }),
  };
  for (const part of ["concurrency", "debounce"]) if (form[part] === "none") delete form[part];
  if (form["flow"] === undefined)
    throw new LongarmError("invalid_usage", "Name what it runs: --flow NAME, or copy a sample with --from NAME.");
  return form;
}

/** What of a shown trigger can be put again. */
function writable(shown: Trigger | TriggerSample): Json {
  const { on, flow, input, concurrency, debounce } = shown;
  const own =
    "state" in shown
      ? { connection: shown.connection, lane: shown.lane, state: shown.state, ...given({ description: shown.description }) }
      : {};
  return { on, flow, input, ...given({ concurrency, debounce }), ...own };
}

function readOn(
  { onEvent: event, onHook: hook, onFlow: flow, filter, onConnection: connection, echoes }: TriggerOptions,
  stood: Json | undefined,
): Json {
  const source = given({ event, hook, flow });
  const { event: _event, hook: _hook, flow: _flow, ...rest } = stood ?? {};
  const on: Json = { ...(Object.keys(source).length > 0 ? { ...rest, ...source } : stood), ...given({ filter, connection, echoes }) };
  if (on["filter"] === "none") delete on["filter"];
  if (["event", "hook", "flow"].some((one) => on[one] !== undefined)) return on;
  throw new LongarmError(
    "invalid_usage",
    "Name what starts it: --on-event TYPE, --on-hook TYPE or --on-flow TYPE, or copy a sample with --from NAME.",
  );
}

function readKeys({ concurrencyKey: key, concurrencyLimit: limit, debounce: window, debounceKey }: TriggerOptions, stood: Json): Json {
  const held = { ...(stood["concurrency"] as object | undefined), ...given({ key }), ...(limit !== undefined && { limit: Number(limit) }) };
  const gathered = { ...(stood["debounce"] as object | undefined), ...given({ window, key: debounceKey }) };
  return {
    ...(Object.keys(held).length > 0 && { concurrency: key === "none" ? "none" : { limit: 1, ...held } }),
    ...(Object.keys(gathered).length > 0 && { debounce: window === "none" ? "none" : gathered }),
  };
}

function given(members: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
