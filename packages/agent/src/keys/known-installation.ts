import { LongarmError } from "@longarm/shared";
import { keyFingerprint, SealingPublicKey, VerifyingKey } from "@longarm/shared/seal";
import { decodeInstallationKeys, type SignedInstallationKeys } from "@longarm/shared/wire";

/** Where the keys of the installation are kept that this agent belongs to. */
export interface InstallationMemory {
  load(): SignedInstallationKeys | undefined;
  store(signed: SignedInstallationKeys): void;
}

/** What is known of an installation. */
interface Known {
  readonly signed: SignedInstallationKeys;
  readonly fingerprint: string;
  readonly serial: number;
  readonly signing: ReadonlyMap<string, VerifyingKey>;
  /** The one to seal to. */
  readonly sealing: SealingPublicKey;
}

/**
 * The installation that this agent belongs to, by its public keys. The first one that lets it in is remembered for good; afterwards keys
 * count only when the same root signed them, and none older than those known.
 */
export class KnownInstallation {
  readonly #memory: InstallationMemory;
  #known: Known | undefined;

  /** Throws `invalid_configuration` when what is remembered is damaged. */
  constructor(memory: InstallationMemory) {
    this.#memory = memory;
    const signed = memory.load();
    this.#known = signed && understood(signed);
  }

  /** The fingerprint of its root key; undefined before the first enrolment. */
  get fingerprint(): string | undefined {
    return this.#known?.fingerprint;
  }

  /** The key to seal to, or undefined before the first enrolment. */
  get sealing(): SealingPublicKey | undefined {
    return this.#known?.sealing;
  }

  /** The signing key of this id, if the installation has it. */
  verifying(id: string): VerifyingKey | undefined {
    return this.#known?.signing.get(id);
  }

  /** Takes in what a controller says the keys are; true: they changed. Throws `enrolment_refused` when they are another installation's. */
  learn(signed: SignedInstallationKeys): boolean {
    const told = understood(signed);
    const known = this.#known;
    if (known && told.fingerprint !== known.fingerprint)
      throw new LongarmError(
        "enrolment_refused",
        `The controller belongs to installation ${told.fingerprint}, but this agent to ${known.fingerprint}. Check the broker's address; ` +
          "an agent that is to change over needs a new data directory.",
      );
    if (known && told.serial <= known.serial) return false;
    this.#memory.store(signed);
    this.#known = told;
    return true;
  }
}

function understood(signed: SignedInstallationKeys): Known {
  const { root, serial, signing, sealing } = decodeInstallationKeys(signed.keys);
  if (!new VerifyingKey(root).verify("installation", signed.keys, signed.signature))
    throw new LongarmError("enrolment_refused", "The installation's keys are not signed by its root key.");
  const keys = signing.map((raw) => new VerifyingKey(raw));
  return {
    signed,
    fingerprint: keyFingerprint(root),
    serial,
    signing: new Map(keys.map((key) => [key.id, key])),
    sealing: new SealingPublicKey(sealing[0] as Uint8Array),
  };
}
