import type { SealingKey, SignaturePurpose } from "@longarm/shared/seal";
import type { SignedInstallationKeys } from "@longarm/shared/wire";

/** Signs as the installation. Its private key may be in another process. */
export interface InstallationSigner {
  /** Which of the installation's signing keys is in use: what agents find it by. */
  readonly keyId: string;
  /** The signature, 64 bytes; a promise only where another process makes it. Throws or rejects with `signer_unavailable`. */
  sign(purpose: SignaturePurpose, message: Uint8Array): Uint8Array | Promise<Uint8Array>;
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
  /** The sealing key in use, or the one of this id, if the installation has it. */
  sealing(id?: string): SealingKey | undefined;
}
