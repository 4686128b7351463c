import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { collectBody, type RestExecutor } from "@longarm/shared/rest";
import { createCatalogue } from "@longarm/spoke";
import { inOrder, prepareExample } from "../support/examples.ts";
import { withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("nulls where Okta's documents promise values");

/** What a change goes by: no org sends null for it. */
const states = ["status", "events", "items", "channel", "config", "uri", "tempPassword", "activationToken"] as const;
/** What makes an object the same object, or is how one gets at what is in it. */
const kept: ReadonlySet<string> = new Set(["id", "uuid", "profile", "login", "name", "appInstanceId", "type", "definitions", ...states]);

/** A copy in which every member is null but those that must be there. */
function nulled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nulled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, kept.has(name) ? nulled(member) : null]));
}

function spoil(body: Uint8Array): Uint8Array {
  return body.byteLength === 0 ? body : Buffer.from(JSON.stringify(nulled(JSON.parse(Buffer.from(body).toString()))));
}

/** Puts nulls into every answer that succeeds. */
function nulling(executor: RestExecutor): RestExecutor {
  return {
    async send(request, signal) {
      const answer = await executor.send(request, signal);
      if (answer.kind === "failure" || answer.status > 299) return answer;
      const body = spoil(await collectBody(answer, 10_000_000));
      return {
        ...answer,
        body: (async function* () {
          yield body;
        })(),
      };
    },
    async *pages(request, signal) {
      for await (const page of executor.pages(request, signal)) yield page.kind === "page" ? { ...page, body: spoil(page.body) } : page;
    },
  };
}

test("are survived by every action and every stream, and their outputs keep to their schemas", () =>
  withOktaOrg({ users: 100, statuses: "mixed", indexLagMs: 0, through: nulling }, async (org) => {
    const definitions = inOrder(createCatalogue([okta]).list());
    assert.equal(definitions.length, 51);
    for (const definition of definitions) {
      for (const { input } of definition.examples) {
        await prepareExample(org.sandbox, definition);
        const run = definition.kind === "stream" ? org.items : org.run;
        await run(definition.name, input).catch((error: Error) =>
          assert.fail(`${definition.name} ${JSON.stringify(input)}: ${error.message}`),
        );
      }
    }
  }));

test.run();
