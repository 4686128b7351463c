import { type EnrolmentLogin, Secret, writeEnrolmentToken } from "@longarm/shared";
import { encodeUser, type User } from "@nats-io/jwt";
import { createUser, fromPublic, fromSeed, type KeyPair } from "@nats-io/nkeys";
import { type AllowList, anyAgentInField } from "./permissions.ts";
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
}

/** How a user comes in: the JWT tells who it is, the seed proves it. */
export type BrokerLogin = EnrolmentLogin;

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
  const { name, key, allow, expiresAt, subscriptions = noLimit } = claims;
  const user: Partial<User> = {
    pub: { allow: [...allow.publish], deny: [] },
    sub: { allow: [...allow.subscribe], deny: [] },
    ...{ subs: subscriptions, data: noLimit, payload: noLimit, bearer_token: false },
    allowed_connection_types: ["STANDARD", "WEBSOCKET"],
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

/** The token that all agents of an installation share. */
export async function mintSharedToken(account: Pick<AccountKeys, "id" | "signing">): Promise<Secret> {
  const { jwt, seed } = await mintForThisProcess(account, "agents", anyAgentInField());
  return writeEnrolmentToken({ jwt, seed });
}
