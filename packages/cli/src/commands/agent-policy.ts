import type { Command } from "commander";
import { type EffectClass, effectClasses, LongarmError } from "@longarm/shared";
import { does, type Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Shell } from "../shell.ts";

interface TestOptions {
  readonly policy: string;
  readonly effect?: string;
  readonly bytes?: string;
  readonly at?: string;
  readonly explain?: boolean;
}

function readEffect(text: string): EffectClass {
  const effect = effectClasses.find((each) => each === text);
  if (effect) return effect;
  throw new LongarmError("invalid_usage", `--effect must be ${effectClasses.join(", ")}, not "${text}".`);
}

function readBytes(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new LongarmError("invalid_usage", `--bytes must be a whole number, not "${text}".`);
}

function readTime(text: string): number {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw new LongarmError("invalid_usage", `--at must be a time such as 2026-05-04T09:30:00+02:00, not "${text}".`);
}

// What only reads says so by its method; the least that another one does is to bring about a state.
function effectOf(method: string): EffectClass {
  return method === "GET" || method === "HEAD" ? "read" : "converge";
}

async function test({ shell, options, arguments: [method = "", url = ""] }: Invocation<TestOptions>): Promise<ExitCode> {
  const { readPolicy, tryPolicy } = await import("@longarm/agent");
  const trial = {
    method: method.toUpperCase(),
    url,
    effect: options.effect === undefined ? effectOf(method.toUpperCase()) : readEffect(options.effect),
    bodyBytes: readBytes(options.bytes ?? "0"),
    nowMs: options.at === undefined ? Date.now() : readTime(options.at),
  };
  const answer = tryPolicy(readPolicy(options.policy), trial);
  const code = answer.allowed ? exitCodes.success : exitCodes.failed;
  if (options.json) {
    await shell.json(answer);
    return code;
  }
  await shell.write(`${shell.look(answer.allowed ? "green" : "red", answer.allowed ? "allowed" : "denied")} ${answer.sentence}\n`);
  if (options.explain) await shell.write(explanation(answer));
  return code;
}

type Answer = ReturnType<typeof import("@longarm/agent").tryPolicy>;

function explanation({ mismatches, limits }: Answer): string {
  const others = mismatches.map(({ rule, aspect, sentence }) => `  not by rule "${rule}" (${aspect}): ${sentence}\n`);
  if (!limits) return others.join("");
  const { maxResponseBytes, maxMs, addresses, rate } = limits;
  const held = [
    `answers of at most ${maxResponseBytes} bytes`,
    `in ${maxMs / 1_000} s`,
    ...(rate ? [`${rate.requests} requests in ${rate.perMs / 1_000} s`] : []),
    `from addresses: ${addresses.join(", ")}`,
  ];
  return `${others.join("")}  held to ${held.join(", ")}\n`;
}

async function check({ shell, options, arguments: [file = ""] }: Invocation): Promise<void> {
  const { readPolicy } = await import("@longarm/agent");
  const { hash, rules } = readPolicy(file);
  const names = rules.map(({ name }) => name);
  if (options.json) return shell.json({ hash, rules: names });
  await shell.write(`${file} is sound: ${names.length} ${names.length === 1 ? "rule" : "rules"}, ${hash}\n`);
}

/** `longarm agent policy test|check`: what the site's policy says, without an agent or a controller. */
export function registerPolicy(agent: Command, shell: Shell): void {
  const policy = agent.command("policy").description("hold requests against a site's policy, and look for its faults");
  const testing = policy
    .command("test")
    .description("tell whether the policy allows a request; exit code 0: allowed, 1: denied")
    .argument("<method>", "such as GET")
    .argument("<url>", "such as https://acme.okta.com/api/v1/users")
    .requiredOption("--policy <file>", "the site's policy")
    .option("--effect <class>", `${effectClasses.join(", ")} (default: read for GET and HEAD, else converge)`)
    .option("--bytes <n>", "how long the request's body is")
    .option("--at <time>", "when it is made, RFC 3339 (default: now)")
    .option("--explain", "say of each rule why it does not allow it, and what the request is held to");
  does<TestOptions>(testing, shell, test);
  does(policy.command("check").description("tell every fault of a policy file").argument("<file>", "the site's policy"), shell, check);
}
