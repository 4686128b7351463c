import { type Command, Help } from "commander";
import type { IssuedJoinToken, JoinToken } from "../api/types.ts";
import { does, gathered, type Invocation } from "../command.ts";
import { readLabels } from "../input/labels.ts";
import { shownLabels } from "../print/labels.ts";
import { shownTime } from "../print/times.ts";
import type { Shell } from "../shell.ts";

interface MakeOptions {
  readonly label?: readonly string[];
  readonly ttl?: string;
  readonly from?: readonly string[];
  readonly ask?: boolean;
}

async function make({ shell, options, api }: Invocation<MakeOptions>): Promise<void> {
  const { label = [], ttl, from, ask } = options;
  const body = { kind: ask ? "ask" : "once", labels: readLabels(label), ...(ttl !== undefined && { ttl }), ...(from && { sources: from }) };
  const issued = await api.post<IssuedJoinToken>("/v1/join-tokens", { body });
  if (options.json) return shell.json(issued);
  const use = ask ? "by agents that an administrator then approves" : "once, by one agent";
  await shell.write(
    [
      `Join token ${issued.id}, to be used ${use}, until ${shownTime(issued.expiresAt)}. It is shown this once.`,
      "",
      "On the agent's host:",
      "",
      // Every shell has an echo of its own, so that no list of processes shows the token.
      `  echo ${issued.token} | longarm agent --join - --pin ${issued.pin}`,
      "",
      ...(issued.urls.every(isOnThisMachine)
        ? [`The broker listens on this machine alone (${issued.urls.join(", ")}): an agent elsewhere does not reach it.`, ""]
        : []),
    ].join("\n"),
  );
}

function isOnThisMachine(url: string): boolean {
  return /^\w+:\/\/(?:127\.|localhost[:/]|\[::1\])/.test(url);
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ joinTokens: readonly JoinToken[] }>("/v1/join-tokens");
  if (options.json) return shell.json(answer);
  await shell.table(
    ["TOKEN", "KIND", "STATE", "LABELS", "EXPIRES", "MADE BY", "USED BY"],
    answer.joinTokens.map(({ id, kind, state, labels, expiresAt, createdBy, usedBy }) => [
      ...[id, kind, state, shownLabels(labels), shownTime(expiresAt), createdBy],
      usedBy?.agent ?? "–",
    ]),
  );
}

async function remove({ shell, options, api, arguments: [id = ""] }: Invocation): Promise<void> {
  await api.ask("DELETE", `/v1/join-tokens/${encodeURIComponent(id)}`);
  await (options.json ? shell.json({ removed: id }) : shell.write(`${id} taken back\n`));
}

/** `longarm agents token [make|ls|rm]`; alone it makes one. */
export function addTokenCommands(agents: Command, shell: Shell): void {
  const tokens = agents
    .command("token")
    .description('make, list and take back tokens that agents join with; alone it means "make", and takes its options');
  const making = tokens
    .command("make", { isDefault: true })
    .description("make a token and print the command that joins with it")
    .option("--label <name=value>", "what the agent is granted; may stand several times", gathered)
    .option("--ttl <duration>", "how long it may be used: at most 15m, or 90d with --ask")
    .option("--from <cidr>", "a network that the agent must come from; may stand several times", gathered)
    .option("--ask", "may be used by many agents, each of which an administrator approves");
  does<MakeOptions>(making, shell, make);
  const help = new Help();
  const withOptionsOfMake = { visibleOptions: (of: Command) => [...(of === tokens ? making.options : []), ...help.visibleOptions(of)] };
  tokens.configureHelp({ ...tokens.configureHelp(), ...withOptionsOfMake });
  does(tokens.command("ls").description("list join tokens"), shell, list);
  does(tokens.command("rm").description("take a join token back").argument("<id>", "the token's id"), shell, remove);
}
