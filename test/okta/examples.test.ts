import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { createCatalogue, type AnyDefinition } from "@longarm/spoke";
import { exampleCommand } from "../../packages/cli/src/commands/actions.ts";
import { inProcess } from "../support/command.ts";
import { connect, withJourney } from "../support/journey.ts";
import type { SandboxOrg } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("the examples of the catalogue");
const catalogue = createCatalogue([okta]);
const user = "user000042@example.com";

/** What state the example's user must be in; the others take an active one. */
const states: Readonly<Record<string, string>> = {
  "okta.user.activate": "STAGED",
  "okta.user.reactivate": "PROVISIONED",
  "okta.user.unsuspend": "SUSPENDED",
  "okta.user.unlock": "LOCKED_OUT",
};

/** Asks an endpoint on the internet, which a test has not. */
const unreachable = "okta.eventHook.verify";

/** First what makes what others take, last what takes it away. */
const first = "okta.eventHook.create";
const last = ["okta.eventHook.update", "okta.eventHook.deactivate", "okta.eventHook.activate", "okta.user.delete"];

function place({ name }: AnyDefinition): number {
  return name === first ? -1 : 1 + last.indexOf(name);
}

/** The words of a printed command as a shell would read them. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) => quoted?.replaceAll("'\\''", "'") ?? plain ?? "");
}

async function prepare(org: SandboxOrg, { name }: AnyDefinition): Promise<void> {
  if (name.startsWith("okta.eventHook.")) return;
  await org.call("POST", `/sandbox/users/${user}/status`, { status: states[name] ?? "ACTIVE" });
  if (name === "okta.log.stream")
    await org.call("POST", "/api/v1/users", {
      profile: { firstName: "A", lastName: "B", email: "logged@example.com", login: "logged@example.com" },
    });
}

for (const [where, on] of [
  ["here", "local"],
  ["through an agent", "labels.site == 'hq'"],
] as const) {
  test(
    `run as they are printed, ${where}`,
    async () => {
      await withJourney(async (journey) => {
        const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 100 })]);
        await connect(controller.api, org);
        if (on !== "local") await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
        const env = { LONGARM_URL: controller.url, LONGARM_TOKEN: controller.token };
        const definitions = catalogue.list().filter(({ name }) => name !== unreachable);
        for (const definition of definitions.toSorted((a, b) => place(a) - place(b))) {
          for (const { input } of definition.examples) {
            await prepare(org, definition);
            const command = exampleCommand(definition.name, input);
            const [program, ...words] = wordsOf(command);
            assert.equal(program, "longarm");
            const { code, stderr } = await inProcess([...words, "--on", on], { env });
            assert.equal(code, 0, `${command}\n${stderr}`);
          }
        }
        const { runs } = await controller.api.get<{ runs: readonly { agents: readonly string[] }[] }>("/v1/runs?limit=100");
        assert.ok(runs.every(({ agents }) => agents.length === (on === "local" ? 0 : 1)));
      });
    },
    { timeoutMs: 90_000 },
  );
}

test.run();
