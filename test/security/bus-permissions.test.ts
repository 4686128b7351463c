import assert from "node:assert/strict";
import { field, newId } from "@longarm/shared";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { createUser } from "@nats-io/nkeys";
import { connect, errors, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import {
  type AllowList,
  agentInField,
  controllerInControl,
  controllerInField,
  joinerInField,
  makeBrokerKeys,
  mintForThisProcess,
  mintUser,
} from "../../packages/controller/src/nats/identities/index.ts";
import { withIdentities } from "../../packages/controller/src/nats/identities/identities.fixture.ts";
import { createStreams } from "../../packages/controller/src/nats/streams.ts";
import { type TestBroker, withBroker } from "../support/broker.ts";
import { withField } from "../support/field.ts";
import { suite } from "../support/suite.ts";
import { fuzzedSubject, other, own, randomFrom, wanted } from "./bus-permissions.fixture.ts";

const test = suite("what a user of the broker can reach");
const fuzzed = 10_000;
const trials = 10;
const everything: AllowList = { publish: [">"], subscribe: [">"] };

type Account = "system" | "control" | "field";

type As = (account: Account, allow: AllowList) => Promise<NatsConnection>;

/** Runs `body` with a way to be any user of any account, since the test holds the installation's keys; closed afterwards. */
async function withUsersOf(broker: TestBroker, body: (as: As) => Promise<void>): Promise<void> {
  const opened: NatsConnection[] = [];
  const as: As = async (account, allow) => {
    const { jwt, seed } = await mintForThisProcess(broker.keys.accounts[account], "test", allow);
    const authenticator = jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal()));
    const connection = await connect({ servers: broker.url, authenticator, reconnect: false, noAsyncTraces: true });
    opened.push(connection);
    return connection;
  };
  try {
    await body(as);
  } finally {
    await Promise.all(opened.map((connection) => connection.close()));
  }
}

const withUsers = (body: (as: As) => Promise<void>): Promise<void> => withBroker((broker) => withUsersOf(broker, body));

/** Everything that anybody says in the three accounts and that bears the attacker's mark. */
async function observe(as: As) {
  const seen: Record<Account, string[]> = { system: [], control: [], field: [] };
  const connections = await Promise.all(
    (["system", "control", "field"] as const).map(async (account) => {
      const connection = await as(account, everything);
      const callback = (_: unknown, message: { subject: string; string(): string }): void => {
        if (message.string().startsWith("attack")) seen[account].push(message.subject);
      };
      connection.subscribe(">", { callback });
      await connection.flush();
      return connection;
    }),
  );
  return { seen, settled: () => Promise.all(connections.map((connection) => connection.flush())) };
}

// Written out by hand: what the product makes of its own table of subjects is held against this.
const kinds: readonly { readonly name: string; readonly allow: AllowList; readonly reaches: RegExp }[] = [
  { name: "an agent", allow: agentInField(own), reaches: /^(?:beat\.agt_own|enrol\.agt_own|ctl\.[^.]+\.from\.agt_own\..+)$/ },
  { name: "a holder of a join token", allow: joinerInField("tok_own"), reaches: /^enrol\.tok_own$/ },
  { name: "a controller in FIELD", allow: controllerInField("ctl_two"), reaches: /^(?:agent\.[^.]+\..+|enrolled\.[^.]+\.[^.]+)$/ },
];
const agentHears = /^agent\.agt_own\..+$/;

for (const { name, allow, reaches } of kinds)
  test(
    `${name} reaches with ${fuzzed.toLocaleString("en")} fuzzed subjects what its list allows and nothing else, in no account`,
    () =>
      withUsers(async (as) => {
        const { seen, settled } = await observe(as);
        const attacker = await as("field", allow);
        const random = randomFrom(7);
        const tried = [...wanted, ...Array.from({ length: fuzzed }, () => fuzzedSubject(random))];
        for (const subject of tried) attacker.publish(subject, "attack");
        await attacker.flush();
        await settled();
        const unwanted = seen.field.filter((subject) => !reaches.test(subject));
        assert.deepEqual([unwanted, seen.control, seen.system], [[], [], []]);
        const allowed = tried.filter((subject) => reaches.test(subject) && subject.split(".").every((token) => token !== ""));
        assert.ok(
          allowed.every((subject) => seen.field.includes(subject)),
          "what is allowed arrives",
        );
      }),
    { timeoutMs: 40_000 },
  );

