import { LongarmError, Secret } from "@longarm/shared";
import { createPrivateFile, newSeed, readPrivateFileIfThere, SealingKey, SigningKey } from "@longarm/shared/seal";
import type { AgentKeys } from "@longarm/shared/wire";

/** The agent's own keys. Their private halves stay on this machine. */
export interface AgentKeyRing {
  /** ed25519: who the agent is for the broker. */
  readonly identity: SigningKey;
  /** The private half of `identity`, 32 bytes: the broker's client makes its own key of it. */
  readonly identitySeed: Secret<Uint8Array>;
  /** ed25519: signs what the agent tells. */
  readonly signing: SigningKey;
  /** x25519: opens what is meant for this agent alone. */
  readonly sealing: SealingKey;
  readonly public: AgentKeys;
}

interface Seeds {
  readonly identity: Uint8Array;
  readonly signing: Uint8Array;
  readonly sealing: Uint8Array;
}

const names = ["identity", "signing", "sealing"] as const;

/**
 * The keys in `file` (mode 600), made when the file is absent. Throws `invalid_configuration` when it is damaged or others may read it.
 */
export function openAgentKeys(file: string): AgentKeyRing {
  return agentKeysFrom(readSeeds(file) ?? makeSeeds(file));
}

/** Fresh keys that live in memory only, for tests and tools. */
export function newAgentKeys(): AgentKeyRing {
  return agentKeysFrom(newSeeds());
}

function agentKeysFrom(seeds: Seeds): AgentKeyRing {
  const [identity, signing, sealing] = [new SigningKey(seeds.identity), new SigningKey(seeds.signing), new SealingKey(seeds.sealing)];
  const halves = { identity: identity.public.raw, signing: signing.public.raw, sealing: sealing.public.raw };
  return { identity, identitySeed: new Secret(seeds.identity), signing, sealing, public: halves };
}

function newSeeds(): Seeds {
  return { identity: newSeed(), signing: newSeed(), sealing: newSeed() };
}

function makeSeeds(file: string): Seeds {
  const seeds = newSeeds();
  const written = Object.fromEntries(names.map((name) => [name, Buffer.from(seeds[name]).toString("base64")]));
  createPrivateFile(file, `${JSON.stringify({ version: 1, ...written }, null, 2)}\n`);
  return seeds;
}

function readSeeds(file: string): Seeds | undefined {
  const text = readPrivateFileIfThere(file);
  if (text === undefined) return undefined;
  try {
    const stored = JSON.parse(text) as { readonly version?: unknown } & Readonly<Record<string, unknown>>;
    const [identity, signing, sealing] = names.map((name) => Buffer.from(String(stored[name]), "base64"));
    const isWhole = [identity, signing, sealing].every((seed) => seed?.length === 32);
    if (stored.version === 1 && isWhole) return { identity, signing, sealing } as Seeds;
  } catch {
    // The parser's message would quote the file, which is a secret.
  }
  const sentence = `${file} does not hold an agent's keys. Restore it from a copy, or remove the whole data directory to become a new agent.`;
  throw new LongarmError("invalid_configuration", sentence);
}
