import assert from "node:assert/strict";
import { okta } from "@longarm/okta";
import { createCatalogue } from "@longarm/spoke";
import { exampleCommand } from "../../packages/cli/src/commands/actions.ts";
import { inProcess } from "../support/command.ts";
import { inOrder, prepareExample } from "../support/examples.ts";
import { connect, withJourney } from "../support/journey.ts";
import { suite } from "../support/suite.ts";

const test = suite("the examples of the catalogue");
const catalogue = createCatalogue([okta]);
/** The words of a printed command as a shell would read them. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) => quoted?.replaceAll("'\\''", "'") ?? plain ?? "");
}

for (const [where, on] of [
  ["here", "local"],
  ["through an agent", "labels.site == 'hq'"],
] as const) {
  test(
    `run as they are printed, ${where}`,
    async () => {
      await withJourney(async (journey) => {
        const [controller, org] = await Promise.all([journey.controller(), journey.sandbox({ users: 100, statuses: "mixed" })]);
        await connect(controller.api, org);
        if (on !== "local") await journey.agent(controller, { name: "hq-1", labels: { site: "hq" } });
        const env = { LONGARM_URL: controller.url, LONGARM_TOKEN: controller.token };
        for (const definition of inOrder(catalogue.list())) {
          for (const { input } of definition.examples) {
            await prepareExample(org, definition);
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
