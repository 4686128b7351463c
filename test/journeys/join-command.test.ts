import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { bareEnvironment, commandLine } from "../support/command.ts";
import { withJourney } from "../support/journey.ts";
import { withProcess } from "../support/processes.ts";
import { suite } from "../support/suite.ts";

const test = suite("the command that joins");

/** The arguments of each process of a group, as a list of processes would show them. */
function argumentsIn(group: number): readonly string[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.flatMap((pid) => {
    try {
      // Behind the name in parentheses: state, parent, group.
      const [, , own] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      return Number(own) === group ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

test(
  "lets the agent in as it was printed, and no list of processes shows its token",
  () =>
    withJourney(async (journey) => {
      const controller = await journey.controller();
      const { stdout } = await controller.longarm("agents", "token", "--label", "site=hq");
      const [printed = ""] = /^ {2}echo .*$/m.exec(stdout) ?? [];
      const token = /ljt1_\S+/.exec(printed)?.[0] ?? assert.fail(stdout);
      const { command, args } = commandLine([]);
      const script = printed.replace("| longarm", `| ${command} ${args.join(" ")}`);
      const options = { command: "/bin/sh", input: script, cwd: journey.directory, env: bareEnvironment };
      await withProcess({ ...options, readyLine: /^Agent \S+ \(agt_\w+\) is up$/ }, async (shell) => {
        const shown = argumentsIn(shell.pid).join("\n");
        assert.match(shown, /agent --join - --pin sha256:/);
        assert.ok(!shown.includes(token), shown);
        const { agents } = await controller.api.get<{ agents: readonly { labels: object; state: string }[] }>("/v1/agents");
        assert.deepEqual(
          agents.map(({ labels, state }) => [labels, state]),
          [[{ site: "hq" }, "up"]],
        );
        assert.ok(!shell.output().includes(token));
      });
    }),
  { timeoutMs: 40_000 },
);

test.run();
