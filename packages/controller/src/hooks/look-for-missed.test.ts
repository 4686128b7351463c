import { deepEqual, equal, match } from "node:assert/strict";
import { newId, type OpenLook, type RunId, Secret, systemClock } from "@longarm/shared";
import type { Inbound, InboundEvent } from "@longarm/spoke";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryEventStore } from "../memory/memory-event-store.ts";
import type { ChildEnd } from "../ports/child-runs.ts";
import type { RunRequest } from "../ports/run-service.ts";
import { lookForMissed } from "./look-for-missed.ts";
import { storeEvents } from "./store-events.ts";

const test = suite("a look for events that never came");

const hook = { name: "acme", secrets: [{ id: "a", secret: new Secret("lwh_a"), madeAtMs: 0 }], reconcileEveryMs: 1_000, madeAtMs: 7 };
const look = { number: 3, sinceMs: 1_000, untilMs: 9_000, by: "one", seenAtMs: 0 };

function event(uuid: string, change: Partial<InboundEvent> = {}): InboundEvent {
  const targets = [{ id: "00u1", type: "User" }];
  return { uuid, type: "thing.user.create", publishedMs: 5_000, actorId: null, targets, isEcho: false, data: { uuid }, ...change };
}

interface Org {
  readonly types?: readonly string[];
  readonly sinceMs?: number;
  readonly uri?: string;
  readonly records?: readonly InboundEvent[];
  readonly publicUrl?: string;
  readonly logEnd?: Partial<ChildEnd>;
  readonly events?: MemoryEventStore;
  readonly look?: OpenLook;
}

function lookAt({
  types = ["user.create"],
  sinceMs = 0,
  uri = "https://l.example/hooks/thing/acme",
  records = [],
  publicUrl,
  logEnd,
  events = new MemoryEventStore(),
  look: at = look,
}: Org) {
  const asked: RunRequest[] = [];
  const ids = new Map<RunId, RunRequest>();
  const inbound: Inbound = {
    proof: () => undefined,
    readDelivery: () => ({ kind: "malformed", pointer: "", problem: "" }),
    ownActors: async () => [],
    subscriptions: {
      action: "thing.hook.list",
      input: {},
      read: (_output, isOurs) => ({ types: new Set(isOurs(uri) ? types : []), sinceMs }),
    },
    records: { action: "thing.log.stream", input: (between) => between, read: (item) => item as InboundEvent },
  };
  const children = {
    idOf(request: RunRequest): RunId {
      const id = newId("run");
      ids.set(id, request);
      return id;
    },
    start: async (request: RunRequest) => void asked.push(request),
    end: async (id: RunId): Promise<ChildEnd> => {
      const isLog = ids.get(id)?.action === "thing.log.stream";
      return { status: "succeeded", output: null, error: null, ...(isLog && logEnd) };
    },
    items: () =>
      (async function* () {
        yield* records;
      })(),
  };
  const deps = { inbound, spoke: "thing", children, events, actors: { of: async () => new Set<string>() }, clock: systemClock };
  const end = lookForMissed({ ...deps, ...(publicUrl !== undefined && { publicUrl }) }, { hook, look: at }, new AbortController().signal);
  return { asked, events, end };
}

test("stores what the org should have sent and did not, and counts that alone", async () => {
  const records = [event("a"), event("b"), event("c", { type: "thing.user.delete" }), event("d", { publishedMs: 1_500 })];
  const delivered = new MemoryEventStore();
  await storeEvents([event("a")], { connection: "acme", nowMs: 6_000, store: delivered });
  const { asked, events, end } = lookAt({ records, sinceMs: 2_000, events: delivered });
  deepEqual(await end, { missed: 1, note: null });
  deepEqual(
    (await events.list({ limit: 10 })).events.map(({ id }) => id),
    ["acme:b", "acme:a"],
  );
  deepEqual(
    asked.map(({ lane, principal, connection }) => [lane, principal, connection]),
    [
      ["bulk", "hook:acme", "acme"],
      ["bulk", "hook:acme", "acme"],
    ],
  );
});

test("counts what it had stored when its controller died, too, and what another look found once", async () => {
  const records = ["a", "b", "c"].map((uuid) => event(uuid));
  const events = new MemoryEventStore();
  deepEqual(await lookAt({ records: records.slice(0, 2), events }).end, { missed: 2, note: null });
  deepEqual(await lookAt({ records, events }).end, { missed: 3, note: null });
  // Of a hook that is younger than what looks have in common they all begin at the same time.
  const later = { ...look, number: look.number + 1 };
  deepEqual(await lookAt({ records: [...records, event("d")], events, look: later }).end, { missed: 1, note: null });
});

test("asks by runs whose keys follow from the hook and the look, over the time that hooks were there", async () => {
  const { asked, end } = lookAt({ sinceMs: 2_000 });
  await end;
  deepEqual(
    asked.map(({ idempotencyKey, origin }) => [idempotencyKey, origin?.kind]),
    [
      ["7 3 subscriptions", "hook"],
      ["7 3 records", "hook"],
    ],
  );
  deepEqual(asked[1]?.input, { sinceMs: 2_000, untilMs: 9_000, types: new Set(["user.create"]) });
});

test("knows its own address whole where that is configured, else by its path", async () => {
  const noteAt = async (org: Org): Promise<string | null> => {
    const end = await lookAt(org).end;
    return "problem" in end ? end.problem : end.note;
  };
  equal(await noteAt({}), null);
  equal(await noteAt({ publicUrl: "https://l.example" }), null);
  match((await noteAt({ publicUrl: "https://other.example" })) ?? "", /no active event hook/);
  match((await noteAt({ uri: "https://l.example/hooks/thing/globex" })) ?? "", /no active event hook/);
});

test("tells what kept it from reading the log", async () => {
  const { end } = lookAt({ logEnd: { status: "failed", error: { code: "permission_missing", message: "No scope.", retryable: false } } });
  const told = await end;
  match("problem" in told ? told.problem : "", /thing\.log\.stream \(run_\w+\) ended as failed: No scope\./);
});

test.run();
