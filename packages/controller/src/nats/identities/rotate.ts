import { LongarmError, type Secret } from "@longarm/shared";
import { createAccount, createOperator, type KeyPair } from "@nats-io/nkeys";
import { type AccountKeys, type BrokerKeys, seedOf } from "./broker-keys.ts";
import { accountJwt, type AccountRole, operatorJwt } from "./claims.ts";
import { pairOf } from "./mint.ts";

/** How keys are replaced. */
export interface Rotation {
  /** The operator's root seed: with it the operator's signing key is replaced too. */
  readonly root?: Secret;
  /** Lets nobody in any more who was let in by the keys before. Else they hold until the next rotation. */
  readonly dropOld: boolean;
}

/** New signing keys for the three accounts, and with the root for the operator. The accounts' ids stay, and all that is stored with them. */
export async function rotateBrokerKeys(keys: BrokerKeys, { root, dropOld }: Rotation): Promise<BrokerKeys> {
  const { operator, signer } = await nextOperator(keys, { dropOld, ...(root && { root }) });
  const next = async (role: AccountRole): Promise<AccountKeys> => {
    const before = keys.accounts[role];
    const users = createAccount();
    const retired = dropOld ? [] : [pairOf(before.signing).getPublicKey()];
    const jwt = await accountJwt({ role, id: before.id, signers: [users.getPublicKey(), ...retired] }, signer);
    return { id: before.id, jwt, signing: seedOf(users), retired };
  };
  const accounts = { system: await next("system"), control: await next("control"), field: await next("field") };
  return { operator, accounts };
}

async function nextOperator(
  { operator, accounts }: BrokerKeys,
  { root, dropOld }: Rotation,
): Promise<{ readonly operator: BrokerKeys["operator"]; readonly signer: KeyPair }> {
  if (!root) return { operator, signer: pairOf(operator.signing) };
  const rootPair = pairOf(root);
  if (rootPair.getPublicKey() !== operator.id)
    throw new LongarmError("invalid_configuration", "This root key is another operator's than the one that the broker keys belong to.");
  const signer = createOperator();
  const retired = dropOld ? [] : [pairOf(operator.signing).getPublicKey()];
  const jwt = await operatorJwt({ signers: [signer.getPublicKey(), ...retired], systemAccount: accounts.system.id }, rootPair);
  return { operator: { id: operator.id, jwt, signing: seedOf(signer), retired }, signer };
}
