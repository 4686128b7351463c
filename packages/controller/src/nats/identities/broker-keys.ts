import { existsSync } from "node:fs";
import { LongarmError, Secret } from "@longarm/shared";
import { createPrivateFile, readPrivateFile } from "@longarm/shared/seal";
import { createAccount, createOperator, type KeyPair } from "@nats-io/nkeys";
import { accountJwt, type AccountRole, operatorJwt } from "./claims.ts";

/** One account: its public id, the JWT that the broker starts with, and the key that makes its users. */
export interface AccountKeys {
  readonly id: string;
  readonly jwt: string;
  readonly signing: Secret;
  /** Public halves of keys that no longer sign, and whose users are still let in. */
  readonly retired: readonly string[];
}

/**
 * What all controllers of an installation share, so that each may make users of the broker's accounts and take them away again. The
 * accounts' own private keys are thrown away as they are made: the operator's keys stand above them.
 */
export interface BrokerKeys {
  readonly operator: { readonly id: string; readonly jwt: string; readonly signing: Secret; readonly retired: readonly string[] };
  readonly accounts: Readonly<Record<AccountRole, AccountKeys>>;
}

/** A fresh installation's keys, and the operator's root seed, which is needed again only to replace the operator's signing key. */
export interface MadeBrokerKeys {
  readonly keys: BrokerKeys;
  readonly root: Secret;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** The seed of a key pair. */
export const seedOf = (pair: KeyPair): Secret => new Secret(textOf(pair.getSeed()));

/** Makes the keys of a new installation. */
export async function makeBrokerKeys(): Promise<MadeBrokerKeys> {
  const root = createOperator();
  const signing = createOperator();
  const ids = { system: createAccount(), control: createAccount(), field: createAccount() };
  const account = async (role: AccountRole): Promise<AccountKeys> => {
    const id = ids[role].getPublicKey();
    const users = createAccount();
    const signers = [users.getPublicKey()];
    return { id, jwt: await accountJwt({ role, id, signers }, signing), signing: seedOf(users), retired: [] };
  };
  const accounts = { system: await account("system"), control: await account("control"), field: await account("field") };
  const jwt = await operatorJwt({ signers: [signing.getPublicKey()], systemAccount: accounts.system.id }, root);
  const operator = { id: root.getPublicKey(), jwt, signing: seedOf(signing), retired: [] };
  return { keys: { operator, accounts }, root: seedOf(root) };
}

interface StoredSigner {
  readonly id: string;
  readonly jwt: string;
  readonly signing: string;
  readonly retired: readonly string[];
}

interface StoredKeys {
  readonly version: 1;
  readonly operator: StoredSigner;
  readonly accounts: Readonly<Record<AccountRole, StoredSigner>>;
}

/** The text of a keys file. */
export function writeBrokerKeys({ operator, accounts }: BrokerKeys): string {
  const stored = ({ id, jwt, signing, retired }: AccountKeys): StoredSigner => ({ id, jwt, signing: signing.reveal(), retired });
  const { system, control, field } = accounts;
  const content: StoredKeys = {
    version: 1,
    operator: stored(operator),
    accounts: { system: stored(system), control: stored(control), field: stored(field) },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function isSigner(value: unknown): value is StoredSigner {
  const { id, jwt, signing, retired } = (value ?? {}) as Partial<StoredSigner>;
  return typeof id === "string" && typeof jwt === "string" && typeof signing === "string" && Array.isArray(retired);
}

function isStoredKeys(value: unknown): value is StoredKeys {
  const { version, operator, accounts } = (value ?? {}) as Partial<StoredKeys>;
  return version === 1 && [operator, accounts?.system, accounts?.control, accounts?.field].every(isSigner);
}

function parse(file: string, text: string): StoredKeys {
  try {
    const value: unknown = JSON.parse(text);
    if (isStoredKeys(value)) return value;
  } catch {
    // The parser's own message would quote the file, which is a secret.
  }
  throw new LongarmError("key_ring_missing", `${file} holds no broker keys of version 1: restore it from a copy.`);
}

/**
 * The broker keys that `file` holds. Throws `key_ring_missing` when it is absent or damaged, `invalid_configuration` when others than its
 * owner can read it.
 */
export function loadBrokerKeys(file: string): BrokerKeys {
  if (!existsSync(file)) {
    throw new LongarmError(
      "key_ring_missing",
      `There are no broker keys at ${file}: copy them there from another controller or from a backup.`,
    );
  }
  const { operator, accounts } = parse(file, readPrivateFile(file));
  const read = ({ id, jwt, signing, retired }: StoredSigner): AccountKeys => ({ id, jwt, signing: new Secret(signing), retired });
  const { system, control, field } = accounts;
  return {
    operator: read(operator),
    accounts: { system: read(system), control: read(control), field: read(field) },
  };
}

/** The keys in `file`, made there (mode 600) at the first start; the operator's root seed goes to `rootFile`, which may be taken away. */
export async function ensureBrokerKeys(file: string, rootFile: string): Promise<BrokerKeys> {
  if (existsSync(file)) return loadBrokerKeys(file);
  const { keys, root } = await makeBrokerKeys();
  createPrivateFile(rootFile, `${root.reveal()}\n`);
  createPrivateFile(file, writeBrokerKeys(keys));
  return keys;
}