test(
  "an agent that asks for 2,000 fuzzed subscriptions, every other one in a queue group, hears its own subjects alone",
  () =>
    withUsers(async (as) => {
      const speaker = await as("field", everything);
      const attacker = await as("field", agentInField(own));
      const random = randomFrom(11);
      const heard = new Set<string>();
      const callback = (fault: unknown, message: { subject: string }): void => {
        if (!fault) heard.add(message.subject);
      };
      const patterns = [...wanted, ...Array.from({ length: 2_000 }, () => fuzzedSubject(random)), field.call(own)];
      for (const [at, pattern] of patterns.entries()) {
        attacker.subscribe(pattern, { callback, ...(at % 2 === 0 && { queue: "controllers" }) });
      }
      await attacker.flush();
      const literal = [...wanted, ...patterns].filter((subject) => !/[*>]/.test(subject));
      for (const subject of literal) speaker.publish(subject, "secret");
      speaker.publish(field.call(own), "mine");
      await speaker.flush();
      await attacker.flush();
      assert.deepEqual(
        [...heard].filter((subject) => !agentHears.test(subject)),
        [],
      );
      assert.ok(heard.has(field.call(own)));
    }),
  { timeoutMs: 40_000 },
);

test(
  "a reply subject of somebody else gets nothing: no acknowledgement, no answer of a controller, no other agent",
  () =>
    withField(({ broker, agent: started }) =>
      withUsersOf(broker, async (as) => {
        const { control } = await broker.connections("ctl_one");
        const jsm = await jetstreamManager(control);
        await createStreams(jsm, { replicas: 1 });
        await jetstream(control).publish("runs.log.run_1", "kept");
        const victim = await started();
        const { seen, settled } = await observe(as);
        const reached = new Set<string>();
        const spy = await as("field", everything);
        spy.subscribe(">", { callback: (_, { subject }) => void reached.add(subject) });
        await spy.flush();
        const connection = await as("field", agentInField(own));
        const bait = [...wanted.filter((subject) => !/[*>]/.test(subject)), field.call(victim.id), field.desired(victim.id)];
        const doors = [field.beat(own), field.enrol(own), ...["frame", "told", "clock"].map((kind) => `ctl.ctl_one.from.${own}.${kind}`)];
        for (const door of doors) for (const reply of bait) connection.publish(door, "attack", { reply });
        await connection.flush();
        await settled();
        await spy.flush();
        assert.deepEqual([seen.control, seen.system], [[], []]);
        const usual = new RegExp(`\\.${victim.id}(?:\\.|$)`);
        const unwanted = [...reached].filter((subject) => !doors.includes(subject) && !agentHears.test(subject) && !usual.test(subject));
        assert.deepEqual(unwanted, []);
        assert.ok(!bait.slice(-2).some((subject) => reached.has(subject)), "the other agent was called");
        assert.equal((await jsm.streams.info("RUNS")).state.messages, 1);
      }),
    ),
  { timeoutMs: 40_000 },
);

test("a controller in CONTROL reaches no system service, and hears no stream's subjects behind the streams' back", () =>
  withUsers(async (as) => {
    const connection = await as("control", controllerInControl("ctl_two"));
    for (const subject of ["$SYS.>", "runs.>", "$KV.>", ">", "_INBOX.>", "$JS.API.>"]) {
      const refused = Promise.withResolvers<Error | null>();
      connection.subscribe(subject, { callback: refused.resolve });
      assert.ok((await refused.promise) instanceof errors.PermissionViolationError, subject);
    }
    await assert.rejects(connection.request("$SYS.REQ.CLAIMS.UPDATE", "x"), { name: /./ });
  }));

test(
  "a revoked agent is cut off within 5 s each time, and comes back with nothing",
  () =>
    withIdentities(async ({ identities, agent: connected, connect: again }) => {
      const tookMs: number[] = [];
      for (let trial = 0; trial < trials; trial += 1) {
        const { connection, pair, user } = await connected(newId("agent"));
        const startedAt = performance.now();
        const cut = connection.closed().then(() => tookMs.push(performance.now() - startedAt));
        await identities.revoke(pair.getPublicKey());
        await cut;
        await assert.rejects(again(user, pair), errors.AuthorizationError);
      }
      const sorted = tookMs.toSorted((a, b) => a - b);
      assert.ok((sorted.at(-1) ?? 0) < 5_000, `the longest took ${sorted.at(-1)} ms`);
    }),
  { timeoutMs: 55_000 },
);

test("a JWT of another installation's accounts, or of a key that signs no users, opens nothing", () =>
  withIdentities(async ({ broker, connect: again, another }) => {
    const stranger = createUser();
    const theirs = (await makeBrokerKeys()).keys.accounts.field;
    const claims = { name: "x", key: stranger.getPublicKey(), allow: everything };
    const forged = await mintUser({ id: broker.keys.accounts.field.id, signing: theirs.signing }, claims);
    const crossed = await mintUser({ id: broker.keys.accounts.control.id, signing: broker.keys.accounts.field.signing }, claims);
    for (const jwt of [forged, crossed, await mintUser(theirs, claims)])
      await assert.rejects(again({ jwt, expiresAtMs: 0 }, stranger), errors.AuthorizationError);
    const user = await another("x").mintAgent(other, stranger.getPublicKey());
    await (await again(user, stranger)).flush();
  }));

test.run();
