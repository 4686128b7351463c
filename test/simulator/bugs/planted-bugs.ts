import { isFinished, LongarmError, needsIntent, type LogEntry, type RunId, type Submission } from "@longarm/shared";
import type { RestExecutor, RestFailure, RestRequest, RestResponse } from "@longarm/shared/rest";
import type { ActionContext, AnyDefinition, ChangingRequest } from "@longarm/spoke";
import type { Journal } from "../../../packages/agent/src/journal/journal.ts";
import type { RunLog } from "../../../packages/controller/src/ports/run-log.ts";
import type { WeatherName } from "../world/weather.ts";
import { noBugs, type Bugs } from "./bugs.ts";

/** A fault that the checker must find, and the words by which it tells that it has found this very one. */
export interface PlantedBug {
  readonly bugs: Bugs;
  readonly isSeenAs: RegExp;
  /** The connection that all clients use, where few worlds show the bug otherwise; default: any. */
  readonly connection?: string;
  /** A kind of weather, where few worlds show the bug otherwise; default: what the seed draws. */
  readonly weather?: WeatherName;
}

/** The log with one of its doings replaced; the others stay what they are. */
function logWith(log: RunLog, over: Partial<RunLog>): RunLog {
  return {
    submit: (submission) => log.submit(submission),
    read: (run) => log.read(run),
    append: (run, append, signal) => log.append(run, append, signal),
    follow: (after, signal) => log.follow(after, signal),
    identity: () => log.identity(),
    ageOf: (sequence) => log.ageOf(sequence),
    ...over,
  };
}

/** A log that writes other entries than it is given. */
function writing(change: (entries: readonly LogEntry[]) => readonly LogEntry[]): Bugs {
  return {
    ...noBugs,
    log: (log) =>
      logWith(log, { append: (run, append, signal) => log.append(run, { ...append, entries: change(append.entries) }, signal) }),
  };
}

/** An executor that sends in another way. */
function sending(send: (executor: RestExecutor, request: RestRequest, signal: AbortSignal) => Promise<RestResponse | RestFailure>): Bugs {
  return {
    ...noBugs,
    executor: (executor) => ({
      send: (request, signal) => send(executor, request, signal),
      pages: (request, signal) => executor.pages(request, signal),
    }),
  };
}

const acceptsBeforeItIsStored: Bugs = {
  ...noBugs,
  log: (log) => {
    const begun = new Map<RunId, Submission>();
    return logWith(log, {
      submit: async (submission) => {
        begun.set(submission.runId, submission);
        log.submit(submission).catch(() => undefined);
        return { kind: "stored" };
      },
      read: async (run) => {
        const submission = begun.get(run);
        return (
          (await log.read(run)) ?? (submission && { submission, position: { sequence: 0, hash: new Uint8Array(), epoch: 0 }, records: [] })
        );
      },
    });
  },
};

const settlesBeforeItIsClaimed: Bugs = {
  ...noBugs,
  queue: (queue) => ({
    async *take(lane, count, signal) {
      for await (const queued of queue.take(lane, count, signal)) {
        queued.settle();
        yield { ...queued, settle: () => undefined, release: () => undefined };
      }
    },
  }),
};

const ignoresTheEpoch: Bugs = {
  ...noBugs,
  log: (log) =>
    logWith(log, {
      append: async (run, append, signal) => {
        const result = await log.append(run, append, signal);
        if (result.kind !== "overtaken" || append.entries.some(({ kind }) => kind === "claimed")) return result;
        const at = (await log.read(run))?.records.at(-1)?.position;
        return at ? log.append(run, { ...append, at }, signal) : result;
      },
    }),
};

const repeatsAWrite = sending(async (executor, request, signal) => {
  const answer = await executor.send(request, signal);
  const isLost = answer.kind === "failure" && answer.delivery === "unknown" && answer.error.code === "target_reset";
  return isLost && needsIntent(request.effect) ? executor.send(request, signal) : answer;
});

const looksOnlyBeforeItConnects = sending((executor, request, signal) => executor.send({ ...request, lastLook: () => undefined }, signal));

const staleBytes = new TextEncoder().encode("{}");
const readsWhatWas = sending(async (executor, request, signal) => {
  const answer = await executor.send(request, signal);
  if (answer.kind === "failure" || request.method !== "GET" || request.path.startsWith("/anything")) return answer;
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield staleBytes;
  };
  return { ...answer, status: 404, body: once() };
});

const takesSilenceForSuccess = sending(async (executor, request, signal) => {
  const answer = await executor.send(request, signal);
  if (answer.kind === "response" || answer.delivery === "not_sent" || request.effect === "read") return answer;
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(JSON.stringify({ id: "made-up", token: "made-up", value: "set" }));
  };
  return { kind: "response", status: 200, headers: {}, body: once(), record: () => answer.record };
});

const takesOverTooEarly: Bugs = {
  ...noBugs,
  presence: (presence) => ({
    renew: (self) => presence.renew(self),
    withdraw: (controller) => presence.withdraw(controller),
    list: async () => {
      const signs = await presence.list();
      return new Map([...signs.keys()].map((id) => [id, "withdrawn"]));
    },
  }),
};

// As far back as calls are taken that say they may begin for ten seconds: further ahead than a minute no call may be.
const forgetsNotAfter: Bugs = { ...noBugs, agentNowMs: (nowMs) => nowMs - 49_000 };

