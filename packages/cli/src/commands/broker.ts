import { does, type Registration } from "../command.ts";

interface ExportOptions {
  readonly out: string;
  readonly keys?: string;
  readonly accountsDir: string;
}

interface RotateOptions {
  readonly keys: string;
  readonly root?: string;
  readonly dropOld?: boolean;
}

/** `longarm broker export`, `longarm broker rotate-keys`: of files on this machine; no controller need run. */
export const registerBroker: Registration = (program, shell) => {
  const broker = program
    .command("broker")
    .description("set up NATS servers of your own, and replace the keys that broker users are made with");
  const exporting = broker
    .command("export")
    .description("write what servers, controllers and agents need: configuration, keys, and a README with the steps")
    .requiredOption("--out <dir>", "where to; it must not hold an export yet")
    .option("--keys <file>", "broker-keys.json of an installation that there is; absent: keys of a new one are made")
    .option("--accounts-dir <dir>", "where each server keeps what it is told of accounts", "/var/lib/nats/accounts");
  does<ExportOptions>(exporting, shell, async ({ options }) => {
    const { exportBroker } = await import("@longarm/controller/main");
    const { out, keys, accountsDir } = options;
    const files = await exportBroker({ directory: out, accountsDirectory: accountsDir, ...(keys !== undefined && { keysFile: keys }) });
    if (options.json) return shell.json(files);
    await shell.write(`${Object.values(files).join("\n")}\n\nThe steps stand in ${files.readme}\n`);
  });
  const rotating = broker
    .command("rotate-keys")
    .description("replace the keys that broker users are made with; they hold once servers, and then controllers, are started again")
    .requiredOption("--keys <file>", "broker-keys.json; it is replaced")
    .option("--root <file>", "broker-root.nk: replaces the operator's signing key too")
    .option("--drop-old", "let nobody in any more who came in by the old keys");
  does<RotateOptions>(rotating, shell, async ({ options }) => {
    const { rotateKeysFile } = await import("@longarm/controller/main");
    const { keys: keysFile, root: rootFile, dropOld = false } = options;
    const { operator } = await rotateKeysFile({ keysFile, dropOld, ...(rootFile !== undefined && { rootFile }) });
    if (options.json) return shell.json({ keys: keysFile, operator, dropOld });
    const replaced = operator ? "The accounts' and the operator's signing keys are new." : "The accounts' signing keys are new.";
    const old = dropOld ? "The old ones hold no more: agents that are away join anew." : "The old ones hold until the next rotation.";
    await shell.write(`${replaced} ${old} Start servers and controllers again.\n`);
  });
};
