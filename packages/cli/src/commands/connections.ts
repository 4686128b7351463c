import type { Command } from "commander";
import { Option } from "commander";
import { LongarmError } from "@longarm/shared";
import type { Connection, ConnectionTest } from "../api/connection-types.ts";
import { does, gathered, type Invocation, type Registration } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { readJson } from "../input/read-text.ts";
import { readRetryOptions, retryHelp } from "../input/retry-options.ts";
import { readSelector } from "../input/selector.ts";
import { reportFault } from "../print/fault.ts";
import { writeFacts } from "../print/facts.ts";
import { plainLine } from "../print/plain.ts";
import { shownExecutor } from "../print/run.ts";
import { shownMs, shownTime } from "../print/times.ts";
import { addBudgetOptions, budgetOf, type BudgetOptions, showBudget, shownBudget } from "./connection-budget.ts";

interface SetOptions extends BudgetOptions {
  readonly file?: string;
  readonly baseUrl?: string;
  readonly credential?: string;
  readonly placement?: string;
  readonly addresses?: string;
  readonly require?: string;
  readonly prefer?: readonly string[];
  readonly whenNone?: string;
  readonly waitFor?: string;
  readonly timeout?: string;
  readonly retry?: readonly string[];
  readonly startWithin?: string;
  readonly concurrency?: string;
  readonly keyLimit?: string;
  readonly runWithin?: string;
  readonly requireApproval?: string;
}

type Form = Record<string, unknown>;

function pathOf(name: string | undefined, tail = ""): string {
  return `/v1/connections/${encodeURIComponent(name ?? "")}${tail}`;
}

async function list({ shell, options, api }: Invocation): Promise<void> {
  const answer = await api.get<{ connections: readonly Connection[] }>("/v1/connections");
  if (options.json) return shell.json(answer);
  const rows = answer.connections.map(({ name, baseUrl, credential, placement }) => [
    name,
    baseUrl,
    credential ?? "–",
    placement.on,
    placement.require ?? "–",
  ]);
  await shell.table(["CONNECTION", "BASE URL", "CREDENTIAL", "ON", "REQUIRE"], rows);
}

