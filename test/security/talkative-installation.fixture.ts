// A whole installation in processes of its own, each as talkative as it can be.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { bareEnvironment, commandLine } from "../support/command.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { type RunningProcess, withProcess } from "../support/processes.ts";
import { type SandboxOrg, withSandbox } from "../support/sandbox.ts";
import { type Canaries, learnFrom } from "./canaries.fixture.ts";

/** What was answered to something that was asked. */
export interface Answer {
  readonly what: string;
  readonly text: string;
}

/** What a test has at hand. */
export interface Installation {
  readonly directory: string;
  readonly data: string;
  readonly api: ApiClient;
  readonly url: string;
  readonly token: string;
  /** An org that is ours: its token is known. */
  readonly org: SandboxOrg;
  /** Asks the API, and notes what it answers. */
  tell(method: string, path: string, sent: { readonly body: object; readonly headers?: Record<string, string> }): Promise<unknown>;
  note(what: string, text: string): void;
}

/** What every process printed, and every answer that was noted. */
export interface Traces {
  readonly printed: Readonly<Record<"installation" | "signer" | "agent", string>>;
  readonly answers: readonly Answer[];
}

const level = "trace";

/** Ends it in order, and gives back what it printed. */
async function ended(process: RunningProcess): Promise<string> {
  process.kill("SIGTERM");
  await process.exited;
  return process.output();
}

/** A signer, whose keys become canaries. */
function withSigner<T>(directory: string, { secrets }: Canaries, use: (signer: RunningProcess, socket: string) => Promise<T>): Promise<T> {
  mkdirSync(join(directory, "signer"), { mode: 0o700 });
  const [socket, trust, file] = ["signer.sock", "trust.json", "signer.json"].map((name) => join(directory, "signer", name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(file, JSON.stringify({ socket, trust, logLevel: level }));
  const options = { ...commandLine(["signer", "--config", file]), cwd: directory, env: bareEnvironment, readyLine: /sha256:/ };
  return withProcess(options, (signer) => {
    const keys = JSON.parse(readFileSync(trust, "utf8")) as { root: string; signing: string[]; sealing: string[] };
    for (const [name, key] of [
      ["root", keys.root],
      ["signing", keys.signing[0]],
      ["sealing", keys.sealing[0]],
    ] as const)
      secrets[`the signer's ${name} key`] = key?.replace(/=+$/, "") ?? "";
    return use(signer, socket);
  });
}

/** An agent that joins with a token which becomes a canary. */
async function withJoined<T>(of: Installation, { secrets }: Canaries, use: (agent: RunningProcess) => Promise<T>): Promise<T> {
  const { token, pin } = await of.api.post<{ token: string; pin: string }>("/v1/join-tokens", { body: { labels: { site: "hunt" } } });
  secrets["a join token"] = token;
  const content = JSON.parse(Buffer.from(token.slice(token.indexOf("_") + 1), "base64url").toString()) as { secret: string };
  secrets["a join token's secret"] = content.secret;
  const env = { ...bareEnvironment, LONGARM_LOG_LEVEL: level };
  const options = { ...commandLine(["agent", "--join", "-", "--pin", pin]), cwd: of.directory, env, input: token };
  return withProcess({ ...options, readyLine: /^Agent .* is up$/ }, use);
}

/**
 * A whole installation as `longarm up --sandbox` makes it, with a signer and one more agent, every process at its most talkative;
 * `afterwards` sees its directory once all of it has ended.
 */
export async function withTalkativeInstallation(
  canaries: Canaries,
  body: (of: Installation) => Promise<void>,
  afterwards: (directory: string) => unknown,
): Promise<Traces> {
  const answers: Answer[] = [];
  const printed = { installation: "", signer: "", agent: "" };
  const sandbox = { users: 5, limits: "off", token: canaries.secrets["the org's token"] ?? "" } as const;
  await withTemporaryDirectory((directory) =>
    withSandbox({ ...sandbox, onAnswer: (answer) => learnFrom(answer, canaries) }, async (org) => {
      await withSigner(directory, canaries, async (signer, socket) => {
        const data = join(directory, "data");
        const words = ["up", "--sandbox", "--users", "5", "--port", "0", "--log-level", level, "--data", data, "--json"];
        const env = { ...bareEnvironment, LONGARM_SIGNER_SOCKET: socket };
        const options = { ...commandLine(words), cwd: directory, env, readyLine: /^\{"url".*\}$/, readyMs: 40_000 };
        await withProcess(options, async (up) => {
          const of = { ...installed(up, answers), directory, data, org };
          canaries.secrets["the administrator's key"] = of.token;
          await withJoined(of, canaries, async (agent) => {
            await body(of);
            printed.agent = await ended(agent);
          });
          printed.installation = await ended(up);
        });
        printed.signer = await ended(signer);
      });
      afterwards(directory);
    }),
  );
  return { printed, answers };
}

function installed(up: RunningProcess, answers: Answer[]): Pick<Installation, "api" | "url" | "token" | "tell" | "note"> {
  const { url, administratorKeyFile } = JSON.parse(up.ready[0] ?? "") as { url: string; administratorKeyFile: string };
  const token = readFileSync(administratorKeyFile, "utf8").trim();
  const api = new ApiClient({ url, token });
  const note = (what: string, text: string): void => void answers.push({ what, text });
  const tell: Installation["tell"] = async (method, path, sent) => {
    const answer = await api.ask<unknown>(method, path, sent);
    note(`${method} ${path}`, JSON.stringify([...answer.headers, answer.body]));
    return answer.body;
  };
  return { api, url, token, tell, note };
}
