import type { Command } from "commander";
import type { ApplyOptions } from "../apply/apply.ts";
import { does, gathered } from "../command.ts";
import type { Shell } from "../shell.ts";

/** `longarm syncs apply FILE --plan`, then `--execute`. */
export function registerApply(syncs: Command, shell: Shell): void {
  const command = syncs
    .command("apply")
    .description("bring an org to what a file of people says: first as a plan, then by carrying it out")
    .argument("[file]", "people.csv or people.ndjson")
    .option("--connection <name>", "the org")
    .option("--map <file>", "which columns mean what (YAML)")
    .option("--plan [file]", "write the plan to this new file (default: FILE.plan.json), and change nothing")
    .option("--allow <threshold=count>", "let a plan exceed a threshold up to this count; may be given several times", gathered)
    .option("--execute <plan>", "carry out a plan; started again, it repeats nothing")
    .option("--expect <hash>", "carry it out only if this is its hash, or the hash's beginning")
    .option("--edited", "carry out a plan that was changed by hand")
    .option("--max-age <duration>", "carry out no plan that is older", "24h")
    .option("--in-flight <count>", "how many steps are under way at most", "32");
  does<ApplyOptions>(command, shell, async (invocation) => {
    // Loaded only here: no other command needs what reads files and schemas.
    const { apply } = await import("../apply/apply.ts");
    return apply(invocation);
  });
}
