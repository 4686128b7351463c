import assert from "node:assert/strict";
import { withCommand } from "../../../../test/support/command.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm triggers");

const greet = [
  "triggers",
  "set",
  "greet",
  "--on-event",
  "user.created",
  "--flow",
  "okta.flow.greet",
  "--input",
  '{"user":"event.subject"}',
];

test("defines a draft, tries it, enables it, and changes only what its options name", () =>
  withCommand(async ({ run }) => {
    await run(["connections", "set", "acme", "--base-url", "https://acme.okta.com"]);
    assert.match((await run(["triggers", "set", "greet"])).stderr, /--on-event TYPE/);
    const made = await run([...greet, "--connection", "acme", "--debounce", "30s"]);
    assert.equal(made.stdout, "greet created, draft\n", made.stderr);
    const tried = await run(["triggers", "test", "greet", "--event", '{"subject":"ada"}']);
    assert.match(tried.stdout, /is a draft: enabled, it would start okta\.flow\.greet on acme/, tried.stderr);
    assert.match(tried.stdout, /input +\{"user":"ada"\}/);
    assert.equal((await run(["triggers", "enable", "greet"])).stdout, "greet enabled\n");
    const changed = await run([
      "triggers",
      "set",
      "greet",
      "--filter",
      "event.data.isNew",
      "--debounce",
      "none",
      "--concurrency-key",
      "event.subject",
    ]);
    assert.equal(changed.stdout, "greet changed, enabled\n", changed.stderr);
    const { stdout } = await run(["triggers", "show", "greet"]);
    for (const shown of [
      /on +event user\.created/,
      /filter +event\.data\.isNew/,
      /debounce +none/,
      /1 for each event\.subject/,
      /revision 3/,
    ])
      assert.match(stdout, shown);
    assert.match((await run(["triggers", "ls"])).stdout, /greet +enabled +event user\.created +okta\.flow\.greet +acme +0/);
    const posted = await run(["events", "post", "--type", "other"]);
    assert.match(posted.stderr, /No trigger names events of the type "other"/);
    assert.equal((await run(["triggers", "disable", "greet"])).stdout, "greet disabled\n");
    assert.equal((await run(["triggers", "rm", "greet"])).code, 0);
    assert.match((await run(["triggers", "show", "greet"])).stderr, /there is none yet/);
  }));

test.run();
