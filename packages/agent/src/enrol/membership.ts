import { randomUUID } from "node:crypto";
import { LongarmError } from "@longarm/shared";
import { readPrivateFileIfThere, replacePrivateFile } from "@longarm/shared/seal";
import type { AgentRights } from "@longarm/shared/wire";

/** What an agent remembers of having been let in. */
interface Remembered {
  /** How often it was let in. */
  readonly generation: number;
  /** What it asks with next; stays the same until that was answered, whatever restarts in between. */
  readonly nonce: string;
  readonly rights?: AgentRights;
  /** The broker's addresses, where the join token named them. */
  readonly urls?: readonly string[];
}

/**
 * The agent's membership of its installation, in a file (mode 600) that is on disk before anything is done by it. Of two agents that run
 * from copies of this file, the controllers notice the second one that comes back.
 */
export class Membership {
  readonly #file: string;
  #remembered: Remembered;

  private constructor(file: string, remembered: Remembered) {
    this.#file = file;
    this.#remembered = remembered;
  }

  /** Throws `invalid_configuration` when the file is damaged. */
  static open(file: string): Membership {
    const found = readIfThere(file);
    const membership = new Membership(file, found ?? { generation: 0, nonce: randomUUID() });
    // The nonce of the very first asking is kept too.
    if (!found) membership.#keep(membership.#remembered);
    return membership;
  }

  get generation(): number {
    return this.#remembered.generation;
  }

  get nonce(): string {
    return this.#remembered.nonce;
  }

  /** The broker's rights; undefined before the first time that it was let in. */
  get rights(): AgentRights | undefined {
    return this.#remembered.rights;
  }

  /** The broker's addresses that the join token named. */
  get urls(): readonly string[] | undefined {
    return this.#remembered.urls;
  }

  /** It is told where the broker is. */
  found(urls: readonly string[]): void {
    this.#keep({ ...this.#remembered, urls });
  }

  /** It was let in, and how often so far. */
  admitted(generation: number, { jwt, returnJwt }: AgentRights): void {
    this.#keep({ ...this.#remembered, generation, nonce: randomUUID(), rights: { jwt, returnJwt } });
  }

  /** Its rights were renewed. */
  renewed(rights: AgentRights): void {
    this.#keep({ ...this.#remembered, rights });
  }

  #keep(remembered: Remembered): void {
    replacePrivateFile(this.#file, `${JSON.stringify({ version: 1, ...remembered }, null, 2)}\n`);
    this.#remembered = remembered;
  }
}

function readIfThere(file: string): Remembered | undefined {
  const text = readPrivateFileIfThere(file);
  return text === undefined ? undefined : (parsed(text) ?? damaged(file));
}

function parsed(text: string): Remembered | undefined {
  try {
    const { version, generation, nonce, rights, urls } = JSON.parse(text) as Record<string, unknown>;
    if (version !== 1 || !Number.isSafeInteger(generation) || typeof nonce !== "string") return undefined;
    const known = { generation: generation as number, nonce, ...(Array.isArray(urls) && { urls: urls.map(String) }) };
    if (rights === undefined) return known;
    const { jwt, returnJwt } = rights as Record<string, unknown>;
    return typeof jwt === "string" && typeof returnJwt === "string" ? { ...known, rights: { jwt, returnJwt } } : undefined;
  } catch {
    // The parser's message would quote the file, which holds rights.
    return undefined;
  }
}

function damaged(file: string): never {
  const sentence = `${file} does not hold an agent's membership. Remove the whole data directory and join as a new agent.`;
  throw new LongarmError("invalid_configuration", sentence);
}
