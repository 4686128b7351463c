import assert from "node:assert/strict";
import { type SandboxOrg, type SandboxReply, withSandbox } from "../../../../test/support/sandbox.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("schemas and user types of the simulated org");

interface Linked {
  readonly id: string;
  readonly _links: Readonly<Record<string, { readonly href: string }>>;
}

interface Part {
  readonly properties: Readonly<Record<string, { readonly title: string; readonly maxLength?: number }>>;
  readonly required: readonly string[];
}

async function definitions(org: SandboxOrg, path: string) {
  return ((await org.call("GET", path)).body as { definitions: { base: Part; custom: Part } }).definitions;
}

function refusalOf({ body }: SandboxReply): string {
  return (body as { errorSummary: string }).errorSummary;
}

test("the user schema names every attribute that a user can have, and those that it must have", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const { base, custom } = await definitions(org, "/api/v1/meta/schemas/user/default");
    const { profile } = (await org.call("GET", "/api/v1/users/user000000")).body as { profile: object };
    assert.deepEqual(
      Object.keys(profile).filter((name) => !(name in base.properties)),
      [],
    );
    assert.deepEqual(base.required, ["login", "email", "firstName", "lastName"]);
    assert.deepEqual([base.properties["login"]?.title, base.properties["mobilePhone"]?.title], ["Username", "Mobile phone"]);
    assert.deepEqual(custom.properties, {});
  });
});

test("the group schema has name and description", async () => {
  await withSandbox({}, async (org) => {
    const { base } = await definitions(org, "/api/v1/meta/schemas/group/default");
    assert.deepEqual(Object.keys(base.properties), ["name", "description"]);
    assert.deepEqual([base.required, base.properties["name"]?.maxLength], [["name"], 255]);
  });
});

test("the links of a user lead to its type, and those of the type to its schema", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const follow = async (from: Linked, link: string) => (await org.call("GET", from._links[link]?.href as string)).body as Linked;
    const user = (await org.call("GET", "/api/v1/users/user000000")).body as Linked;
    const type = await follow(user, "type");
    assert.deepEqual((await org.call("GET", "/api/v1/meta/types/user")).body, [type]);
    assert.deepEqual((await org.call("GET", "/api/v1/meta/types/user/default")).body, type);
    const schema = await follow(type, "schema");
    assert.deepEqual(schema, await follow(user, "schema"));
    assert.deepEqual(schema, (await org.call("GET", "/api/v1/meta/schemas/user/default")).body);
    assert.deepEqual(await follow(schema, "self"), schema);
  });
});

test("an unknown schema or type is a 404 that names it", async () => {
  await withSandbox({}, async (org) => {
    assert.match(refusalOf(await org.call("GET", "/api/v1/meta/schemas/user/oscabsent")), /oscabsent/);
    assert.match(refusalOf(await org.call("GET", "/api/v1/meta/types/user/otyabsent")), /otyabsent/);
  });
});

test.run();
