import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { field as subjects } from "@longarm/shared";
import { encodeRenewal } from "@longarm/shared/wire";
import { executorOf, never, requestTo, withField, withTarget } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("rights that somebody else than the installation renews");

/** The JWT that the membership holds, as one that ends later: its claims are public, and the agent cannot check who signed it. */
function lengthened(membership: string): string {
  const { rights } = JSON.parse(membership) as { readonly rights: { readonly jwt: string } };
  const [head, body = "", signature] = rights.jwt.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as { readonly exp: number };
  return [head, Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 60 })).toString("base64url"), signature].join(".");
}

test("an agent keeps its own rights when others are pushed to it unsigned, and takes the installation's", () =>
  withTarget(
    (_, response) => response.end("{}"),
    (baseUrl) =>
      withField(async ({ agent, configuration, directory, broker }) => {
        const own = await configuration({ name: "hq-1" });
        const { id } = await agent(own);
        const membership = () => readFile(join(own.dataDirectory, "membership.json"), "utf8");
        const before = await membership();
        const later = lengthened(before);
        const { field: enemy } = await broker.connections("enemy");
        enemy.publish(subjects.jwt(id), encodeRenewal({ jwt: later, returnJwt: later }));
        await enemy.flush();
        // What follows on the same way is read after it.
        assert.equal((await executorOf(directory, id).send(requestTo(baseUrl), never)).kind, "response");
        assert.equal(await membership(), before);
        directory.say(subjects.jwt(id), encodeRenewal({ jwt: later, returnJwt: "back" }));
        assert.equal((await executorOf(directory, id).send(requestTo(baseUrl), never)).kind, "response");
        assert.notEqual(await membership(), before);
      }),
  ));

test.run();
