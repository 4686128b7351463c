import { LongarmError } from "@longarm/shared";
import { durationString, secretString } from "@longarm/shared/config";
import { expectsKeyword } from "@longarm/shared/schema";
import Type, { type Static } from "typebox";

const name = "^[A-Za-z0-9_-]{1,128}$";

const source = Type.String({
  pattern: "^(env:[A-Za-z_][A-Za-z0-9_]*|file:/.+|exec:[A-Za-z0-9_-]+|vault:[A-Za-z0-9_-]+)$",
  [expectsKeyword]: "env:NAME, file:/an/absolute/path, exec:HELPER or vault:SECRET",
});

const credential = Type.Object({
  /** Where the secret may go: exactly these origins. */
  origins: Type.Array(Type.String({ pattern: "^https?://[^/?#@]+$", [expectsKeyword]: "an origin such as https://acme.okta.com" }), {
    minItems: 1,
  }),
  /** An SSWS token's source. */
  token: Type.Optional(source),
  /** A service app, and its private key's source (PEM or JWK). */
  clientId: Type.Optional(Type.String({ minLength: 1 })),
  privateKey: Type.Optional(source),
  keyId: Type.Optional(Type.String({ minLength: 1 })),
  scopes: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
  tokenPath: Type.Optional(Type.String({ pattern: "^/[!-~]*$", [expectsKeyword]: "a path that begins with /" })),
  /** How long what was read is kept in memory. */
  ttl: durationString({ default: "5m" }),
});

const helper = Type.Object({
  /** The program and its arguments; no shell reads them. It writes the secret to standard output. */
  command: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  timeout: durationString({ default: "10s" }),
});

const vault = Type.Object({
  address: Type.String({ pattern: "^https?://[^?#]+$", [expectsKeyword]: "an address such as https://vault.example.com:8200" }),
  namespace: Type.Optional(Type.String({ minLength: 1 })),
  caFile: Type.Optional(Type.String({ minLength: 1 })),
  timeout: durationString({ default: "5s" }),
  /** One of the three says who asks; the file is read at each login, as one that a Vault agent renews. */
  token: Type.Optional(secretString()),
  tokenFile: Type.Optional(Type.String({ minLength: 1 })),
  appRole: Type.Optional(
    Type.Object({ roleId: Type.String({ minLength: 1 }), secretId: secretString(), mount: Type.String({ default: "approle" }) }),
  ),
  /** Values of its key-value store, version 2, by the name that `vault:` uses. */
  secrets: Type.Record(
    Type.String({ pattern: name }),
    Type.Object({
      mount: Type.String({ minLength: 1, default: "secret" }),
      path: Type.String({ minLength: 1 }),
      field: Type.String({ minLength: 1 }),
    }),
    { default: {} },
  ),
});

/** The members of an agent's configuration that define its site's credentials. */
export const credentialMembers = {
  credentials: Type.Record(Type.String({ pattern: name }), credential, { default: {} }),
  helpers: Type.Record(Type.String({ pattern: name }), helper, { default: {} }),
  vault: Type.Optional(vault),
} as const;

const settings = Type.Object(credentialMembers);
/** What a site says of its credentials. */
export type CredentialSettings = Static<typeof settings>;
/** One credential of a site. */
export type SiteCredential = CredentialSettings["credentials"][string];
/** A program that gives a secret. */
export type HelperSettings = Static<typeof helper>;
/** A Vault server, and which of its values are used. */
export type VaultSettings = Static<typeof vault>;

function* faultsOf(id: string, { token, clientId, privateKey, keyId, scopes, tokenPath }: SiteCredential): Generator<string> {
  const isApp = clientId !== undefined || privateKey !== undefined;
  if (isApp === (token !== undefined)) yield `credentials.${id} needs either \`token\`, or \`clientId\` and \`privateKey\``;
  else if (isApp && (clientId === undefined || privateKey === undefined))
    yield `credentials.${id} needs both \`clientId\` and \`privateKey\``;
  if (!isApp && (keyId ?? scopes ?? tokenPath) !== undefined)
    yield `credentials.${id}: \`keyId\`, \`scopes\` and \`tokenPath\` belong to a service app`;
}

function* danglingOf(id: string, { token, privateKey }: SiteCredential, { helpers, vault: server }: CredentialSettings): Generator<string> {
  const [kind, of = ""] = (token ?? privateKey ?? "").split(":", 2);
  if (kind === "exec" && !Object.hasOwn(helpers, of)) yield `credentials.${id} names the helper "${of}", which \`helpers\` does not hold`;
  if (kind === "vault" && !Object.hasOwn(server?.secrets ?? {}, of))
    yield `credentials.${id} names the Vault secret "${of}", which \`vault.secrets\` does not hold`;
}

function* vaultFaults({ vault: server }: CredentialSettings): Generator<string> {
  if (!server) return;
  const ways = [server.token, server.tokenFile, server.appRole].filter((way) => way !== undefined);
  if (ways.length !== 1) yield "vault needs exactly one of `token`, `tokenFile` and `appRole`";
}

/** Throws `invalid_configuration` with everything about the credentials that the schema cannot tell. */
export function checkCredentialSettings(of: CredentialSettings): void {
  const each = Object.entries(of.credentials).flatMap(([id, one]) => [...faultsOf(id, one), ...danglingOf(id, one, of)]);
  const faults = [...each, ...vaultFaults(of)];
  if (faults.length > 0) throw new LongarmError("invalid_configuration", `${faults.join("; ")}.`, { details: { faults } });
}
