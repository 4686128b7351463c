// A carrier on stores in memory, a small spoke, and an executor that answers as the test says.
import { LongarmError, newId, secretKeyword, systemClock, type Clock, type ControllerId, type LogEntry, type RunId } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { CallRecord, Page, PageRequest, RestExecutor, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import { createKeyRing } from "@longarm/shared/seal";
import { action, createCatalogue, stream, streamMembers, type ActionResponse, type Check, type ReadBack, type Spoke } from "@longarm/spoke";
import { Type, type TSchema } from "typebox";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { MemoryCallInquiry } from "../memory/memory-call-inquiry.ts";
import { MemoryBlobStore } from "../memory/memory-blob-store.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { MemoryEndedRuns } from "../memory/memory-ended-runs.ts";
import { MemoryHoldStore } from "../memory/memory-hold-store.ts";
import { MemoryItemStore } from "../memory/memory-item-store.ts";
import { MemoryRunLog } from "../memory/memory-run-log.ts";
import type { AgentDirectory } from "../ports/agent-directory.ts";
import type { Connection } from "../ports/connection-store.ts";
import type { Credential } from "../ports/credential-store.ts";
import { connectionCodec, credentialCodec } from "../ports/definition-codec.ts";
import type { SlotSelection } from "../ports/selection.ts";
import type { CarrierDeps } from "./carriage.ts";
import { Checks } from "./checks.ts";
import { KeyPlaces } from "./key-places.ts";
import { LaneSlots } from "./lane-slots.ts";
import { StorageRoom } from "./storage-room.ts";
import { sealMembers } from "./sealed-members.ts";
import { OwnerLease } from "./owner-lease.ts";
import { RunCarrier } from "./run-carrier.ts";
import { RunSignals } from "./run-signals.ts";

const record: CallRecord = {
  ...{ method: "GET", path: "/", status: 200, sentAt: 0, headMs: 1, totalMs: 1, requestBytes: 0, responseBytes: 0 },
  ...{ oktaRequestId: null, rateLimit: null },
};
const closed = { additionalProperties: false } as const;
const named = Type.Object({ name: Type.String() }, closed);
const shared = {
  category: "Test",
  docs: "https://example.com/docs",
  version: 1,
  scopes: ["things"],
  summary: "A test.",
  destructive: false,
} as const;

/** What the executor does with a request: answers, fails, or is still at it. */
export type Answer = (request: RestRequest, signal: AbortSignal) => Promise<RestResponse | RestFailure>;
export type Pages = (request: PageRequest) => AsyncIterable<Page | RestFailure>;

export function respond(status: number, body: unknown): RestResponse {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const once = async function* () {
    yield bytes;
  };
  return { kind: "response", status, headers: {}, body: once(), record: () => ({ ...record, status }) };
}

export function fail(
  delivery: RestFailure["delivery"],
  code: "target_reset" | "target_unreachable" | "agent_lost" | "unexpected_response" = "target_reset",
): RestFailure {
  return { kind: "failure", delivery, error: new LongarmError(code), record: { ...record, status: null } };
}

export function page(ids: readonly string[], next: string | null): Page {
  return {
    kind: "page",
    status: 200,
    headers: {},
    body: new TextEncoder().encode(JSON.stringify(ids.map((id) => ({ id })))),
    next,
    record,
  };
}

/** By the key: 404 is nothing, a thing of the run's own is its work, another's is a conflict; all else tells nothing. */
function readingKey(name: string): ReadBack {
  return {
    request: { path: ["keys", name] },
    ...(name === "lagging" && { lagMs: 20_000 }),
    judge: (answer, { sentAgoMs }) => {
      const { owner, next } = (answer.body ?? {}) as { readonly owner?: string; readonly next?: string };
      if (next !== undefined) return { kind: "readOn", request: { path: ["keys", next] } };
      if (answer.status === 404) return { kind: "not_applied" };
      if (answer.status !== 200 || sentAgoMs < 0) return { kind: "unclear" };
      return owner === "me" ? { kind: "applied", response: answer } : { kind: "conflict", error: new LongarmError("conflict") };
    },
  };
}

/** `test.thing.read`: two reads. `test.thing.create`: a look-up and a create. `test.thing.mint`: answers a secret. `test.thing.stream`. */
const spoke: Spoke = {
  name: "test",
  definitions: [
    action({
      ...{
        ...shared,
        name: "test.thing.read",
        title: "Read",
        effect: "read",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ both: Type.Array(Type.String()) }, closed),
      },
      async run({ rest }, { name }) {
        const first = await rest.get({ path: ["first", name] });
        const second = await rest.get({ path: ["second", name] });
        return { both: [first, second].map(({ body }) => String((body as { id: unknown }).id)) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.create",
        title: "Create",
        effect: "create",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ id: Type.String() }, closed),
      },
      async run({ rest }, { name }) {
        const { body } = await rest.post({
          path: ["things"],
          body: { name },
          plan: { changes: [{ object: "thing", pointer: "", from: null, to: { name } }] },
          ifUnknown: "tell",
        });
        return { id: String((body as { id: unknown }).id) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.addressed",
        title: "Create by a key",
        effect: "create",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ id: Type.String() }, closed),
      },
      async run({ rest }, { name }) {
        const ifUnknown = readingKey(name);
        const { status, body } = await rest.post({ path: ["things"], body: { name }, plan: { changes: [] }, ifUnknown });
        if (status >= 400) throw new LongarmError("already_exists");
        return { id: String((body as { id: unknown }).id) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.rename",
        title: "Bring to a state",
        effect: "converge",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({ id: Type.String() }, closed),
      },
      async run({ rest }, { name }) {
        const after = { ms: 5_000, why: "The thing settles first" };
        const request = { path: ["things", name], plan: { changes: [] }, ifUnknown: readingKey(name), onlyOnce: name === "once" };
        const isAnswer = ({ body }: ActionResponse): boolean => name !== "whole" || "id" in (body as object);
        const { body } = await rest.put(name === "later" ? { ...request, after } : { ...request, isAnswer });
        return { id: String((body as { id: unknown }).id) };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.strict",
        title: "Checked",
        effect: "converge",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
        output: Type.Object({}, closed),
      },
      async run({ rest }, { name }) {
        const judge: Check["judge"] = ({ body }) => (body === "forbidden" ? new LongarmError("invalid_request") : undefined);
        const check = { request: { path: ["rules"] }, judge };
        await rest.put({ path: ["things", name], plan: { changes: [] }, ifUnknown: "repeat", check });
        return {};
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.echo",
        title: "Echo",
        effect: "read",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ body: Type.Unknown() }, closed),
      async run({ rest }, { name }) {
        const { body } = await rest.get({ path: ["echo", name] });
        return { body };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.stubborn",
        title: "Stubborn",
        effect: "converge",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ gone: Type.Boolean() }, closed),
      async run({ rest }, { name }) {
        const plan = { changes: [], followedBy: [{ method: "POST", path: "/things/{id}/after" }] } as const;
        const gone = await rest
          .delete({ path: ["things", name], query: { force: true }, plan, ifUnknown: "repeat" })
          .catch(() => undefined);
        if (!gone) await rest.post({ path: ["things", name], plan: { changes: [] }, ifUnknown: "tell" }).catch(() => undefined);
        return { gone: gone !== undefined };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.converge",
        title: "Converge",
        effect: "converge",
        input: Type.Object({ name: Type.String(), key: Type.Optional(Type.String({ [secretKeyword]: true })) }, closed),
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ changed: Type.Boolean(), key: Type.String({ [secretKeyword]: true }) }, closed),
      async run({ rest }, { name, key }) {
        const { status } = await rest.get({ path: ["things", name] });
        if (status === 200) return { changed: false, key: "found" };
        await rest.put({ path: ["things", name], body: { nested: [{ key }] }, plan: { changes: [] }, ifUnknown: "repeat" });
        return { changed: true, key: "made" };
      },
    }),
    action({
      ...{
        ...shared,
        name: "test.thing.mint",
        title: "Mint",
        effect: "once",
        input: named,
        examples: [{ title: "Ada", input: { name: "ada" } }],
      },
      output: Type.Object({ token: Type.String({ [secretKeyword]: true }) }, closed),
      async run({ rest }) {
        const witness = { name: "newest", request: () => ({ path: ["tokens", "newest"] }), testify: ({ body }: ActionResponse) => body };
        const { body } = await rest.post({ path: ["tokens"], plan: { changes: [] }, ifUnknown: "tell", witnesses: [witness] });
        return { token: String((body as { token: unknown }).token) };
      },
    }),
    stream({
      ...{
        ...shared,
        name: "test.thing.parts",
        title: "Parts",
        input: Type.Object({ of: Type.String(), ...streamMembers }, closed),
        examples: [{ title: "Of one", input: { of: "x" } }],
        item: Type.Object({ id: Type.String() }, closed),
      },
      async prepare({ rest }, input) {
        const { body } = await rest.get({ path: ["things", input.of] });
        return { ...input, of: String((body as { id: unknown }).id) };
      },
      start: ({ of }) => ({ method: "GET", path: ["things", of, "parts"] }),
      page: ({ body }) => ({ items: body as { id: string }[] }),
      refused: ({ status }) => (status === 404 ? new LongarmError("group_not_found") : undefined),
      identify: ({ id }) => id,
      limit: ({ maxItems }) => maxItems,
    }),
    stream({
      ...{
        ...shared,
        name: "test.thing.stream",
        title: "Stream",
        input: Type.Object({ ...streamMembers }, closed),
        examples: [{ title: "All", input: {} }],
        item: Type.Object({ id: Type.String() }, closed),
      },
      start: () => ({ method: "GET", path: ["things"] }),
      page: ({ body }) => ({ items: body as { id: string }[] }),
      identify: ({ id }) => id,
      limit: ({ maxItems }) => maxItems,
    }),
  ],
  explain: ({ status }) => new LongarmError("target_error", `The target answered ${status}.`),
  probe: { path: ["me"] },
};

