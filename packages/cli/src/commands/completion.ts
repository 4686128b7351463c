import { Argument } from "commander";
import { candidatesFor } from "../completion/candidates.ts";
import { lookUp } from "../completion/look-up.ts";
import { completionScripts, shells } from "../completion/scripts.ts";
import { does, type Registration } from "../command.ts";
import { plainLine } from "../print/plain.ts";

/** Longer than this nobody waits for a key. */
const patienceMs = 1_000;

const after = `
bash  eval "$(longarm completion bash)"          in ~/.bashrc
zsh   eval "$(longarm completion zsh)"           in ~/.zshrc, after compinit
fish  longarm completion fish | source           in ~/.config/fish/config.fish

Names of actions, connections, agents and runs, and the values of inputs, come from the controller.`;

/** `longarm completion SHELL`, and what its scripts call. */
export const registerCompletion: Registration = (program, shell) => {
  const command = program
    .command("completion")
    .description("print what makes a shell complete longarm's words")
    .addArgument(new Argument("<shell>", "which shell").choices([...shells]))
    .addHelpText("after", after);
  does(command, shell, async (invocation) => {
    await shell.write(completionScripts[invocation.arguments[0] as (typeof shells)[number]]);
  });

  const asked = program.command("__complete", { hidden: true }).argument("[words...]");
  does(asked, shell, async (invocation) => {
    const signal = AbortSignal.any([shell.signal, AbortSignal.timeout(patienceMs)]);
    // A controller that is not there, or does not answer in time, is no reason to write errors between somebody's words.
    const ask = (lookup: Parameters<typeof lookUp>[1]) => lookUp(invocation.api, lookup, signal);
    const found = await candidatesFor(program, invocation.arguments, (lookup) => Promise.try(ask, lookup).catch(() => []));
    await shell.write(found.map(({ word, meaning }) => `${word}${meaning === undefined ? "" : `\t${plainLine(meaning)}`}\n`).join(""));
  });
};
