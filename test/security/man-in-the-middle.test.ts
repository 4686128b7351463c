import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { collectBody } from "@longarm/shared/rest";
import { connect, jwtAuthenticator } from "@nats-io/transport-node";
import { mintForThisProcess } from "../../packages/controller/src/nats/identities/index.ts";
import { executorOf, type Field, never, requestTo, withField, withTarget } from "../support/field.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";
import { mutations, numbersFrom } from "./hostile-broker.fixture.ts";

const test = suite("an enemy on a real broker");
const calls = 150;

/** Whoever owns the broker: hears all of the account FIELD, and sends it on changed, again, and elsewhere. */
async function withEnemy(field: Field, body: (heard: () => number, texts: string[]) => Promise<void>): Promise<void> {
  const allowed = { publish: [">"], subscribe: [">"] };
  const { jwt, seed } = await mintForThisProcess(field.broker.keys.accounts.field, "enemy", allowed);
  const authenticator = jwtAuthenticator(jwt, new TextEncoder().encode(seed.reveal()));
  const enemy = await connect({ servers: field.broker.url, authenticator });
  const below = numbersFrom(5);
  const kinds = Object.values(mutations);
  const own = new Set<string>();
  const texts: string[] = [];
  let last: Uint8Array = new Uint8Array(200);
  let heard = 0;
  const send = (subject: string, payload: Uint8Array): void => {
    own.add(`${subject} ${Buffer.from(payload).toString("latin1")}`);
    enemy.publish(subject, payload);
  };
  enemy.subscribe(">", {
    callback: (_, { subject, data }) => {
      if (!/^(agent|ctl|beat)\./.test(subject) || own.delete(`${subject} ${Buffer.from(data).toString("latin1")}`)) return;
      heard += 1;
      texts.push(Buffer.from(data).toString("latin1"));
      send(subject, data);
      for (const change of kinds) send(subject, change(data, last, below));
      send(subject.replace(/agt_[^.]+/, newId("agent")), data);
      last = data;
    },
  });
  await enemy.flush();
  try {
    await body(() => heard, texts);
  } finally {
    await enemy.close();
  }
}

test(
  "each call reaches the target once and is answered rightly, and nothing of it is to be read on the broker",
  () =>
    withTarget(
      (request, response) => {
        counts.set(request.url ?? "", (counts.get(request.url ?? "") ?? 0) + 1);
        response.end(`answer to ${request.url}`);
      },
      (baseUrl) =>
        withField(async (field) => {
          const { id } = await field.agent();
          await withEnemy(field, async (heard, texts) => {
            const executor = executorOf(field.directory, id);
            for (let n = 0; n < calls; n += 1) {
              const what = n % 2 === 0 ? {} : ({ effect: "create", method: "POST", body: Buffer.from(`canary-body-${n}`) } as const);
              const answer = await executor.send(requestTo(baseUrl, { path: `/canary-path/${n}`, ...what }), never);
              assert(answer.kind === "response", JSON.stringify(answer));
              assert.equal(Buffer.from(await collectBody(answer, 1_000)).toString(), `answer to /canary-path/${n}`);
            }
            await until("the last of them has passed", () => heard() >= 2 * calls);
            for (const text of texts) assert.doesNotMatch(text, /canary|answer to/);
          });
          assert.equal(counts.size, calls);
          assert([...counts.values()].every((count) => count === 1));
        }),
    ),
  { timeoutMs: 30_000 },
);

const counts = new Map<string, number>();

test.run();