const connection: Connection = {
  ...{ name: "acme", baseUrl: "https://acme.example", placement: { on: "local", whenNone: "fail" } },
  ...{ timeoutMs: 1_000, maxResponseBytes: 1_000_000 },
};

/** What a test has at hand. */
export interface Carrying {
  readonly deps: CarrierDeps & { readonly room: StorageRoom };
  readonly log: MemoryRunLog;
  readonly items: MemoryItemStore;
  readonly ended: MemoryEndedRuns;
  readonly holds: MemoryHoldStore;
  readonly inquiry: MemoryCallInquiry;
  /** Every request that the executor was given, as `METHOD path`. */
  readonly sent: string[];
  /** Set by the test before it carries. */
  answer: Answer;
  pages: Pages;
  /** Another carrier on the same stores, as another controller has one. */
  carrier(id?: ControllerId): RunCarrier;
  /** Submits and carries to the end. */
  carry(name: string, input?: unknown, over?: Parameters<typeof anySubmission>[0]): Promise<RunId>;
  submit(name: string, input?: unknown, over?: Parameters<typeof anySubmission>[0]): Promise<RunId>;
  /** The log's entries, record by record. */
  records(run: RunId): Promise<readonly (readonly LogEntry[])[]>;
}

/** Runs `body` with a carrier whose world is in memory. */
export async function withCarrying(body: (world: Carrying) => Promise<void>, clock: Clock = systemClock): Promise<void> {
  const log = new MemoryRunLog({ clock });
  const [items, blobs, holds, inquiry] = [new MemoryItemStore(), new MemoryBlobStore(), new MemoryHoldStore(), new MemoryCallInquiry()];
  const connections = new MemoryDefinitionStore<Connection>(connectionCodec);
  await connections.put("acme", connection);
  const sent: string[] = [];
  const executor: RestExecutor = {
    send(request, signal) {
      sent.push(`${request.method} ${request.path}`);
      return world.answer(request, signal);
    },
    async *pages(request) {
      sent.push(`GET ${request.resumeAt ?? request.path}`);
      yield* world.pages(request);
    },
  };
  const [controllerId, ring] = [newId("controller"), createKeyRing()];
  const placesOf = (id: ControllerId) => new KeyPlaces({ store: holds, controllerId: id, ring, clock, logger: silentLogger });
  const deps: Carrying["deps"] = {
    room: new StorageRoom(),
    ...{ controllerId, log, items, connections, local: executor, blobs },
    ...{ credentials: new MemoryDefinitionStore<Credential>(credentialCodec), catalogue: createCatalogue([spoke]) },
    // Local placements ask neither of them.
    ...{ directory: {} as AgentDirectory, inquiry, selection: {} as SlotSelection },
    ...{
      slots: new LaneSlots({ interactive: 8, standard: 8, bulk: 8 }),
      lease: endlessLease(),
      signals: new RunSignals(),
      places: placesOf(controllerId),
      checks: new Checks(),
      ring,
    },
    ...{ clock, logger: silentLogger, random: Math.random, afterTurn: setImmediate },
  };
  const world: Carrying = {
    ...{ deps, log, items, holds, sent, inquiry, ended: new MemoryEndedRuns({ log, items, blobs }) },
    answer: async () => respond(200, { id: "1" }),
    pages: async function* () {
      yield page([], null);
    },
    carrier: (id = deps.controllerId) =>
      new RunCarrier({ ...deps, controllerId: id, ...(id !== deps.controllerId && { checks: new Checks(), places: placesOf(id) }) }),
    async submit(name, input = { name: "ada" }, over = {}) {
      const runId = newId("run");
      const schema = deps.catalogue.get(name)?.input as TSchema;
      const submission = anySubmission({ runId, action: name, input: sealMembers(deps.ring, runId, { schema, value: input }), ...over });
      await log.submit(submission);
      return submission.runId;
    },
    async carry(name, input, over) {
      const run = await world.submit(name, input, over);
      await carryOn(world.carrier(), log, run);
      return run;
    },
    async records(run) {
      return (await log.read(run))?.records.map(({ entries }) => entries) ?? [];
    },
  };
  await body(world);
}

/** A lease of which no time passes. */
function endlessLease(): OwnerLease {
  const lease = new OwnerLease({ clock: { monotonicMs: () => 0 } });
  lease.renewed(0);
  return lease;
}

/** Claims a run nobody carried yet, and carries it to its end. */
export async function carryOn(carrier: RunCarrier, log: MemoryRunLog, run: RunId): Promise<void> {
  const stored = await log.read(run);
  const claimed = stored && (await carrier.claimNew(stored));
  if (claimed) await carrier.carry(claimed);
}
