import assert from "node:assert/strict";
import { type AgentId, type ControllerId, field, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { newSeed, SigningKey, userNkey, userNkeySeed } from "@longarm/shared/seal";
import { openLink } from "../../packages/agent/src/nats/nats-link.ts";
import { type IdentitiesAtHand, withIdentities } from "../../packages/controller/src/nats/identities/identities.fixture.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("an agent's renewed login");
const agent = "agt_1" as AgentId;
const controller = "ctl_1" as ControllerId;

/** A link of an agent with a key of its own, and a way to have its login minted anew. */
async function withLink(
  at: IdentitiesAtHand,
  ttlMs: number,
  body: (link: Awaited<ReturnType<typeof openLink>>, mint: (ttlMs: number) => ReturnType<typeof login>) => Promise<void>,
): Promise<void> {
  const seed = newSeed();
  const mint = (lastsMs: number): ReturnType<typeof login> => login(at, seed, lastsMs);
  const options = { urls: [at.broker.url], login: await mint(ttlMs), name: "agent" };
  const link = await openLink(options, { clock: systemClock, logger: silentLogger, signal: new AbortController().signal });
  try {
    await body(link, mint);
  } finally {
    await link.close();
  }
}

async function login({ identities }: IdentitiesAtHand, seed: Uint8Array, ttlMs: number) {
  const { jwt } = await identities.mintAgent(agent, userNkey(new SigningKey(seed).public.raw), { ttlMs });
  return { jwt, seed: userNkeySeed(seed) };
}

const number = (payload: Uint8Array): number => Number(new TextDecoder().decode(payload));
const text = (value: number): Uint8Array => new TextEncoder().encode(String(value));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

test(
  "takes over under load: each message of both directions arrives once and in order",
  () =>
    withIdentities(async (at) => {
      await withLink(at, 60_000, async (link, mint) => {
        const { field: controllers } = await at.broker.connections("ctl_1");
        const [heard, told]: [number[], number[]] = [[], []];
        link.subscribe(field.allOfAgent(agent), ({ payload }) => void heard.push(number(payload)));
        controllers.subscribe(field.allFrom(controller), { callback: (_, { data }) => void told.push(number(data)) });
        await Promise.all([link.flush(), controllers.flush()]);
        let sent = 0;
        const talking = setInterval(() => {
          for (let count = 0; count < 20; count += 1, sent += 1) {
            controllers.publish(field.callControl(agent), text(sent));
            link.publish(field.frame(controller, agent), text(sent));
          }
        }, 1);
        for (let round = 0; round < 5; round += 1) await link.renew(await mint(60_000));
        clearInterval(talking);
        await until("all has arrived", () => heard.length >= sent && told.length >= sent);
        assert.ok(sent > 100);
        assert.deepEqual(heard, upTo(sent));
        assert.deepEqual(told, upTo(sent));
      });
    }),
  { timeoutMs: 30_000 },
);

test(
  "keeps the connection beyond the end of the login before it",
  () =>
    withIdentities(async (at) => {
      await withLink(at, 3_000, async (link, mint) => {
        const { field: controllers } = await at.broker.connections("ctl_1");
        let reconnects = 0;
        link.onReconnect(() => (reconnects += 1));
        const heard: number[] = [];
        link.subscribe(field.allOfAgent(agent), ({ payload }) => void heard.push(number(payload)));
        await link.renew(await mint(60_000));
        const ended = await at.agent("agt_2" as AgentId, { ttlMs: 3_000 });
        await ended.connection.closed();
        controllers.publish(field.call(agent), text(1));
        await until("it is heard", () => heard.length === 1);
        assert.equal(reconnects, 0);
      });
    }),
  { timeoutMs: 30_000 },
);

test("changes nothing when the broker does not accept the new login", () =>
  withIdentities(async (at) => {
    await withLink(at, 60_000, async (link, mint) => {
      const { field: controllers } = await at.broker.connections("ctl_1");
      const heard: number[] = [];
      link.subscribe(field.allOfAgent(agent), ({ payload }) => void heard.push(number(payload)));
      const good = await mint(60_000);
      await assert.rejects(link.renew({ jwt: good.jwt, seed: userNkeySeed(newSeed()) }));
      await link.flush();
      controllers.publish(field.call(agent), text(1));
      await until("it is heard", () => heard.length === 1);
    });
  }));

test.run();
