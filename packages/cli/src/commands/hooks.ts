import type { Command } from "commander";
import type { Hook, NewHook } from "../api/hook-types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { counted } from "../print/counted.ts";
import { writeFacts } from "../print/facts.ts";
import { shownTime } from "../print/times.ts";
import { intoOnceFile } from "../secrets/once-file.ts";

interface SecretOptions {
  readonly secretOut?: string;
}

function pathOf(name: string | undefined): string {
  return `/v1/hooks/${encodeURIComponent(name ?? "")}`;
}

function shownMoment(time: string | null): string {
  return time === null ? "never" : shownTime(time);
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ hooks: readonly Hook[] }>("/v1/hooks");
  if (options.json) return shell.json(answer);
  const rows = answer.hooks.map(({ name, counts, lastDeliveryAt, reconcileEvery }) => [
    ...[name, shownMoment(lastDeliveryAt)],
    ...[counts.events, counts.duplicates, counts.refused, counts.missed].map(String),
    reconcileEvery ?? "never",
  ]);
  await shell.table(["CONNECTION", "LAST DELIVERY", "EVENTS", "DUPLICATES", "REFUSED", "MISSED", "RECONCILED EVERY"], rows);
}

function shownSecrets({ secrets, presentUsed }: Hook): string {
  const each = secrets.map(
    ({ id, madeAt, endsAt }) => `${id} of ${shownTime(madeAt)}${endsAt === null ? "" : ` until ${shownTime(endsAt)}`}`,
  );
  return `${each.join(", ")}${presentUsed ? "" : "; no delivery has come with the present one yet"}`;
}

function shownGap({ lastGap, counts }: Hook): string {
  if (!lastGap) return "none";
  const { missed, since, until, foundAt } = lastGap;
  return `${counted(missed, "event")} between ${shownTime(since)} and ${shownTime(until)}, found ${shownTime(foundAt)} (${counts.missed} in all)`;
}

async function show({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const hook = await api.get<Hook>(pathOf(name));
  if (options.json) return shell.json(hook);
  const { counts, lastLook, ownActors } = hook;
  await writeFacts(shell, [
    ["hook", hook.name],
    ["uri", hook.uri],
    ["secrets", shownSecrets(hook)],
    ["received", `${counts.deliveries} deliveries, the last one ${shownMoment(hook.lastDeliveryAt)}`],
    ["events", `${counts.events} new, ${counts.duplicates} known before`],
    ["refused", `${counts.refused} deliveries`],
    ["last gap", shownGap(hook)],
    ["reconciled", `until ${shownTime(hook.reconciledUntil)}, every ${hook.reconcileEvery ?? "never"}`],
    ["last look", lastLook ? `${shownTime(lastLook.at)}${lastLook.problem === null ? "" : `: ${lastLook.problem}`}` : "none"],
    ["own changes", ownActors === null ? "not asked yet" : ownActors.join(", ") || "cannot be told from others'"],
  ]);
}

async function giveSecret({ shell, options }: Invocation<SecretOptions>, what: string, ask: () => Promise<Hook | NewHook>): Promise<void> {
  const { secretOut } = options;
  const secretOf = (hook: Hook | NewHook): string => ("secret" in hook ? hook.secret : "");
  const hook = secretOut === undefined ? await ask() : await intoOnceFile({ path: secretOut, option: "--secret-out" }, ask, secretOf);
  const secret = secretOf(hook);
  if (options.json) return shell.json(secretOut === undefined ? hook : { ...hook, secret: undefined });
  if (secret === "") return shell.write(`${hook.name} changed\n`);
  if (secretOut === undefined) await shell.write(`${secret}\n`);
  shell.note(`${what} It is shown this once. The org sends it as Authorization to ${hook.uri}`);
}

async function set(invocation: Invocation<SecretOptions & { readonly reconcileEvery?: string }>): Promise<void> {
  const { api, options, arguments: given } = invocation;
  const { reconcileEvery } = options;
  const body = reconcileEvery === undefined ? {} : { reconcileEvery: reconcileEvery === "never" ? null : reconcileEvery };
  await giveSecret(
    invocation,
    "The secret of the new hook.",
    async () => (await api.ask<Hook | NewHook>("PUT", pathOf(given[0]), { body })).body,
  );
}

async function rotate(invocation: Invocation<SecretOptions & { readonly grace: string }>): Promise<void> {
  const { api, options, arguments: given } = invocation;
  const body = { grace: options.grace };
  const sentence = `The new secret; the former one is valid for ${options.grace}. Give it to the org now.`;
  await giveSecret(invocation, sentence, () => api.post<NewHook>(`${pathOf(given[0])}/rotate`, { body }));
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed; its deliveries are refused from now on\n`));
}

/** `longarm hooks ls|show|set|rotate|rm`. */
export const registerHooks: Registration = (program, shell) => {
  const hooks = program.command("hooks").description("let orgs send their events, and see what came");
  const one = (name: string, description: string): Command =>
    hooks.command(name).description(description).argument("<connection>", "the connection's name");
  const secretOut = ["--secret-out <file>", "write the secret into this new file (mode 600) instead of printing it"] as const;
  does(hooks.command("ls").description("list hooks"), shell, list);
  does(one("show", "show a hook, what came by it and what did not"), shell, show);
  does<SecretOptions & { reconcileEvery?: string }>(
    one("set", "register the hook of a connection, its secret shown once; or change one")
      .option("--reconcile-every <duration>", "how often the org's log is read for what never came (5m), or never")
      .option(...secretOut),
    shell,
    set,
  );
  does<SecretOptions & { grace: string }>(
    one("rotate", "make a new secret, valid at once and shown once")
      .option("--grace <duration>", "how long the former one is still valid; 0s ends it at once", "24h")
      .option(...secretOut),
    shell,
    rotate,
  );
  does(one("rm", "remove a hook: its deliveries are refused"), shell, remove);
};
