import assert from "node:assert/strict";
import { Secret, systemClock } from "@longarm/shared";
import { createRestExecutor } from "@longarm/shared/rest";
import { suite } from "../../../../test/support/suite.ts";
import { configuredSinks, type SinkSettings } from "./configured-sinks.ts";
import { schemaNameOf } from "./schema-name.ts";

const test = suite("the sinks of a configuration");
const executor = createRestExecutor({ clock: systemClock });
const means = { executor, clock: systemClock };
const secret = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
const hook = (directory: string): SinkSettings => ({ kind: "webhook", directory, url: new Secret("https://hooks.example.com/in"), secret });

test("keep checkpoints of two receivers in no common place, since each is told what the other knows already", async () => {
  assert.throws(() => configuredSinks({ a: hook("/var/lib/hooks"), b: hook("/var/lib/hooks/") }, means), {
    code: "invalid_configuration",
    message: /"a" and "b".*\/var\/lib\/hooks/,
  });
  configuredSinks({ a: hook("/var/lib/a"), b: hook("/var/lib/b"), c: { kind: "ndjson", directory: "/var/lib/a" } }, means);
  await executor.close();
});

test("have a schema for every name of a sync, however long", () => {
  const [one, other] = ["x", "y"].map((end) => schemaNameOf("longarm_", `${"a".repeat(62)}${end}`));
  assert.match(one ?? "", /^longarm_a{46}_[0-9a-f]{8}$/);
  assert.notEqual(one, other);
  assert.equal(schemaNameOf("longarm_", "All-People"), "longarm_all_people");
});

test.run();
