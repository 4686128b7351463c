import { type Account, encodeAccount, encodeOperator, type OperatorLimits, type RevocationList } from "@nats-io/jwt";
import { fromPublic, type KeyPair } from "@nats-io/nkeys";

/** The broker's three accounts, by the names that operators see. */
export const accountNames = { system: "SYS", control: "CONTROL", field: "FIELD" } as const;
/** Which of them. */
export type AccountRole = keyof typeof accountNames;

/** What an account's JWT says. */
export interface AccountClaims {
  readonly role: AccountRole;
  readonly id: string;
  /** Public keys whose users are let in. */
  readonly signers: readonly string[];
  /** By public user key: JWTs made at or before that second are refused. */
  readonly revocations?: RevocationList;
}

const noLimit = -1;
// What a claim leaves out is nought to the broker, so that each limit stands here.
const plain: OperatorLimits = {
  ...{ subs: noLimit, data: noLimit, payload: noLimit, conn: noLimit },
  // Nothing crosses between the accounts, and no leaf node or bearer of a mere JWT comes in.
  ...{ imports: 0, exports: 0, wildcards: false, leaf: 0, disallow_bearer: true },
};
const streams: OperatorLimits = {
  ...{ mem_storage: noLimit, disk_storage: noLimit, streams: noLimit, consumer: noLimit },
  ...{ mem_max_stream_bytes: noLimit, disk_max_stream_bytes: noLimit, max_bytes_required: false, max_ack_pending: noLimit },
};

/** JetStream is for CONTROL alone. */
function limitsOf(role: AccountRole): OperatorLimits {
  return role === "control" ? { ...plain, ...streams } : plain;
}

/** The account's JWT, signed by a key of the operator. */
export function accountJwt({ role, id, signers, revocations }: AccountClaims, operator: KeyPair): Promise<string> {
  const account: Partial<Account> = { limits: limitsOf(role), signing_keys: [...signers], ...(revocations && { revocations }) };
  return encodeAccount(accountNames[role], fromPublic(id), account, { signer: operator });
}

/** The operator's own JWT, signed by its root key. */
export function operatorJwt(
  claims: { readonly signers: readonly string[]; readonly systemAccount: string },
  root: KeyPair,
): Promise<string> {
  return encodeOperator("longarm", root, { signing_keys: [...claims.signers], system_account: claims.systemAccount });
}
