import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { joinTokenCodec } from "../ports/definition-codec.ts";
import type { JoinTokenRequest } from "../ports/join-desk.ts";
import { type Bearer, JoinTokens } from "./join-tokens.ts";

const test = suite("join tokens");

const once: JoinTokenRequest = { kind: "once", labels: { site: "hq" }, sources: [], ttlMs: 60_000, createdBy: "administrator" };

function open() {
  const clock = new ManualClock();
  const store = new MemoryDefinitionStore(joinTokenCodec);
  return { clock, store, tokens: new JoinTokens({ store, clock }) };
}

function bearer(fingerprint: string): Bearer {
  return { agent: newId("agent"), fingerprint };
}

test("let one of a hundred agents in that show the same one at once, by several controllers", async () => {
  const { clock, store, tokens } = open();
  const { token, secret } = await tokens.issue(once);
  const byController = (): JoinTokens => new JoinTokens({ store, clock });
  const shown = await Promise.all(
    Array.from({ length: 100 }, (_, index) => byController().redeem(token.id, secret.reveal(), bearer(`sha256:${index}`))),
  );
  const admitted = shown.filter((redemption) => redemption.kind === "admitted");
  assert.equal(admitted.length, 1);
  assert.equal(shown.filter((redemption) => redemption.kind === "refused").length, 99);
});

test("let the agent in again that came in with it, since the answer may have been lost", async () => {
  const { clock, tokens } = open();
  const { token, secret } = await tokens.issue(once);
  const first = bearer("sha256:a");
  await tokens.redeem(token.id, secret.reveal(), first);
  await clock.advance(3_600_000);
  assert.equal((await tokens.redeem(token.id, secret.reveal(), first)).kind, "admitted");
  assert.equal((await tokens.redeem(token.id, secret.reveal(), { ...first, fingerprint: "sha256:b" })).kind, "refused");
});

test("are refused when they have expired, were taken back, or bear another secret", async () => {
  const { clock, tokens } = open();
  const [late, gone, wrong] = [await tokens.issue(once), await tokens.issue(once), await tokens.issue(once)];
  assert.equal(await tokens.remove(gone.token.id), true);
  const refusal = async (id: string, secret: string): Promise<string> => {
    const redemption = await tokens.redeem(id, secret, bearer("sha256:a"));
    return redemption.kind === "refused" ? redemption.sentence : redemption.kind;
  };
  assert.match(await refusal(gone.token.id, gone.secret.reveal()), /taken back/);
  assert.match(await refusal(wrong.token.id, late.secret.reveal()), /not this installation's/);
  assert.match(await refusal("jt_0000000000000000", late.secret.reveal()), /not this installation's/);
  await clock.advance(60_000);
  assert.match(await refusal(late.token.id, late.secret.reveal()), /expired/);
});

test("that may only ask let nobody in, however often they are shown", async () => {
  const { tokens } = open();
  const { token, secret } = await tokens.issue({ ...once, kind: "ask", ttlMs: 30 * 24 * 3_600_000 });
  for (const fingerprint of ["sha256:a", "sha256:b"]) {
    assert.equal((await tokens.redeem(token.id, secret.reveal(), bearer(fingerprint))).kind, "asking");
  }
});

test("are stored without their secret and live no longer than they may", async () => {
  const { store, tokens } = open();
  const { secret } = await tokens.issue(once);
  assert.ok(!JSON.stringify(await store.list()).includes(secret.reveal()));
  await assert.rejects(tokens.issue({ ...once, ttlMs: 15 * 60_000 + 1 }), { code: "invalid_request", message: /at most 15 minutes/ });
  await assert.rejects(tokens.issue({ ...once, ttlMs: 0 }), { code: "invalid_request" });
});

test("are forgotten a day after they expired", async () => {
  const { clock, tokens } = open();
  await tokens.issue(once);
  await clock.advance(24 * 3_600_000 + 60_001);
  const { token } = await tokens.issue(once);
  assert.deepEqual(
    (await tokens.list()).map(({ id }) => id),
    [token.id],
  );
});

test.run();
