import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type Journey, withJourney } from "../support/journey.ts";
import { finished, requestsOf, type RunShown, someone, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("flows of one's own");

function file(name: string, body: string): string {
  return `import { flow } from "@longarm/spoke";
import Type from "typebox";
export const made = flow({
  name: "${name}", title: "Test", summary: "A test.", version: 1,
  input: Type.Object({ user: Type.Optional(Type.String()) }, { additionalProperties: false }), output: Type.Unknown(),
  async run(ctx, input): Promise<unknown> { ${body} },
});
`;
}

const files = {
  "read.ts": file("acme.user.read", `return (await ctx.run("okta.user.get", { user: input.user })).id;`),
  "block.ts": file("acme.user.block", `await ctx.sleep(1); for (;;) {}`),
  "exit.mjs": file("acme.user.exit", `await ctx.sleep(1); process.exit(7);`).replace(": Promise<unknown>", ""),
  "steps.ts": file(
    "acme.user.steps",
    `const chances: number[] = [];
     for (let n = 0; n < 3; n += 1) { await ctx.run("okta.user.get", { user: "${someone}" }); chances.push(ctx.random()); await ctx.sleep("1s"); }
     await ctx.run("okta.group.upsert", { name: "x" }).catch(() => undefined);
     return chances.length;`,
  ),
};

function folder(journey: Journey): string {
  const directory = join(journey.directory, "flows");
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const named = (action: string, input: object = {}): object => ({ action, connection: "sandbox", input });

test(
  "run beside each other; one that blocks or ends their thread fails by its name, and the others finish with each step once",
  () =>
    withJourney(async (journey) => {
      const flows = { directory: folder(journey), blockedAfterMs: 1_000 };
      const [controller, org] = await Promise.all([journey.controllerProcess({ more: { flows } }), journey.sandbox()]);
      const { api } = controller;
      await connect(api, org);
      const read = await submit(api, named("acme.user.read", { user: someone }));
      assert.match(String(read.output), /^00u/, JSON.stringify(read.error));
      const before = await requestsOf(org, "GET /api/v1/users/{id}");

      const steps = await submit(api, named("acme.user.steps"), { wait: 0 });
      const blocked = await submit(api, named("acme.user.block"));
      assert.equal(blocked.error?.code, "flow_blocked");
      assert.match(
        blocked.error.message,
        new RegExp(`acme\\.user\\.block \\(version 1\\), ${blocked.id}, did not let go of the thread for 1 s`),
      );
      const exited = await submit(api, named("acme.user.exit"));
      assert.equal(exited.error?.code, "flow_failed");
      assert.match(exited.error.message, /acme\.user\.exit .* ended the thread \(exit code 7\)/);

      const end = await finished(api, steps.id);
      assert.deepEqual([end.status, end.output], ["succeeded", 3]);
      assert.equal((await requestsOf(org, "GET /api/v1/users/{id}")) - before, 3);
      assert.equal((await controller.longarm("flows", "show", "acme.user.read")).code, 0);
    }),
  { timeoutMs: 40_000 },
);

test(
  "go on after a kill of their controller where they were",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const more = { flows: { directory: folder(journey) } };
      const before = await journey.controllerProcess({ broker, more });
      await connect(before.api, org);
      const { id } = await submit(before.api, named("acme.user.steps"), { wait: 0 });
      await until("its second step was made", async () => (await requestsOf(org, "GET /api/v1/users/{id}")) >= 2);
      before.process.kill("SIGKILL");
      await before.process.exited;
      const { api } = await journey.controllerProcess({ broker, more });
      const run: RunShown = await finished(api, id, 20);
      assert.deepEqual([run.status, run.output], ["succeeded", 3]);
      const { entries } = await api.get<{ entries: readonly { readonly kind: string; readonly facts: { readonly name?: string } }[] }>(
        `/v1/runs/${id}/log`,
      );
      const begun = entries.flatMap(({ kind, facts }) => (kind === "stepBegun" && facts.name !== "" ? [facts.name] : []));
      assert.deepEqual(begun, ["okta.user.get", "okta.user.get", "okta.user.get", "okta.group.upsert"]);
    }),
  { timeoutMs: 40_000 },
);

test("refuse the start with every fault of their files", () =>
  withJourney(async (journey) => {
    const directory = folder(journey);
    writeFileSync(join(directory, "spoke.ts"), file("okta.user.mine", "return null;"));
    writeFileSync(join(directory, "syntax.ts"), "export const = 1;");
    const failed = await journey.controllerProcess({ more: { flows: { directory } } }).then(
      () => assert.fail("it started"),
      (reason: unknown) => String(reason),
    );
    assert.match(failed, /invalid_configuration/);
    assert.match(failed, /spoke\.ts: okta\.user\.mine: names that begin with \\?"okta\.\\?" belong to the spoke/);
    assert.match(failed, /syntax\.ts: SyntaxError/);
  }));

test.run();
