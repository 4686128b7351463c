import assert from "node:assert/strict";
import { newId } from "@longarm/shared";
import { decodeClockAsked, encodeClockTold } from "@longarm/shared/wire";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import type { FieldLink } from "../link.ts";
import { ClockReader } from "./clock-reader.ts";
import { Controllers } from "./controllers.ts";

const test = suite("reading the controllers' clocks");
const controllerId = newId("controller");

/** A reader, the nonces that it asked with, and a controller that answers when told to. */
function open(firstTripMs: number) {
  const clock = new ManualClock();
  const controllers = new Controllers(clock);
  const nonces: string[] = [];
  const link = { publish: (_: string, payload: Uint8Array) => nonces.push(decodeClockAsked(payload).nonce) } as unknown as FieldLink;
  const reader = new ClockReader({ link, id: newId("agent"), controllers, clock });
  const granted = (): void =>
    controllers.granted(
      controllerId,
      { labels: {}, desired: "up" },
      { nowMs: clock.nowMs(), askedAtMs: clock.monotonicMs() - firstTripMs },
    );
  const answer = (nonce = nonces.at(-1) ?? ""): void => reader.takeTold(encodeClockTold({ controllerId, nonce, nowMs: clock.nowMs() }));
  granted();
  /** How many questions there are within that many seconds, answered or not. */
  const asked = async (seconds: number, isAnswered = true): Promise<number> => {
    const before = nonces.length;
    for (let second = 0; second < seconds; second += 1) {
      const count = nonces.length;
      reader.readDue();
      if (isAnswered && nonces.length > count) answer();
      await clock.advance(1_000, 1_000);
    }
    return nonces.length - before;
  };
  return { clock, controllers, reader, asked, answer, nonces };
}

test("asks every half minute while it is certain", async () => {
  const { asked } = open(10);
  assert.equal(await asked(60), 2);
});

test("becomes certain by asking when the first exchange was slow", async () => {
  const { asked, controllers } = open(10_000);
  assert.ok(controllers.uncertaintyOf(controllerId) > 2_000);
  await asked(2);
  assert.ok(controllers.uncertaintyOf(controllerId) < 10);
});

test("asks less and less often one that does not answer", async () => {
  const { asked } = open(10_000);
  const count = await asked(120, false);
  assert.ok(count >= 5 && count <= 10, `${count} questions`);
});

test("takes no answer that it did not ask for", async () => {
  const { controllers, answer, asked, nonces } = open(10_000);
  answer("made up");
  await asked(1);
  answer(nonces[0]);
  const certain = controllers.uncertaintyOf(controllerId);
  answer(nonces[0]);
  assert.equal(controllers.uncertaintyOf(controllerId), certain);
});

test("a clock that is mistrusted is read at the next round, once", async () => {
  const { reader, asked } = open(10);
  await asked(3);
  reader.mistrust(controllerId);
  assert.equal(await asked(3), 1);
});

test.run();
