import assert from "node:assert/strict";
import { withOktaOrg } from "../support/okta-org.ts";
import { suite } from "../support/suite.ts";

const test = suite("what the Okta spoke tells of an org");

interface Told {
  readonly fields: readonly { readonly name: string; readonly mandatory: boolean; readonly unique: boolean }[] | null;
  readonly choices: readonly { readonly label: string; readonly value: string }[] | null;
}

test("tells the fields of users, by the default type and by its name", () =>
  withOktaOrg({}, async (org) => {
    const told = (await org.run("okta.metadata.userFields", {})) as unknown as Told;
    const mandatory = told.fields?.filter((field) => field.mandatory).map(({ name }) => name);
    assert.deepEqual(mandatory, ["login", "email", "firstName", "lastName"]);
    assert.deepEqual(
      told.fields?.filter((field) => field.unique).map(({ name }) => name),
      ["login"],
    );
    assert.deepEqual(await org.run("okta.metadata.userFields", { userType: "user" }), told);
    await assert.rejects(org.run("okta.metadata.userFields", { userType: "contractor" }), { code: "invalid_request", message: /has user/ });
  }));

test("tells the groups as choices, and their fields", () =>
  withOktaOrg({}, async (org) => {
    const { choices } = (await org.run("okta.metadata.groups", {})) as unknown as Told;
    const labels = choices?.map(({ label }) => label) ?? [];
    assert.ok(labels.includes("Engineering") && labels.includes("Everyone (BUILT_IN)") && labels.includes("Engineering (APP_GROUP)"));
    const found = (await org.run("okta.metadata.groups", { q: "Eng" })) as unknown as Told;
    assert.deepEqual(
      found.choices,
      choices?.filter(({ label }) => label.startsWith("Eng")),
    );
    const { fields } = (await org.run("okta.metadata.groups", { fields: true })) as unknown as Told;
    assert.deepEqual(
      fields?.map(({ name }) => name),
      ["name", "description"],
    );
  }));

test("tells the event hooks as choices", () =>
  withOktaOrg({}, async (org) => {
    const wish = { name: "Applications", events: ["application.lifecycle.activate"], uri: "https://hooks.example.com", authValue: "s" };
    const { id } = await org.run("okta.eventHook.create", { ...wish, verify: false });
    const choices = [{ label: "Applications", value: id }];
    assert.deepEqual(await org.run("okta.metadata.eventHooks", {}), { choices, truncated: false });
  }));

test.run();
