import type { StoredEvent } from "@longarm/shared";
import { matchesGlob } from "../access.ts";
import type { CompiledInput, CompiledTrigger } from "./compile-trigger.ts";
import { longestChain, principalOf } from "./trigger.ts";

/** The run that an event starts by a trigger. */
export interface StartedRun {
  readonly flow: string;
  readonly connection: string;
  readonly input: unknown;
  readonly concurrency?: { readonly key: string; readonly limit: number };
  /** It waits for more events of the key first. */
  readonly debounce?: { readonly key: string; readonly windowMs: number };
  /** Who asks for it, and under which key: the same event makes one run of a trigger, however often and by whomever it is judged. */
  readonly principal: string;
  readonly idempotencyKey: string;
}

/**
 * What a trigger makes of an event: it starts a run, or not, and why.
 *   other_event   of another source or type
 *   echo          an org's report of a change that this installation made
 *   chain_too_long
 *   filter        it does not hold; where it has no value, `problem` says why
 *   no_input      a part of the input, or a key, has no value for this event
 *   draft         all the rest would have started one; `wouldStart` is what
 */
export type EventVerdict =
  | { readonly kind: "starts"; readonly run: StartedRun }
  | { readonly kind: "draft"; readonly wouldStart: StartedRun }
  | { readonly kind: "other_event" }
  | { readonly kind: "echo" }
  | { readonly kind: "chain_too_long" }
  | { readonly kind: "filter"; readonly problem?: string }
  | { readonly kind: "no_input"; readonly pointer: string; readonly problem: string };

interface Faulty {
  readonly pointer: string;
  readonly problem: string;
}
type Evaluated = { readonly value: unknown } | Faulty;
type Values = Readonly<Record<string, unknown>>;

/** Is this an event that the trigger names, whatever else it asks? */
export function isNamedBy(
  { trigger: { on, connection } }: Pick<CompiledTrigger, "trigger">,
  event: Pick<StoredEvent, "source" | "type" | "connection">,
): boolean {
  if (on.source !== event.source || !matchesGlob(on.type, event.type)) return false;
  return event.connection === undefined || matchesGlob(on.connection ?? connection, event.connection);
}

/** What the trigger makes of the event. */
export function judgeEvent(compiled: CompiledTrigger, event: StoredEvent): EventVerdict {
  if (!isNamedBy(compiled, event)) return { kind: "other_event" };
  if (event.isEcho && compiled.trigger.on.echoes !== true) return { kind: "echo" };
  if (event.depth >= longestChain) return { kind: "chain_too_long" };
  const { id, source, type, subject, data, connection = "" } = event;
  const values: Values = { event: { id, source, type, subject, data, connection } };
  const held = compiled.filter?.evaluate(values);
  if (held && "fault" in held) return { kind: "filter", problem: held.fault };
  if (held && held.value !== true) return { kind: "filter" };
  const run = runOf(compiled, event, values);
  if ("problem" in run) return { kind: "no_input", ...run };
  return compiled.trigger.state === "draft" ? { kind: "draft", wouldStart: run } : { kind: "starts", run };
}

function runOf(compiled: CompiledTrigger, { id, source }: StoredEvent, values: Values): StartedRun | Faulty {
  const { trigger, input } = compiled;
  const given = evaluate(input, values);
  if ("problem" in given) return given;
  const concurrencyKey = keyOf(compiled.key, "/concurrency/key", values);
  if (typeof concurrencyKey === "object") return concurrencyKey;
  const debounceKey = keyOf(compiled.debounceKey, "/debounce/key", values);
  if (typeof debounceKey === "object") return debounceKey;
  const { flow, connection, concurrency, debounce } = trigger;
  return {
    ...{ flow, connection, input: given.value },
    // Ids are the posters' own: an org's must not be taken for one that somebody posted.
    ...{ principal: principalOf(trigger.name), idempotencyKey: `${source}:${id}` },
    ...(concurrency && concurrencyKey !== undefined && { concurrency: { key: concurrencyKey, limit: concurrency.limit } }),
    ...(debounce && debounceKey !== undefined && { debounce: { key: debounceKey, windowMs: debounce.windowMs } }),
  };
}

/** Undefined: the trigger has none. */
function keyOf(key: CompiledTrigger["key"], pointer: string, values: Values): string | undefined | Faulty {
  if (!key) return undefined;
  const named = key.evaluate(values);
  if ("fault" in named) return { pointer, problem: named.fault };
  if (typeof named.value === "string" && named.value !== "") return named.value;
  return { pointer, problem: "it gives no text, or an empty one" };
}

function evaluate(input: CompiledInput, values: Values): Evaluated {
  if (input.kind === "literal") return { value: input.value };
  if (input.kind === "expression") {
    const result = input.expression.evaluate(values);
    return "fault" in result ? { pointer: input.pointer, problem: result.fault } : result;
  }
  if (input.kind === "list") return evaluateAll(input.items, values);
  const all = evaluateAll(
    input.members.map(([, member]) => member),
    values,
  );
  if ("problem" in all) return all;
  return { value: Object.fromEntries(input.members.map(([name], at) => [name, all.value[at]])) };
}

function evaluateAll(inputs: readonly CompiledInput[], values: Values): { readonly value: readonly unknown[] } | Faulty {
  const value: unknown[] = [];
  for (const input of inputs) {
    const result = evaluate(input, values);
    if ("problem" in result) return result;
    value.push(result.value);
  }
  return { value };
}
