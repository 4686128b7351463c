import { statSync } from "node:fs";
import { type Clock, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { SitePolicy } from "../decide/policy/policy.ts";
import { hashOf, parsePolicy, readPolicyText } from "./read-policy.ts";
import { noPolicy } from "./site-gate.ts";

/** What a policy file rests on. */
export interface PolicyFileDeps {
  /** Absent: the site has no policy. */
  readonly file?: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Which policy holds, as beats tell it. */
export interface PolicyState {
  /** Of the policy that holds, or `none`. */
  readonly hash: string;
  /** The file was changed into one with faults, or is gone: the policy of before holds on. */
  readonly isStale: boolean;
}

// The file is small, and a look at its text sees what watching misses: files behind links that are swapped, network file systems.
const lookEveryMs = 1_000;

/** The site's policy, read at the start and again whenever its file changes. A file with faults never takes the place of a sound policy. */
export class PolicyFile {
  readonly #deps: PolicyFileDeps;
  #policy: SitePolicy | undefined;
  /** Of the text that was read last and is sound. */
  #seen: string | undefined;
  /** Why the file that stands there now was refused. */
  #fault: string | undefined;

  /** Reads the file; throws `invalid_configuration` that names every fault, or that it cannot be read. */
  constructor(deps: PolicyFileDeps) {
    this.#deps = deps;
    const { file, logger } = deps;
    if (file === undefined) {
      logger.warn(
        { policy: noPolicy },
        "policy: none. This agent does whatever a controller asks of it; name the site's policy in policyFile",
      );
      return;
    }
    const text = readPolicyText(file);
    this.#policy = parsePolicy(text, file);
    this.#seen = this.#policy.hash;
    if (isOpenToOthers(file))
      logger.warn({ file }, "whoever is on this machine can change the site's policy: take the right to write from group and others");
    this.#tell(this.#policy, "the site's policy holds");
  }

  /** The policy that holds; undefined: none. */
  get policy(): SitePolicy | undefined {
    return this.#policy;
  }

  get state(): PolicyState {
    return { hash: this.#policy?.hash ?? noPolicy, isStale: this.#fault !== undefined };
  }

  /** Looks at the file until the signal is aborted. */
  async watch(signal: AbortSignal): Promise<void> {
    if (this.#deps.file === undefined) return;
    while (!signal.aborted) {
      await this.#deps.clock.sleep(lookEveryMs, signal).catch(() => undefined);
      if (!signal.aborted) this.look();
    }
  }

  /** Looks at the file once; when its text is another one than before, it becomes the policy or is refused. */
  look(): void {
    const { file } = this.#deps;
    if (file === undefined) return;
    try {
      const text = readPolicyText(file);
      const hash = hashOf(text);
      if (hash === this.#seen) return;
      this.#seen = hash;
      this.#policy = parsePolicy(text, file);
      this.#fault = undefined;
      this.#tell(this.#policy, "the site's policy was changed and holds from now on");
    } catch (reason) {
      this.#refuse(LongarmError.from(reason));
    }
  }

  #refuse({ message }: LongarmError): void {
    if (message === this.#fault) return;
    this.#fault = message;
    // What comes back as it was is to be looked at again.
    this.#seen = undefined;
    this.#deps.logger.error({ reason: message, holds: this.state.hash }, "the changed policy was refused; the one before holds on");
  }

  #tell({ hash, rules }: SitePolicy, sentence: string): void {
    this.#deps.logger.info({ policy: hash, rules: rules.map(({ name }) => name) }, sentence);
  }
}

const groupAndOthersWrite = 0o022;

function isOpenToOthers(file: string): boolean {
  try {
    return (statSync(file).mode & groupAndOthersWrite) !== 0;
  } catch {
    return false;
  }
}