/** A journal with some of its doings replaced; the others stay what they are. */
function journalWith(journal: Journal, over: Partial<Pick<Journal, "id" | "write">>): Journal {
  return new Proxy(journal, {
    get(target, name) {
      const own: unknown = Reflect.get(over, name) ?? Reflect.get(target, name, target);
      return typeof own === "function" ? (own.bind(target) as unknown) : own;
    },
  });
}

const saysNeverSeenUnwritten: Bugs = {
  ...noBugs,
  journal: (journal) => journalWith(journal, { write: async (entry) => (entry.kind === "refused" ? "" : journal.write(entry)) }),
};

/** Begins a new journal with each life, and takes it for the old one. */
const forgetsItsJournal: Bugs = {
  ...noBugs,
  disk: (disk) => ({ ...disk, list: async () => [] }),
  journal: (journal) => journalWith(journal, { id: "always-the-same" }),
};

/** Waits for the disk only when it makes a file. */
const doesNotSync: Bugs = {
  ...noBugs,
  disk: (disk) => ({
    ...disk,
    open: async (name) => {
      const file = await disk.open(name);
      let isMade = false;
      const sync = async (): Promise<void> => {
        if (!isMade) await file.sync();
        isMade = true;
      };
      return { ...file, sync };
    },
  }),
};

function repeating({ rest, ...context }: ActionContext): ActionContext {
  const repeat = (request: ChangingRequest): ChangingRequest => ({ ...request, ifUnknown: "repeat" });
  return {
    ...context,
    rest: {
      get: (request) => rest.get(request),
      post: (request) => rest.post("effect" in request ? request : repeat(request)),
      put: (request) => rest.put(repeat(request)),
      delete: (request) => rest.delete(repeat(request)),
    },
  };
}

const repeatsOnce: Bugs = {
  ...noBugs,
  definition: (definition): AnyDefinition => {
    if (definition.kind !== "action" || definition.effect !== "once") return definition;
    return { ...definition, effect: "converge", run: (context, input) => definition.run(repeating(context), input) };
  },
};

const skipsIntents = writing((entries) => entries.filter(({ kind }) => kind !== "intent"));

const losesDeferredOutcomes = writing((entries) =>
  entries.some(({ kind }) => kind === "completed") ? entries : entries.filter(({ kind }) => kind !== "outcome"),
);

const callsTheUnknownFailed = writing((entries) =>
  entries.map((entry) =>
    entry.kind === "completed" && isFinished(entry.status) && entry.status === "outcome_unknown"
      ? { ...entry, status: "failed", error: new LongarmError("target_timeout").toBody() }
      : entry,
  ),
);

// By a second send, or by a run that was stopped and believes what was said.
const changedUnseen = /(?:create|once) was (?:applied|sent) \d times|(?:failed|cancelled), but .* was applied/;

/** Bugs planted in agents, by their names. */
export const agentBugs: Readonly<Record<string, PlantedBug>> = {
  forgetsNotAfter: { bugs: forgetsNotAfter, isSeenAs: /begun too late/ },
  saysNeverSeenUnwritten: { bugs: saysNeverSeenUnwritten, isSeenAs: changedUnseen, connection: "there", weather: "lateMessages" },
  forgetsItsJournal: { bugs: forgetsItsJournal, isSeenAs: /(?:create|once) was (?:applied|sent) \d times/ },
  doesNotSync: { bugs: doesNotSync, isSeenAs: changedUnseen },
};

/** Bugs planted in controllers, or on both sides, by their names. */
export const controllerBugs: Readonly<Record<string, PlantedBug>> = {
  acceptsBeforeItIsStored: { bugs: acceptsBeforeItIsStored, isSeenAs: /^lost: / },
  settlesBeforeItIsClaimed: { bugs: settlesBeforeItIsClaimed, isSeenAs: /stuck: / },
  ignoresTheEpoch: { bugs: ignoresTheEpoch, isSeenAs: /appended .* to a run that .* owned/ },
  repeatsAWrite: { bugs: repeatsAWrite, isSeenAs: /(?:create|once) was (?:applied|sent) 2 times/ },
  looksOnlyBeforeItConnects: {
    ...{ bugs: looksOnlyBeforeItConnects, isSeenAs: / sent .* of a run that .* owned/ },
    ...{ connection: "here", weather: "frozenConnections" },
  },
  skipsIntents: { bugs: skipsIntents, isSeenAs: /before its intent was stored/ },
  readsWhatWas: { bugs: readsWhatWas, isSeenAs: /create was applied \d times/ },
  takesOverTooEarly: { bugs: takesOverTooEarly, isSeenAs: /taken over too early/ },
  repeatsOnce: { bugs: repeatsOnce, isSeenAs: /once was (?:applied|sent) \d times/ },
  losesDeferredOutcomes: { bugs: losesDeferredOutcomes, isSeenAs: /before the outcome of call \d+ was stored/ },
  callsTheUnknownFailed: { bugs: callsTheUnknownFailed, isSeenAs: /failed, but .* was applied/ },
  takesSilenceForSuccess: { bugs: takesSilenceForSuccess, isSeenAs: /succeeded, but 0 of 1/ },
};

/** Every planted bug by its name. */
export const plantedBugs: Readonly<Record<string, PlantedBug>> = { ...controllerBugs, ...agentBugs };
