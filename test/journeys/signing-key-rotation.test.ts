import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rotateTrustFile } from "@longarm/controller/main";
import { connect, type JourneyController, withJourney } from "../support/journey.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("a signing key that is changed while everybody works");
const slow = { timeoutMs: 60_000 };

interface Answer {
  readonly status: string;
  readonly error: { readonly message: string } | null;
}

const body = { action: "okta.user.get", connection: "sandbox", input: { user: "user000001@example.com" }, on: "labels.site == 'hq'" };

/** Runs through the agent, one after the other, until it is told to stop; resolves with how each ended. */
function working({ api }: JourneyController): { stop(): Promise<readonly string[]>; count(): number } {
  const ends: string[] = [];
  const over = new AbortController();
  const all = (async () => {
    while (!over.signal.aborted) {
      const run = await api.post<Answer>("/v1/runs", { body, headers: { prefer: "wait=20" } });
      ends.push(run.error?.message ?? run.status);
    }
  })();
  return {
    count: () => ends.length,
    stop: async () => {
      over.abort();
      await all;
      return ends;
    },
  };
}

async function goesOn(work: ReturnType<typeof working>, by = 20): Promise<void> {
  const before = work.count();
  await until("runs go on", () => work.count() >= before + by, 20_000);
}

test(
  "is used by a controller and by a signer without a restart, and no run fails of it",
  () =>
    withJourney(async (journey) => {
      const org = await journey.sandbox();
      const broker = await journey.broker();
      const first = await journey.controllerProcess({ name: "first", broker });
      await connect(first.api, org);
      const trust = join(journey.directory, "signer-trust.json");
      copyFileSync(join(first.data, "trust.json"), trust);
      const [socket, file] = [join(journey.directory, "signer.sock"), join(journey.directory, "signer.json")];
      writeFileSync(file, JSON.stringify({ socket, trust }));
      await journey.process(["signer", "--config", file, "--json"], /^\{"ready":true.*$/);
      const keyRing = join(first.data, "keyring.json");
      const second = await journey.controllerProcess({ name: "second", broker, keyRing, token: first.token, more: { signer: { socket } } });
      await journey.agent({ ...first, agentUrls: [broker.url] }, { name: "hq-1", labels: { site: "hq" } });
      const works = [working(first), working(second)];
      for (const work of works) await goesOn(work);
      // Each file by itself, as when it is copied from one machine to the next.
      const { serial } = rotateTrustFile(join(first.data, "trust.json"), { dropOld: false });
      copyFileSync(join(first.data, "trust.json"), trust);
      for (const controller of [first, second])
        await until("the new keys are in use", async () => (await installationSerial(controller)) === serial, 10_000);
      for (const work of works) await goesOn(work);
      for (const work of works) assert.deepEqual(new Set(await work.stop()), new Set(["succeeded"]));
    }),
  slow,
);

/** How often the keys that a controller announces were changed, from 1, as `/readyz` tells. */
async function installationSerial({ api }: JourneyController): Promise<number> {
  const { checks } = await api.get<{ readonly checks: { readonly signer: { readonly sentence: string } } }>("/readyz");
  return Number(/number (\d+)/.exec(checks.signer.sentence)?.[1]);
}

test.run();
