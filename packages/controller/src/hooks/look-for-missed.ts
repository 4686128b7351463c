import { type Clock, LongarmError, type OpenLook } from "@longarm/shared";
import type { Inbound, InboundEvent, Subscription } from "@longarm/spoke";
import type { LookEnd } from "../decide/hooks/look.ts";
import type { ChildEnd, ChildRuns } from "../ports/child-runs.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { RunRequest } from "../ports/run-service.ts";
import type { Webhook } from "../ports/webhook-store.ts";
import type { OwnActorBook } from "./own-actors.ts";
import { storeEvents } from "./store-events.ts";

/** What a look stands on. */
export interface LookDeps {
  readonly inbound: Inbound;
  /** Of the spoke: what stands before the types of its events. */
  readonly spoke: string;
  readonly children: Pick<ChildRuns, "idOf" | "start" | "end" | "items">;
  readonly events: Pick<EventStore, "store">;
  readonly actors: Pick<OwnActorBook, "of">;
  /** Without a slash at its end; absent: our address is known by its path alone. */
  readonly publicUrl?: string;
  readonly clock: Clock;
}

const together = 200;
const nobodySends = "no active event hook of the org sends to this address";

/**
 * Reads what the org says that happened in a look's time, and stores what it should have sent and did not. The reads are runs in the bulk
 * lane, whose ids follow from hook and look: whoever goes on with it meets the same ones. Throws the signal's reason.
 */
export async function lookForMissed(
  deps: LookDeps,
  { hook, look }: { hook: Webhook; look: OpenLook },
  signal: AbortSignal,
): Promise<LookEnd> {
  try {
    const subscribed = await readSubscription(deps, { hook, look }, signal);
    if (subscribed.types.size === 0) return { missed: 0, note: nobodySends };
    const sinceMs = Math.max(look.sinceMs, subscribed.sinceMs);
    if (sinceMs >= look.untilMs) return { missed: 0, note: null };
    return { missed: await storeMissed(deps, { hook, look, subscribed: { ...subscribed, sinceMs } }, signal), note: null };
  } catch (reason) {
    if (signal.aborted) throw reason;
    return { problem: LongarmError.from(reason).message };
  }
}

function isOurAddress({ publicUrl, spoke }: LookDeps, { name }: Webhook): (uri: string) => boolean {
  const path = `/hooks/${spoke}/${name}`;
  if (publicUrl !== undefined) return (uri) => uri === `${publicUrl}${path}`;
  return (uri) => URL.canParse(uri) && new URL(uri).pathname.endsWith(path);
}

async function readSubscription(deps: LookDeps, of: { hook: Webhook; look: OpenLook }, signal: AbortSignal): Promise<Subscription> {
  const { action, input, read } = deps.inbound.subscriptions;
  const { end } = await carry(deps, requestOf(of, { what: "subscriptions", action, input }), signal);
  return read(end.output, isOurAddress(deps, of.hook));
}

function requestOf(
  { hook, look }: { hook: Webhook; look: OpenLook },
  { what, action, input }: { readonly what: string; readonly action: string; readonly input: unknown },
): RunRequest & { readonly idempotencyKey: string } {
  const { name, madeAtMs } = hook;
  return {
    ...{ action, input, connection: name, lane: "bulk", principal: `hook:${name}` },
    // A hook that was made anew counts its looks from the beginning.
    ...{ origin: { kind: "hook", name }, idempotencyKey: `${madeAtMs} ${look.number} ${what}` },
  };
}

async function carry(
  { children }: LookDeps,
  request: RunRequest & { readonly idempotencyKey: string },
  signal: AbortSignal,
): Promise<{ readonly id: ReturnType<ChildRuns["idOf"]>; readonly end: ChildEnd }> {
  const id = children.idOf(request);
  await children.start(request, signal);
  const end = await children.end(id, signal);
  if (end.status === "succeeded") return { id, end };
  throw new LongarmError("call_rejected", `${request.action} (${id}) ended as ${end.status}: ${end.error?.message ?? "nobody knows why"}`);
}

/** The same for whoever goes on with a look; the next one, which reads some of its time again, has another name. */
function nameOf({ madeAtMs }: Webhook, { number }: OpenLook): string {
  return `${madeAtMs} ${number}`;
}

async function storeMissed(
  deps: LookDeps,
  { hook, look, subscribed }: { hook: Webhook; look: OpenLook; subscribed: Subscription },
  signal: AbortSignal,
): Promise<number> {
  const { inbound, children, actors, events: store, clock } = deps;
  const { action, input, read } = inbound.records;
  const own = await actors.of(hook.name);
  const asked = input({ sinceMs: subscribed.sinceMs, untilMs: look.untilMs, types: subscribed.types });
  const { id } = await carry(deps, requestOf({ hook, look }, { what: "records", action, input: asked }), signal);
  let missed = 0;
  let batch: InboundEvent[] = [];
  const flush = async (): Promise<void> => {
    missed += (await storeEvents(batch, { connection: hook.name, nowMs: clock.nowMs(), foundBy: nameOf(hook, look), store })).events;
    batch = [];
  };
  for await (const item of children.items(id, signal)) {
    const event = read(item, own);
    if (!event || !isSubscribed(event, { subscribed, spoke: deps.spoke })) continue;
    batch.push(event);
    if (batch.length >= together) await flush();
  }
  await flush();
  return missed;
}

function isSubscribed(
  { type, publishedMs }: InboundEvent,
  { subscribed, spoke }: { readonly subscribed: Subscription; readonly spoke: string },
): boolean {
  return subscribed.types.has(type.slice(spoke.length + 1)) && (publishedMs ?? 0) >= subscribed.sinceMs;
}
