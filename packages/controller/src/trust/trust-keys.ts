import { keyFingerprint, newSeed, SealingKey, SigningKey, TurnSigner } from "@longarm/shared/seal";
import { encodeInstallationKeys } from "@longarm/shared/wire";
import type { InstallationTrust } from "../ports/installation-trust.ts";

/** The private halves of an installation's keys: 32 bytes each. Of a list the first one is in use, the others were before. */
export interface TrustSeeds {
  readonly serial: number;
  readonly root: Uint8Array;
  readonly signing: readonly Uint8Array[];
  readonly sealing: readonly Uint8Array[];
}

/** How many keys are kept that were in use before; what they signed still counts. */
const retiredKept = 3;

/** Fresh keys of an installation. */
export function newTrustSeeds(): TrustSeeds {
  return { serial: 1, root: newSeed(), signing: [newSeed()], sealing: [newSeed()] };
}

/** The same installation with fresh keys in use; those before them are retired, and the oldest of them dropped. The root stays. */
export function rotated({ serial, root, signing, sealing }: TrustSeeds): TrustSeeds {
  const next = (keys: readonly Uint8Array[]): readonly Uint8Array[] => [newSeed(), ...keys.slice(0, retiredKept)];
  return { serial: serial + 1, root, signing: next(signing), sealing: next(sealing) };
}

/** The same installation without its retired keys: what they signed counts no longer. */
export function withoutRetired({ serial, root, signing, sealing }: TrustSeeds): TrustSeeds {
  return { serial: serial + 1, root, signing: signing.slice(0, 1), sealing: sealing.slice(0, 1) };
}

/** Trust whose keys are all in this process. */
export function embeddedTrust(seeds: TrustSeeds): InstallationTrust {
  const root = new SigningKey(seeds.root);
  const signing = seeds.signing.map((seed) => new SigningKey(seed));
  const sealing = seeds.sealing.map((seed) => new SealingKey(seed));
  const keys = encodeInstallationKeys({
    root: root.public.raw,
    serial: seeds.serial,
    signing: signing.map((key) => key.public.raw),
    sealing: sealing.map((key) => key.public.raw),
  });
  const active = signing[0] as SigningKey;
  const calls = new TurnSigner((messages) => active.signAll("call", messages));
  const byId = new Map(sealing.map((key) => [key.id, key]));
  return {
    kind: "embedded",
    announced: { keys, signature: root.sign("installation", keys) },
    fingerprint: keyFingerprint(root.public.raw),
    signer: {
      keyId: active.id,
      sign: (purpose, message) => (purpose === "call" ? calls.sign(message) : active.sign(purpose, message)),
    },
    sealing: (id) => (id === undefined ? sealing[0] : byId.get(id)),
  };
}
