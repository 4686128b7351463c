import { deepEqual, equal, match } from "node:assert/strict";
import { systemClock, type LogEntry, type RunId, type RunStatus, type Submission } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { anySubmission } from "../../../../test/support/run-stores.ts";
import { suite } from "../../../../test/support/suite.ts";
import { triggersInMemory } from "../../../../test/support/triggers.ts";
import { until } from "../../../../test/support/until.ts";
import { MemoryEventStore } from "../memory/memory-event-store.ts";
import { MemoryRunLog } from "../memory/memory-run-log.ts";
import type { RunView } from "../ports/run-service.ts";
import type { DefinedTrigger, Triggers } from "../ports/trigger-store.ts";
import { tellRunEnds } from "./run-ends.ts";

const test = suite("ends of runs as events");
const never = new AbortController().signal;
const flows = new Set(["acme.flow.welcome", "acme.flow.greet"]);

interface World {
  readonly events: MemoryEventStore;
  readonly triggers: Triggers;
  define(type: string, change?: Partial<DefinedTrigger>): Promise<void>;
  end(change?: Partial<Submission>, status?: RunStatus): Promise<RunId>;
  start(): () => Promise<void>;
  types(): Promise<readonly string[]>;
}

async function withLog(body: (world: World) => Promise<void>): Promise<void> {
  const log = new MemoryRunLog({ clock: systemClock });
  const [events, triggers] = [new MemoryEventStore(), triggersInMemory(systemClock)];
  const runs = {
    async get(id: RunId): Promise<RunView> {
      const { submission } = (await log.read(id)) ?? { submission: anySubmission() };
      const { action, connection, input, principal: submittedBy } = submission;
      return { id, action, connection, status: "running", input, submittedBy, output: { id: "00u1" }, error: null } as unknown as RunView;
    },
  };
  const catalogue = { runnable: (name: string) => (flows.has(name) ? ({ kind: "flow" } as never) : undefined) };
  const ends: (() => Promise<void>)[] = [];
  const on = { source: "flow" } as const;
  try {
    await body({
      events,
      triggers,
      async define(type, change = {}) {
        const own = {
          flow: "acme.flow.greet",
          connection: "acme",
          input: {},
          state: "enabled",
          lane: "standard",
          principal: "ada",
        } as const;
        const trigger = { name: "next", on: { ...on, type }, ...own, behind: ["ada"], connections: [], sinceSequence: 0, ...change };
        await triggers.definitions.put(trigger.name, trigger);
      },
      async end(change = {}, status = "succeeded") {
        const submission = anySubmission({ action: "acme.flow.welcome", ...change });
        const { runId } = submission;
        await log.submit(submission);
        const at = (await log.read(runId))?.position ?? { sequence: 0, hash: new Uint8Array(), epoch: 0 };
        const completed: LogEntry = { kind: "completed", status: status as "succeeded", output: null, error: null };
        await log.append(runId, { at, epoch: 1, entries: [completed] }, never);
        return runId;
      },
      start() {
        const stopping = new AbortController();
        const deps = { log, history: { find: () => [] }, runs, triggers, events, catalogue, clock: systemClock, logger: silentLogger };
        const loop = tellRunEnds(deps, stopping.signal);
        const end = async (): Promise<void> => {
          stopping.abort();
          await loop;
        };
        ends.push(end);
        return end;
      },
      types: async () => (await events.list({ limit: 50 })).events.map(({ type }) => type),
    });
  } finally {
    for (const end of ends) await end();
  }
}

test("are stored where a trigger names them, with what came of the run and who had a hand in it", () =>
  withLog(async ({ define, end, start, events }) => {
    await define("flow.acme.flow.welcome.succeeded");
    start();
    const runId = await end({ principal: "trigger:welcome", chain: { depth: 2, behind: ["hr", "ada"] } });
    const event = await until("the end is an event", () => events.get("flow", runId));
    const { type, subject, depth, connection, behind, data } = event;
    deepEqual(
      { type, subject, depth, connection, behind },
      {
        ...{ type: "flow.acme.flow.welcome.succeeded", subject: runId, depth: 2, connection: "acme", behind: ["hr", "ada"] },
      },
    );
    const { run, status, output } = data as Record<string, unknown>;
    deepEqual([run, status, output], [runId, "succeeded", { id: "00u1" }]);
  }));

test("are left alone where none does, or a pattern would mean an action, or the run had ended before the trigger was defined", () =>
  withLog(async ({ define, end, start, types }) => {
    await end();
    await define("flow.*.succeeded", { sinceSequence: 2 });
    // For this one the log is looked through from its beginning.
    await define("flow.acme.flow.other.*", { name: "other" });
    start();
    for (const change of [{ action: "okta.user.get" }, { connection: "globex" }]) await end(change);
    await end({}, "failed");
    await end({ action: "acme.flow.greet" });
    await until("the last is told", async () => (await types()).length > 0);
    deepEqual(await types(), ["flow.acme.flow.greet.succeeded"]);
  }));

test("are found though nobody was there when the run ended, and told once by however many controllers", () =>
  withLog(async ({ define, end, start, types, events, triggers }) => {
    await define("flow.acme.flow.welcome.*");
    const die = start();
    await end();
    await until("the first is told", async () => (await types()).length === 1);
    await die();
    const missed = await end({}, "failed");
    start();
    start();
    const event = await until("the second is told", () => events.get("flow", missed));
    match(event.type, /failed$/);
    equal((await types()).length, 2);
    await until("how far that is, is kept", async () => ((await triggers.runEnds.list())[0]?.value.sequence ?? 0) >= 4);
  }));

test.run();
