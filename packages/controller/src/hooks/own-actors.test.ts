import { deepEqual, equal, rejects } from "node:assert/strict";
import { LongarmError, Secret } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { newHookState } from "../decide/hooks/state.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { connectionCodec, credentialCodec, webhookStateCodec } from "../ports/definition-codec.ts";
import { OwnActorBook } from "./own-actors.ts";

const test = suite("whom our own changes are by");

async function book(answers: (readonly string[] | LongarmError)[]) {
  const clock = new ManualClock();
  const connections = new MemoryDefinitionStore(connectionCodec);
  const credentials = new MemoryDefinitionStore(credentialCodec);
  const states = new MemoryDefinitionStore(webhookStateCodec);
  const placement = { on: "local", whenNone: "fail" } as const;
  const limits = { timeoutMs: 1_000, maxResponseBytes: 1_000 };
  await connections.put("acme", { name: "acme", baseUrl: "https://acme.okta.com", credential: "token", placement, ...limits });
  const setCredential = (token: string) => credentials.put("token", { name: "token", scheme: "ssws", token: new Secret(token) });
  await setCredential("one");
  await states.put("acme", newHookState("acme", clock.nowMs()));
  const asked: string[] = [];
  const lookUp = async ({ name }: { readonly name: string }): Promise<readonly string[]> => {
    asked.push(name);
    const answer = answers[asked.length - 1] ?? answers.at(-1) ?? [];
    if (answer instanceof LongarmError) throw answer;
    return answer;
  };
  const make = (): OwnActorBook => new OwnActorBook({ connections, credentials, states, lookUp, clock, logger: silentLogger });
  return { clock, asked, make, setCredential };
}

test("is asked once, and remembered beyond this controller", async () => {
  const { asked, make } = await book([["00uOwn"]]);
  const one = make();
  deepEqual(await Promise.all([one.of("acme"), one.of("acme")]), [new Set(["00uOwn"]), new Set(["00uOwn"])]);
  deepEqual(await make().of("acme"), new Set(["00uOwn"]));
  deepEqual(asked, ["acme"]);
});

test("is asked again after an hour, and what was known stands while the org cannot be asked", async () => {
  const { clock, asked, make } = await book([["00uOwn"], new LongarmError("target_unreachable")]);
  await make().of("acme");
  await clock.advance(3_600_001, 3_600_001);
  deepEqual(await make().of("acme"), new Set(["00uOwn"]));
  equal(asked.length, 2);
});

test("is asked again when the credential was set anew, and both are our own then", async () => {
  const { make, setCredential } = await book([["00uOwn"], ["00uNew"]]);
  await make().of("acme");
  await setCredential("two");
  deepEqual(await make().of("acme"), new Set(["00uNew", "00uOwn"]));
});

test("is not guessed when the org was never asked with success", async () => {
  const { make } = await book([new LongarmError("target_timeout")]);
  await rejects(() => make().of("acme"), { code: "target_timeout" });
});

test.run();
