import { LongarmError } from "@longarm/shared";
import { keyFingerprint, SealingPublicKey, VerifyingKey } from "@longarm/shared/seal";
import { decodeInstallationKeys, type SignedInstallationKeys } from "@longarm/shared/wire";

/** Where the keys of the installation are kept that this agent belongs to. */
export interface InstallationMemory {
  load(): SignedInstallationKeys | undefined;
  store(signed: SignedInstallationKeys): void;
}

/** What is known of an installation. */
export interface Understood {
  readonly signed: SignedInstallationKeys;
  readonly fingerprint: string;
  readonly serial: number;
  readonly signing: ReadonlyMap<string, VerifyingKey>;
  /** By id; the first one is the one to seal to. */
  readonly sealing: ReadonlyMap<string, SealingPublicKey>;
}

/**
 * The installation that this agent belongs to, by its public keys. The first one that lets it in is remembered for good; afterwards keys
 * count only when the same root signed them, and none older than those known.
 */
export class KnownInstallation {
  readonly #memory: InstallationMemory;
  #known: Understood | undefined;

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

  /** Takes a new agent's installation from its join token, if it is the one that its administrator pinned. Throws `enrolment_refused`. */
  pin(signed: SignedInstallationKeys, pin: string): void {
    const { fingerprint } = understood(signed);
    if (fingerprint !== pin)
      throw new LongarmError(
        "enrolment_refused",
        `The join token is of installation ${fingerprint}, but ${pin} was pinned. Nothing was sent; ask whoever gave you the two.`,
      );
    this.learn(signed);
  }

  /** The key to seal to, or undefined before the first enrolment. */
  get sealing(): SealingPublicKey | undefined {
    return this.#known?.sealing.values().next().value;
  }

  /** The sealing key of this id, if the installation has it. */
  sealingKey(id: string): SealingPublicKey | undefined {
    return this.#known?.sealing.get(id);
  }

  /** The signing key of this id, if the installation has it. */
  verifying(id: string): VerifyingKey | undefined {
    return this.#known?.signing.get(id);
  }

  /** What is told, without taking it in. Throws `enrolment_refused` when it is another installation's. */
  understand(signed: SignedInstallationKeys): Understood {
    const told = understood(signed);
    const known = this.#known;
    if (!known || told.fingerprint === known.fingerprint) return told;
    throw new LongarmError(
      "enrolment_refused",
      `The controller belongs to installation ${told.fingerprint}, but this agent to ${known.fingerprint}. Check the broker's address; ` +
        "an agent that is to change over needs a new data directory.",
    );
  }

  /** Takes in what a controller says the keys are; true: they changed. Throws `enrolment_refused` when they are another installation's. */
  learn(signed: SignedInstallationKeys): boolean {
    const told = this.understand(signed);
    const known = this.#known;
    if (known && told.serial <= known.serial) return false;
    this.#memory.store(signed);
    this.#known = told;
    return true;
  }
}

function understood(signed: SignedInstallationKeys): Understood {
  const { root, serial, signing, sealing } = decodeInstallationKeys(signed.keys);
  if (!new VerifyingKey(root).verify("installation", signed.keys, signed.signature))
    throw new LongarmError("enrolment_refused", "The installation's keys are not signed by its root key.");
  const keys = signing.map((raw) => new VerifyingKey(raw));
  return {
    signed,
    fingerprint: keyFingerprint(root),
    serial,
    signing: new Map(keys.map((key) => [key.id, key])),
    sealing: new Map(sealing.map((raw) => new SealingPublicKey(raw)).map((key) => [key.id, key])),
  };
}
