import { does, type Registration } from "../command.ts";
import { stopSignals } from "../stop-signals.ts";

interface RotateOptions {
  readonly trust: string;
  readonly dropOld?: boolean;
}

/** `longarm signer --config FILE`, and `longarm signer rotate`, which works on a file of this machine. */
export const registerSigner: Registration = (program, shell) => {
  const signer = program
    .command("signer")
    .description("keep the key that calls are signed with in a process of its own")
    .option("--config <file>", "its configuration, YAML or JSON: socket, trust, logLevel");
  does<{ readonly config?: string }>(signer, shell, async ({ options }) => {
    const { readSignerConfiguration, runSigner } = await import("@longarm/controller/main");
    const { value } = readSignerConfiguration(options.config === undefined ? {} : { file: options.config });
    await runSigner(value, stopSignals(shell).stop, (ready) => {
      const sentence = `Signs as installation ${ready.fingerprint} at ${ready.socket}\n`;
      void shell.write(options.json ? `${JSON.stringify({ ready: true, ...ready })}\n` : sentence);
    });
  });
  const rotating = signer
    .command("rotate")
    .description(
      "replace the keys that calls are signed and sealed with; signer and controllers that read the file take them up by themselves",
    )
    .requiredOption("--trust <file>", "trust.json; it is replaced")
    .option("--drop-old", "keep none of the keys before: what they signed counts no longer");
  does<RotateOptions>(rotating, shell, async ({ options }) => {
    const { rotateTrustFile } = await import("@longarm/controller/main");
    const rotated = rotateTrustFile(options.trust, { dropOld: options.dropOld === true });
    if (options.json) return shell.json(rotated);
    const old = options.dropOld ? "No key from before holds any more." : "Those before them hold until they are dropped.";
    await shell.write(
      `The signing and sealing keys of ${rotated.fingerprint} are new. ${old} Who reads this file uses them within two seconds; copy it to the others.\n`,
    );
  });
};