async function show({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  const connection = await api.get<Connection>(pathOf(name));
  if (options.json) return shell.json(connection);
  const placement = Object.entries(connection.placement).map(([member, value]): [string, string] => [
    member,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  await writeFacts(shell, [
    ["connection", connection.name],
    ["base URL", connection.baseUrl],
    ["credential", connection.credential ?? "none"],
    ...placement,
    ...(connection.addresses ? ([["addresses", connection.addresses.join(", ")]] as [string, string][]) : []),
    ["timeout", connection.timeout],
    ["retry", shownRetry(connection.retry)],
    ["concurrency", shownConcurrency(connection)],
    ["budget", shownBudget(connection.budget)],
    ["approval", connection.requireApproval ? `for ${connection.requireApproval.actions.join(", ")}` : "not required"],
    ["start within", connection.startWithin],
    ["run within", connection.runWithin],
    ["largest response", `${connection.maxResponseBytes.toLocaleString("en")} bytes`],
    ["changed", `${shownTime(connection.updatedAt)} (revision ${connection.revision})`],
  ]);
}

function shownConcurrency({ concurrency = {} }: Connection): string {
  const { limit, keyLimit = 1 } = concurrency;
  return `${limit === undefined ? "any number of" : limit} runs at once, ${keyLimit} of each key`;
}

function readCount(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function shownRetry({ on, ...rest }: Connection["retry"]): string {
  const members = Object.entries(rest).map(([member, value]) => `${member} ${String(value)}`);
  return `${on.length > 0 ? `on ${on.join(", ")}` : "never"}; ${members.join(", ")}`;
}

function readPreference(text: string): { when: unknown; weight: number } {
  const at = text.lastIndexOf("=");
  const weight = Number(text.slice(at + 1));
  if (at > 0 && text.slice(at + 1).trim() !== "" && Number.isFinite(weight))
    return { when: readSelector(text.slice(0, at).trim()), weight };
  throw new LongarmError("invalid_usage", `--prefer ${text}: expected SELECTOR=WEIGHT, such as "labels.tier == 'prod'=50".`);
}

function defined(members: Form): Form {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** What stands now, in the form in which it may be put again, and the condition that it still stands. */
async function currentForm({ api, arguments: [name] }: Invocation<SetOptions>): Promise<{ form: Form; condition: Record<string, string> }> {
  const { status, headers, body } = await api.ask<Connection & { code?: string }>("GET", pathOf(name), { accept: [404] });
  if (status === 404) return { form: {}, condition: { "if-none-match": "*" } };
  const { revision: _revision, updatedAt: _updatedAt, ...form } = body;
  return { form, condition: { "if-match": headers.get("etag") ?? "*" } };
}

interface GivenForm extends Form {
  readonly placement?: Form;
  readonly retry?: Form;
  readonly concurrency?: Form;
  readonly budget?: Partial<Connection["budget"]>;
  readonly requireApproval?: unknown;
}

/** What the option says, `none` being nothing, else what stands already. */
function approvalOf(option: string | undefined, given: unknown): Form {
  if (option === undefined) return defined({ requireApproval: given });
  return option === "none" ? {} : { requireApproval: { actions: option.split(/[\s,]+/).filter(Boolean) } };
}

/** A file replaces the whole; options change what they name and leave the rest. */
async function set(invocation: Invocation<SetOptions>): Promise<void> {
  const { shell, options, api } = invocation;
  const [name] = invocation.arguments;
  const { form: current, condition } = await currentForm(invocation);
  const given =
    options.file === undefined
      ? current
      : await readJson(shell, options.file.startsWith("@") || options.file === "-" ? options.file : `@${options.file}`, "--file");
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new LongarmError("invalid_usage", "--file must hold a connection as a JSON object.");
  const { placement = {}, retry, concurrency, budget, requireApproval, ...rest } = given as GivenForm;
  const places = { ...concurrency, ...defined({ limit: readCount(options.concurrency), keyLimit: readCount(options.keyLimit) }) };
  const wish = readRetryOptions(options.retry);
  const changes = defined({
    on: options.placement,
    require: options.require === undefined ? undefined : readSelector(options.require),
    prefer: options.prefer?.map(readPreference),
    whenNone: options.whenNone,
    waitFor: options.waitFor,
  });
  const { baseUrl, credential, timeout, startWithin, runWithin } = options;
  const addresses = options.addresses?.split(",").map((entry) => entry.trim());
  const own = defined({ baseUrl, credential, addresses, timeout, startWithin, runWithin, retry: wish ? { ...retry, ...wish } : retry });
  const rule = approvalOf(options.requireApproval, requireApproval);
  const held = Object.keys(places).length > 0 ? { concurrency: places } : {};
  const body = { ...rest, ...own, ...rule, ...held, ...budgetOf(options, budget), placement: { ...placement, ...changes } };
  const answer = await api.ask<Connection>("PUT", pathOf(name), { body, headers: condition });
  if (options.json) return shell.json(answer.body);
  await shell.write(`${answer.body.name} ${answer.status === 201 ? "created" : "changed"}\n`);
}

const telltaleSkewMs = 5_000;

function factsOf({ org, principal, scopes, clockAheadMs }: ConnectionTest): readonly (readonly [string, string])[] {
  const facts: [string, string][] = [];
  if (org) facts.push(["org", org.url === null ? org.id : `${org.id} (${org.url})`]);
  if (principal) facts.push(["as", `${principal.kind} ${principal.name ?? principal.id}`]);
  if (scopes) facts.push(["scopes", `${scopes.granted.length} granted: ${scopes.granted.join(", ")}`]);
  if (scopes && scopes.missing.length > 0) facts.push(["missing", `${scopes.missing.join(", ")}; actions that need them will be refused`]);
  if (clockAheadMs !== null && Math.abs(clockAheadMs) >= telltaleSkewMs) {
    const by = `${Math.round(Math.abs(clockAheadMs) / 1_000)} s ${clockAheadMs > 0 ? "ahead of" : "behind"}`;
    facts.push(["clock", `the executor's is ${by} the org's; set it right`]);
  }
  return facts;
}

async function test({ shell, options, api, arguments: [name] }: Invocation<{ on?: string }>): Promise<ExitCode> {
  const { on } = options;
  const body = on === undefined ? {} : { on: on === "local" ? on : readSelector(on) };
  const result = await api.post<ConnectionTest>(pathOf(name, "/test"), { body, signal: shell.signal });
  if (options.json) await shell.json(result);
  else {
    const where = result.executor ? ` ${shownExecutor(result.executor)}${result.why === null ? "" : ` (${result.why})`}` : "";
    const took = result.sentMs === null ? "not sent" : shownMs(result.sentMs);
    const mark = result.ok ? shell.look("green", "ok") : shell.look("red", "failed");
    await shell.write(`${mark} ${plainLine(`${result.method} ${result.path} ${result.status ?? "–"}${where} ${took}`)}\n`);
    const facts = factsOf(result);
    if (facts.length > 0) await writeFacts(shell, facts);
    if (result.error) reportFault(shell, LongarmError.fromBody(result.error), false);
  }
  return result.ok ? exitCodes.success : exitCodes.failed;
}

async function remove({ shell, options, api, arguments: [name] }: Invocation): Promise<void> {
  await api.ask("DELETE", pathOf(name));
  await (options.json ? shell.json({ removed: name }) : shell.write(`${name} removed\n`));
}

function addSetOptions(command: Command): Command {
  return addBudgetOptions(command)
    .option("-f, --file <file>", "the whole connection as JSON, from a file or - (standard input)")
    .option("--base-url <url>", "origin and path prefix of the target")
    .option("--credential <name>", "how to authenticate")
    .addOption(new Option("--placement <on>", "where its calls run").choices(["local", "agent", "either"]))
    .option("--require <selector>", "which agents may carry its calls")
    .option("--prefer <selector=weight>", "which of them are preferred", gathered)
    .addOption(new Option("--when-none <what>", "what to do when no agent matches").choices(["wait", "fail", "local", "next"]))
    .option("--wait-for <duration>", "how long to wait for a match")
    .option("--addresses <list>", "what calls from the controller may connect to: public, addresses and ranges, with commas")
    .option("--timeout <duration>", "how long one call may take")
    .option("--retry <member=value>", `when calls are tried again: ${retryHelp}`, gathered)
    .option("--concurrency <n>", "how many of its runs may be under way at once")
    .option("--key-limit <n>", "how many runs may hold the same concurrency key (1)")
    .option("--require-approval <list>", "which runs wait for somebody else's approval: destructive, changing, names of actions; or none")
    .option("--start-within <duration>", "how long a run may wait for its start (7d)")
    .option("--run-within <duration>", "how long a run of an action may take from its start to its end (7d)");
}

/** `longarm connections ls|set|show|test|budget|rm`. */
export const registerConnections: Registration = (program, shell) => {
  const connections = program.command("connections").description("list, set, show, test and remove connections, and see their budgets");
  const one = (name: string, description: string): Command =>
    connections.command(name).description(description).argument("<name>", "the connection's name");
  does(connections.command("ls").description("list connections"), shell, list);
  does<SetOptions>(addSetOptions(one("set", "define a connection, or change what the options name")), shell, set);
  does(one("show", "show a connection"), shell, show);
  does<{ on?: string }>(
    one("test", "make a real call by the way a run would take").option("--on <local|selector>", "narrows where the call runs"),
    shell,
    test,
  );
  does(one("budget", "see what its target's rate limits leave, and who waits for them"), shell, showBudget);
  does(one("rm", "remove a connection"), shell, remove);
};
