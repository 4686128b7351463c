import assert from "node:assert/strict";
import { jetstreamManager } from "@nats-io/jetstream";
import { LongarmError } from "@longarm/shared";
import { withBroker } from "../../../../test/support/broker.ts";
import { suite } from "../../../../test/support/suite.ts";
import { until } from "../../../../test/support/until.ts";

const test = suite("what is asked of a broker that is away");

test("fails at once after a moment, and is answered again when the broker is back", () =>
  withBroker(async (broker) => {
    const { control } = await broker.connections();
    const jsm = await jetstreamManager(control);
    await broker.stop();
    const asked = async (): Promise<string> => {
      const sinceMs = performance.now();
      const told = await jsm.getAccountInfo().then(
        () => "answered",
        (reason: unknown) => LongarmError.from(reason).code,
      );
      return performance.now() - sinceMs < 200 ? `${told} at once` : told;
    };
    await until("it fails at once", async () => (await asked()) === "broker_unavailable at once");
    await broker.restart();
    await until("it is answered", async () => (await asked()).startsWith("answered"));
  }));

test("fails where it goes before it has answered", () =>
  withBroker(async (broker) => {
    const { control } = await broker.connections();
    control.subscribe("nobody.answers");
    const asked = control.request("nobody.answers", "", { timeout: 60_000 });
    await control.reconnect();
    await assert.rejects(asked, { code: "broker_unavailable", retryable: true });
  }));

test("is answered without anybody's noticing where the broker is started again at once", () =>
  withBroker(async (broker) => {
    const { control } = await broker.connections();
    const jsm = await jetstreamManager(control);
    const answered = (async () => {
      for await (const { type } of control.status()) if (type === "disconnect") return jsm.getAccountInfo();
      return undefined;
    })();
    await control.reconnect();
    assert.ok(await answered);
  }));

test.run();
