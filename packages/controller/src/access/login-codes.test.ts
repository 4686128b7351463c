import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { apiKeyCodec, loginCodeCodec } from "../ports/definition-codec.ts";
import { HashedApiKeyStore } from "./hashed-api-key-store.ts";
import { LoginCodes } from "./login-codes.ts";

const test = suite("login codes");
const wish = { principal: "ada", scopes: ["runs:read"], connections: ["acme*"], createdBy: "ada" };
const minuteMs = 60_000;

function newDesk() {
  const clock = new ManualClock();
  const records = new MemoryDefinitionStore(loginCodeCodec);
  const keys = new HashedApiKeyStore({ records: new MemoryDefinitionStore(apiKeyCodec), clock });
  return { clock, records, keys, desk: new LoginCodes({ records, keys, clock }) };
}

test("are exchanged for a key of the same rights that lives for twelve hours", async () => {
  const { clock, keys, desk } = newDesk();
  const { code } = await desk.issue(wish);
  const { token, key } = await desk.redeem(code.reveal());
  deepEqual(
    { principal: key.principal, scopes: key.scopes, connections: key.connections },
    {
      principal: "ada",
      scopes: ["runs:read"],
      connections: ["acme*"],
    },
  );
  deepEqual([key.expiresAt, key.isSession], [clock.nowMs() + 12 * 60 * minuteMs, true]);
  equal((await keys.findByToken(token.reveal()))?.id, key.id);
});

test("give no key that outlives their maker's", async () => {
  const { clock, desk } = newDesk();
  const expiresAt = clock.nowMs() + minuteMs;
  const { code } = await desk.issue({ ...wish, expiresAt });
  const { key } = await desk.redeem(code.reveal());
  deepEqual([key.expiresAt, key.isSession], [expiresAt, undefined]);
});

test("are good once: of a hundred who come at once one gets in", async () => {
  const { keys, desk } = newDesk();
  const { code } = await desk.issue(wish);
  const tries = await Promise.allSettled(Array.from({ length: 100 }, () => desk.redeem(code.reveal())));
  equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
  equal((await keys.list()).length, 1);
  await rejects(desk.redeem(code.reveal()), { code: "unauthorized", message: /used before/ });
});

test("are worth nothing after a quarter of an hour, wrong or cut", async () => {
  const { clock, desk } = newDesk();
  const { code } = await desk.issue(wish);
  const text = code.reveal();
  const other = (await desk.issue(wish)).code.reveal();
  for (const wrong of ["", "llc_", text.slice(0, -1), `${text} `, `${text.slice(0, 21)}${other.slice(21)}`])
    await rejects(desk.redeem(wrong), { code: "unauthorized", message: /wrong/ });
  await clock.advance(15 * minuteMs);
  await rejects(desk.redeem(text), { code: "unauthorized", message: /time is over/ });
});

test("are stored as a hash, and forgotten once they are long past", async () => {
  const { clock, records, desk } = newDesk();
  const { code } = await desk.issue(wish);
  ok(!JSON.stringify(await records.list()).includes(code.reveal().slice(21)));
  await clock.advance(13 * 60 * minuteMs);
  await desk.issue(wish);
  equal((await records.list()).length, 1);
});

test.run();
