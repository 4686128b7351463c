import assert from "node:assert/strict";
import { loadConfiguration } from "@longarm/shared/config";
import { Type } from "typebox";
import { suite } from "../../../test/support/suite.ts";
import { sinksSchema } from "./sinks-schema.ts";

const test = suite("the configuration of sinks");

test("is shown without a password, a webhook's secret, or the address that may be one", () => {
  const sinks = {
    warehouse: { kind: "postgres", host: "db.internal", database: "identity", user: "longarm", password: "canary-1" },
    hooks: {
      kind: "webhook",
      directory: "/var/lib/hooks",
      url: "https://hooks.example.com/canary-2?key=canary-3",
      secret: "whsec_canary4",
    },
  };
  const text = JSON.stringify({ sinks });
  const { value, printable } = loadConfiguration({
    schema: Type.Object({ sinks: sinksSchema }),
    text,
    environment: {},
    prefix: "LONGARM",
  });
  assert.doesNotMatch(JSON.stringify([value, printable]), /canary/);
  const { hooks } = value.sinks;
  assert.equal(hooks?.kind === "webhook" && hooks.url.reveal(), sinks.hooks.url);
});

test.run();
