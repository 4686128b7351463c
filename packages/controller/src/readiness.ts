import type { Clock } from "@longarm/shared";
import { type InstallationTrust, signingSentence } from "./ports/installation-trust.ts";
import type { Readiness } from "./ports/readiness.ts";
import type { RunHistory } from "./ports/run-history.ts";
import type { StorageRoom } from "./run/steer/storage-room.ts";
import type { RunLog } from "./ports/run-log.ts";

interface Deps {
  readonly log: RunLog;
  readonly history: RunHistory;
  readonly room: Pick<StorageRoom, "hasRoom" | "sentence">;
  readonly trust: Pick<InstallationTrust, "kind" | "announced">;
  readonly clock: Clock;
}

const patienceMs = 2_000;

/** Asks the parts that a request stands on whether they are well. */
export function readinessOf(deps: Deps): () => Promise<Readiness> {
  return async () => {
    const last = await Promise.race([deps.log.identity().catch(() => undefined), deps.clock.sleep(patienceMs).then(() => undefined)]);
    const broker = {
      ok: last !== undefined,
      sentence: last === undefined ? "The broker does not answer; nothing is accepted until it does." : "The broker answers.",
    };
    const behind = last === undefined ? null : last.lastSequence - deps.history.position();
    const history = {
      ok: true,
      sentence: behind === null ? "The history waits for the broker." : `The history is ${behind} records behind the run log.`,
    };
    const storage = { ok: deps.room.hasRoom, sentence: deps.room.sentence };
    return {
      ready: broker.ok && storage.ok,
      checks: { broker, storage, history, signer: { ok: true, sentence: signingSentence(deps.trust) } },
    };
  };
}
