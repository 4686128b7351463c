import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { ActionResponse } from "@longarm/spoke";
import { createCatalogue } from "@longarm/spoke";
import { suite } from "../../../../test/support/suite.ts";
import { okta } from "../index.ts";
import { inbound } from "./inbound.ts";

const test = suite("what an org sends by itself");

const uri = "https://longarm.example.com/hooks/okta/acme";

function hook(change: object): object {
  return { status: "ACTIVE", uri, events: ["user.lifecycle.create"], filter: [], created: "2026-05-04T10:00:00.000Z", ...change };
}

function subscribed(...hooks: object[]): { readonly types: readonly string[]; readonly sinceMs: number } {
  const { types, sinceMs } = inbound.subscriptions.read({ hooks }, (to) => to === uri);
  return { types: [...types].toSorted(), sinceMs };
}

function actorsBy(answer: Partial<ActionResponse>, clientId: string | null = null): Promise<readonly string[]> {
  return inbound.ownActors({ get: async () => ({ status: 200, headers: {}, body: null, ...answer }) }, clientId);
}

test("is what active hooks to our address name, from when the first of them was made", () => {
  const later = hook({ events: ["group.lifecycle.create"], created: "2026-05-05T10:00:00.000Z" });
  const inactive = hook({ status: "INACTIVE", events: ["user.lifecycle.delete"] });
  const elsewhere = hook({ uri: "https://example.com/", events: ["user.lifecycle.delete"] });
  deepEqual(subscribed(hook({ verificationStatus: "UNVERIFIED" }), later, inactive, elsewhere), {
    types: ["group.lifecycle.create", "user.lifecycle.create"],
    sinceMs: Date.UTC(2026, 4, 4, 10),
  });
  deepEqual(subscribed(), { types: [], sinceMs: Number.POSITIVE_INFINITY });
});

test("is not looked for where only the org can tell what its condition lets through", () =>
  deepEqual(subscribed(hook({ events: ["a.b", "c.d"], filter: [{ event: "c.d", expression: "true" }] })).types, ["a.b"]));

test("is asked of the log in the words of its stream, without a filter that would be too long", () => {
  const catalogue = createCatalogue([okta]);
  const stream = catalogue.get(inbound.records.action);
  ok(stream?.kind === "stream");
  const between = { sinceMs: 0, untilMs: 60_000 };
  const few = inbound.records.input({ ...between, types: new Set(["b.c", "a.b"]) }) as { filter?: string };
  equal(few.filter, 'eventType eq "a.b" or eventType eq "b.c"');
  const many = inbound.records.input({ ...between, types: new Set(Array.from({ length: 200 }, (_, at) => `some.event.type.${at}`)) });
  deepEqual(many, { since: "1970-01-01T00:00:00.000Z", until: "1970-01-01T00:01:00.000Z" });
  for (const input of [few, many]) catalogue.checkInput(stream, input);
});

test("is by ourselves where the token's user or the service app did it", async () => {
  deepEqual(await actorsBy({}, "0oaApp"), ["0oaApp"]);
  deepEqual(await actorsBy({ body: { id: "00uOwn" } }), ["00uOwn"]);
  deepEqual(await actorsBy({ status: 401 }), []);
  await rejects(() => actorsBy({ status: 503, body: {} }));
});

test.run();
