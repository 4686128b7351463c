import assert from "node:assert/strict";
import { type ControllerId, field as subjects, newId, Rejections, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { newSeed, SigningKey } from "@longarm/shared/seal";
import {
  encodeAsk,
  encodeClockTold,
  encodeDelivered,
  encodeDesired,
  encodeEnrolled,
  encodeRenewal,
  oldestProtocol,
  protocolVersion,
} from "@longarm/shared/wire";
import type { NatsConnection } from "@nats-io/transport-node";
import { AgentExecutor } from "../../packages/controller/src/nats/field/agent-executor.ts";
import type { KnownAgent } from "../../packages/controller/src/nats/field/seal/field-seals.ts";
import { InstallationSeals } from "../../packages/controller/src/nats/field/seal/installation-seals.ts";
import { Switchboard } from "../../packages/controller/src/nats/field/switchboard.ts";
import type { InstallationTrust } from "../../packages/controller/src/ports/installation-trust.ts";
import { embeddedTrust, newTrustSeeds, rotated, type TrustSeeds, withoutRetired } from "../../packages/controller/src/trust/trust-keys.ts";
import { executorOf, type Field, never, requestTo, type TestAgent, until, withField, withTarget } from "../support/field.ts";
import { until as heardOf } from "../support/until.ts";
import { suite } from "../support/suite.ts";
import { lootOf } from "./insider.fixture.ts";

const test = suite("a controller that is an enemy");
const patient = { timeoutMs: 50_000 };

interface Siege extends Field {
  readonly attacked: TestAgent;
  readonly dataDirectory: string;
  readonly known: KnownAgent;
  /** Of the installation's own controller. */
  readonly controllerId: ControllerId;
  readonly baseUrl: string;
  /** Requests that the target got. */
  readonly heard: string[];
}

/** An agent, and somebody who has a controller's rights at the broker and all that is public of the agent, its process's id too. */
function withSiege(seeds: TrustSeeds, body: (siege: Siege) => Promise<void>): Promise<void> {
  const heard: string[] = [];
  return withField(
    (field) =>
      withTarget(
        ({ url = "" }, response) => {
          heard.push(url);
          response.end("{}");
        },
        async (baseUrl) => {
          const { field: spy } = await field.broker.connections("spy");
          const boots: string[] = [];
          spy.subscribe(subjects.allEnrol(), { callback: (_, { data }) => void boots.push(bootIn(data)) });
          const controllers: ControllerId[] = [];
          spy.subscribe(subjects.allReports(), {
            callback: (_, { subject }) => void controllers.push(subject.split(".")[1] as ControllerId),
          });
          await spy.flush();
          const configuration = await field.configuration();
          const attacked = await field.agent(configuration);
          const keys = (await field.store.get(attacked.id))?.value.keys ?? assert.fail("the agent has no keys");
          const bootId = boots.findLast((boot) => boot !== "") ?? assert.fail("no asking was heard");
          const controllerId = await heardOf("the agent speaks to its controller", () => controllers.at(-1));
          await body({
            ...field,
            controllerId,
            attacked,
            dataDirectory: configuration.dataDirectory,
            known: { keys, bootId },
            baseUrl,
            heard,
          });
        },
      ),
    { trust: embeddedTrust(seeds) },
  );
}

function bootIn(enrol: Uint8Array): string {
  return /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(Buffer.from(enrol).toString("latin1"))?.[0] ?? "";
}

/** Says to the agent all that a controller may say, under these keys, its words once `called` resolves; resolves to what its calls came to. */
async function attack(
  siege: Siege,
  trust: InstallationTrust,
  called = async (): Promise<unknown> => undefined,
): Promise<readonly string[]> {
  const { attacked, known, broker, baseUrl, controllerId } = siege;
  const { field: connection } = await broker.connections("enemy");
  const rejections = new Rejections({ clock: systemClock, logger: silentLogger });
  const seals = new InstallationSeals({ controllerId, trust, clock: systemClock, rejections, agent: () => known });
  const publish = (subject: string, payload: Uint8Array): void => connection.publish(subject, payload);
  const switchboard = new Switchboard({ controllerId, publish, seals, clock: systemClock, logger: silentLogger });
  const check = () => ({ connection: "acme", target: { host: "127.0.0.1", addresses: [] } });
  const executor = new AgentExecutor({ agent: attacked.id, switchboard, clock: systemClock, check, obstacle: () => undefined });
  const giveUp = new AbortController();
  const calls = Array.from({ length: 50 }, (_, n) =>
    executor.send(requestTo(baseUrl, n % 2 === 0 ? {} : { method: "POST", effect: "once" }), giveUp.signal),
  );
  // They are signed at the end of the turn, and are to leave before the agent is told to take none.
  await connection.flush();
  await called();
  await sayAll(connection, { siege, seals, trust });
  await connection.flush();
  // The agent has taken in what came before an answer to somebody whom it believes.
  for (let n = 0; n < 3; n += 1) await executorOf(siege.directory, attacked.id).send(requestTo(baseUrl, { path: "/honest" }), never);
  giveUp.abort();
  const answers = await Promise.all(calls);
  return answers.map((answer) => (answer.kind === "failure" ? answer.error.code : "executed"));
}

async function sayAll(
  connection: NatsConnection,
  { siege, seals, trust }: { siege: Siege; seals: InstallationSeals; trust: InstallationTrust },
): Promise<void> {
  const { id } = siege.attacked;
  const { controllerId } = siege;
  const key = { callId: newId("call"), attempt: 1 };
  const words: readonly (readonly [string, Uint8Array])[] = [
    ...(["paused", "draining", "revoked"] as const).map(
      (state) => [subjects.desired(id), encodeDesired({ controllerId, state, enrol: false })] as const,
    ),
    [subjects.ask(id), encodeAsk({ ...key, controllerId, nonce: "n", notAfterMs: Date.now() + 10_000 })],
    [subjects.delivered(id), encodeDelivered({ controllerId, calls: [key] })],
    [subjects.clockTold(id), encodeClockTold({ controllerId, nonce: "n", nowMs: 0 })],
  ];
  for (const [subject, payload] of words) {
    const word = await seals.sealWord(id, { subject, payload });
    if (word) connection.publish(subject, word);
    connection.publish(subject, payload);
  }
  const enrolled = encodeEnrolled({
    ...{ controllerId, nonce: "n", protocolMin: oldestProtocol, protocolMax: protocolVersion, nowMs: 0, installation: trust.announced },
    answer: { kind: "granted", labels: { site: "elsewhere" }, desired: "up" },
  });
  connection.publish(subjects.enrolled(id), await seals.signAnswer(subjects.enrolled(id), enrolled));
  connection.publish(subjects.jwt(id), encodeRenewal({ jwt: "noise", returnJwt: "noise" }));
  for (const payload of [new Uint8Array(), Buffer.alloc(1_000, 7)])
    for (const way of ["call", "control", "ask", "desired", "delivered", "clock", "jwt", "enrolled", "x"])
      connection.publish(`agent.${id}.${way}`, payload);
}

/** Nothing was carried out for the enemy, and the agent stays what it was. */
async function assertUnmoved(siege: Siege, outcomes: readonly string[]): Promise<void> {
  const { directory, attacked, heard, trust, dataDirectory } = siege;
  assert.ok(!outcomes.includes("executed"));
  assert.deepEqual(new Set(heard), new Set(["/honest"]), "the target heard of the enemy's calls");
  await until(directory, () => directory.find(attacked.id)?.state === "up");
  assert.equal(lootOf(dataDirectory).installation.fingerprint, trust.fingerprint);
  assert.match(lootOf(dataDirectory).jwt, /^ey/);
}

/** The same keys as the installation's, but for those that sign. */
function withOtherSigner(trust: InstallationTrust): InstallationTrust {
  const forger = new SigningKey(newSeed());
  const sign = async (purpose: "call" | "word" | "answer", message: Uint8Array): Promise<Uint8Array> => forger.sign(purpose, message);
  return { ...trust, signer: { keyId: trust.signer.keyId, sign } };
}

test(
  "has nothing carried out with the broker's rights and the sealing keys alone, without the signing key",
  () =>
    withSiege(newTrustSeeds(), async (siege) => {
      await assertUnmoved(siege, await attack(siege, withOtherSigner(siege.trust)));
    }),
  patient,
);

test(
  "has nothing carried out with the keys of another installation, and takes no agent over",
  () =>
    withSiege(newTrustSeeds(), async (siege) => {
      await assertUnmoved(siege, await attack(siege, embeddedTrust(newTrustSeeds())));
    }),
  patient,
);

test(
  "has nothing carried out with a key that was retired and dropped",
  () => {
    const before = newTrustSeeds();
    const after = withoutRetired(rotated(before));
    return withSiege(after, async (siege) => {
      await assertUnmoved(siege, await attack(siege, embeddedTrust(before)));
    });
  },
  patient,
);

test(
  "would be heard with the key that is in use: these calls are such as an agent carries out",
  () =>
    withSiege(newTrustSeeds(), async (siege) => {
      const { directory, attacked } = siege;
      // The word that revokes may overtake calls that wait inside the agent.
      await attack(siege, siege.trust, () => heardOf("a call is carried out", () => siege.heard.includes("/")));
      await until(directory, () => directory.find(attacked.id)?.state === "lost");
      await assert.rejects(attacked.ended, { code: "enrolment_refused" });
    }),
  patient,
);

test.run();
