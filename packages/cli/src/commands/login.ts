import { LongarmError } from "@longarm/shared";
import type { NewApiKey } from "../api/types.ts";
import { does, type Invocation, type Registration } from "../command.ts";
import { shownTime } from "../print/times.ts";
import { giveToken } from "../secrets/give-token.ts";

interface Options {
  readonly new?: boolean;
  readonly tokenOut?: string;
}

async function issue({ shell, options, api }: Invocation<Options>): Promise<void> {
  const answer = await api.post<{ code: string; expiresAt: string }>("/v1/login-codes");
  if (options.json) return shell.json(answer);
  await shell.write(`${answer.code}\n`);
  shell.note(`Good for one login until ${shownTime(answer.expiresAt)}, with your own rights: longarm login --url ${api.url} CODE`);
}

async function login(invocation: Invocation<Options>): Promise<void> {
  const {
    options,
    api,
    arguments: [code],
  } = invocation;
  if (options.new) return issue(invocation);
  if (code === undefined) throw new LongarmError("invalid_usage", "longarm login takes the code that was printed, or --new to make one.");
  await giveToken(invocation, () => api.post<NewApiKey>("/v1/login", { body: { code } }));
}

/** `longarm login CODE`. */
export const registerLogin: Registration = (program, shell) => {
  const command = program
    .command("login")
    .description("exchange a one-time login code for an API key that lives for 12 hours")
    .argument("[code]", "the code, llc_…")
    .option("--new", "make a code with your own rights, for another machine or the console")
    .option("--token-out <file>", "write the token into this new file (mode 600) instead of printing it");
  does<Options>(command, shell, login);
};
