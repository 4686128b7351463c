import { Secret } from "@longarm/shared";
import { encodeUser, type User } from "@nats-io/jwt";
import { createUser, fromPublic, fromSeed, type KeyPair } from "@nats-io/nkeys";
import type { AllowList } from "./permissions.ts";
import type { AccountKeys } from "./broker-keys.ts";

/** A user that is to be made. */
export interface UserClaims {
  readonly name: string;
  /** The public half of the key that the user will prove itself with (`U…`). */
  readonly key: string;
  readonly allow: AllowList;
  /** Wall clock, whole seconds. Absent: for as long as its account's signing key lasts. */
  readonly expiresAt?: number;
  /** Most subscriptions at once. */
  readonly subscriptions?: number;
  /** Networks (CIDR) that it must connect from; absent or empty: any. */
  readonly sources?: readonly string[];
}

/** How a user comes in: the JWT tells who it is, the seed proves it. */
export interface BrokerLogin {
  readonly jwt: string;
  readonly seed: Secret;
}

const noLimit = -1;

/** The key pair of a seed that is kept as text. */
export function pairOf(seed: Secret): KeyPair {
  return fromSeed(new TextEncoder().encode(seed.reveal()));
}

/** Is this the public half of a user's key? */
export function isUserKey(text: string): boolean {
  try {
    return /^U[A-Z2-7]{55}$/.test(text) && fromPublic(text).getPublicKey() === text;
  } catch {
    return false;
  }
}

/** A user JWT, signed by the account's signing key. */
export function mintUser(account: Pick<AccountKeys, "id" | "signing">, claims: UserClaims): Promise<string> {
  const { name, key, allow, expiresAt, subscriptions = noLimit, sources = [] } = claims;
  const user: Partial<User> = {
    pub: { allow: [...allow.publish], deny: [] },
    sub: { allow: [...allow.subscribe], deny: [] },
    ...{ subs: subscriptions, data: noLimit, payload: noLimit, bearer_token: false },
    allowed_connection_types: ["STANDARD", "WEBSOCKET"],
    ...(sources.length > 0 && { src: [...sources] }),
  };
  const options = { signer: pairOf(account.signing), ...(expiresAt !== undefined && { exp: expiresAt }) };
  return encodeUser(name, fromPublic(key), fromPublic(account.id), user, options);
}

/**
 * A user for this process alone: its key is in no file and ends with the process, so that its JWT is of no use to anybody else and
 * needs no end of its own.
 */
export async function mintForThisProcess(
  account: Pick<AccountKeys, "id" | "signing">,
  name: string,
  allow: AllowList,
): Promise<BrokerLogin> {
  const pair = createUser();
  const seed = new Secret(new TextDecoder().decode(pair.getSeed()));
  return { jwt: await mintUser(account, { name, key: pair.getPublicKey(), allow }), seed };
}
