import type { SealingKey } from "@longarm/shared/seal";
import type { Logger } from "@longarm/shared/logger";
import type { SignedInstallationKeys } from "@longarm/shared/wire";
import type { InstallationSigner, InstallationTrust } from "../ports/installation-trust.ts";
import { followTrustFile } from "./follow-trust-file.ts";
import { embeddedTrust, type TrustSeeds } from "./trust-keys.ts";

/** Trust whose keys are all in this process, out of a file that may be replaced by one with newer keys. */
export class FileTrust implements InstallationTrust {
  readonly kind = "embedded";
  readonly #listeners: (() => void)[] = [];
  readonly #stop: () => void;
  #current: InstallationTrust;

  constructor(file: string, { seeds, logger }: { readonly seeds: TrustSeeds; readonly logger: Logger }) {
    this.#current = embeddedTrust(seeds);
    this.#stop = followTrustFile({ file, seeds, logger, take: (newer) => this.#take(newer) });
  }

  get announced(): SignedInstallationKeys {
    return this.#current.announced;
  }

  get fingerprint(): string {
    return this.#current.fingerprint;
  }

  /** Of the keys in use now; one that is held goes on signing with its own. */
  get signer(): InstallationSigner {
    return this.#current.signer;
  }

  sealing(id?: string): SealingKey | undefined {
    return this.#current.sealing(id);
  }

  onRotated(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#stop();
  }

  #take(seeds: TrustSeeds): void {
    this.#current = embeddedTrust(seeds);
    for (const listener of this.#listeners) listener();
  }
}
