import type { DataKey, Resealed } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { counted } from "../print/counted.ts";
import { shownTime } from "../print/times.ts";

const at = (time: string | null): string => (time === null ? "–" : shownTime(time));

function shownUse({ state, runs, runsUntil }: DataKey): string {
  if (state === "active") return "new ones";
  if (!runs) return "none";
  return runsUntil === null ? "some, perhaps" : `some, perhaps, until ${shownTime(runsUntil)}`;
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ keys: readonly DataKey[] }>("/v1/keys");
  if (options.json) return shell.json(answer);
  const rows = answer.keys.map((key) => [
    String(key.id),
    key.state,
    at(key.createdAt),
    at(key.retiredAt),
    String(key.values),
    shownUse(key),
  ]);
  await shell.table(["KEY", "STATE", "MADE", "RETIRED", "VALUES", "RUNS UNDER IT"], rows);
}

async function tell({ shell, options }: Invocation<object>, { active, resealed, left }: Resealed): Promise<void> {
  if (options.json) return shell.json({ active, resealed, left });
  await shell.write(`Key ${active} seals from now on; ${counted(resealed, "value")} sealed anew.\n`);
  if (left > 0) await shell.write(`${counted(left, "value")} under another key yet: run \`longarm keys reseal\` again.\n`);
}

interface RotateOptions {
  readonly prepare?: boolean;
}

async function rotate(invocation: Invocation<RotateOptions>): Promise<void> {
  const { api, options, shell } = invocation;
  const { prepare = false } = options;
  const { body } = await api.ask<Resealed>("POST", "/v1/keys/rotate", { body: { prepare } });
  if (!prepare || options.json) return tell(invocation, body);
  await shell.write("A key was added and seals nothing yet. Copy the key ring to every controller, then run `longarm keys rotate`.\n");
}

async function reseal(invocation: Invocation): Promise<void> {
  const { body } = await invocation.api.ask<Resealed>("POST", "/v1/keys/reseal");
  await tell(invocation, body);
}

async function remove({ shell, options, api, arguments: [id] }: Invocation): Promise<void> {
  await api.ask("DELETE", `/v1/keys/${encodeURIComponent(id ?? "")}`);
  await (options.json ? shell.json({ removed: id }) : shell.write(`Key ${id} removed\n`));
}

/** `longarm keys ls|rotate|reseal|rm`. */
export const registerKeys: Registration = (program, shell) => {
  const keys = program.command("keys").description("the keys that everything stored is sealed under: list, rotate and remove them");
  does(keys.command("ls").description("list the keys, and what is sealed under each"), shell, list);
  const rotating = keys
    .command("rotate")
    .description("make a new key the active one, and seal all that is stored anew, but for records of runs")
    .option("--prepare", "only add the key, to bring it to other controllers before it is used");
  does<RotateOptions>(rotating, shell, rotate);
  does(keys.command("reseal").description("read the key ring again, and go on with a rotation that was broken off"), shell, reseal);
  does(
    keys.command("rm").description("remove a key under which nothing is sealed any more").argument("<key>", "the key's id"),
    shell,
    remove,
  );
};
