import type { SealingKey, SignaturePurpose } from "@longarm/shared/seal";
import { decodeInstallationKeys, type SignedInstallationKeys } from "@longarm/shared/wire";

/** Signs as the installation. Its private key may be in another process. */
export interface InstallationSigner {
  /** Which of the installation's signing keys is in use: what agents find it by. */
  readonly keyId: string;
  /** The signature, 64 bytes; a promise only where another process makes it. Throws or rejects with `signer_unavailable`. */
  sign(purpose: SignaturePurpose, message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Who signs, and with which of the keys there have been, in two sentences for people. */
export function signingSentence({ kind, announced }: Pick<InstallationTrust, "kind" | "announced">): string {
  const who =
    kind === "process"
      ? "Calls are signed by a signer in a process of its own."
      : "Calls are signed in this process, which holds the signing key; `signer` in its configuration keeps it out of here.";
  return `${who} The keys are number ${decodeInstallationKeys(announced.keys).serial} of this installation.`;
}

/** The keys by which agents know this installation, shared by all its controllers. */
export interface InstallationTrust {
  /** Where the signing key is: in this process, or in one of its own. */
  readonly kind: "embedded" | "process";
  /** The public keys, signed by the root. */
  readonly announced: SignedInstallationKeys;
  /** What people pin: the fingerprint of the root's public key. */
  readonly fingerprint: string;
  readonly signer: InstallationSigner;
  /** Runs `listener` when other keys are announced than before. Absent: they never are. */
  onRotated?(listener: () => void): void;
  /** Lets go of what it holds. */
  close?(): Promise<void>;
  /** The sealing key in use, or the one of this id, if the installation has it. */
  sealing(id?: string): SealingKey | undefined;
}
