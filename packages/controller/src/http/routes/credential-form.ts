import { LongarmError, Secret, secretKeyword } from "@longarm/shared";
import { readClientKey } from "@longarm/shared/rest";
import { expectsKeyword, type PlacedFault } from "@longarm/shared/schema";
import { Type, type Static } from "typebox";
import type { Revised } from "../../ports/connection-store.ts";
import type { Credential } from "../../ports/credential-store.ts";
import { invalidRequest } from "../invalid-request.ts";
import { toRfc3339 } from "../moments.ts";
import { closed, definitionName, revisionMembers } from "../schemas.ts";

const schemes = ["ssws", "oauth", "reference"] as const;
const word = { pattern: "^[!-~]+$", [expectsKeyword]: "visible ASCII characters without spaces" };
const secret = { writeOnly: true, [secretKeyword]: true };

/** A credential as it is shown: without token and key. */
export const CredentialSchema = Type.Object(
  {
    name: definitionName,
    scheme: Type.Enum([...schemes]),
    reference: Type.Optional(Type.String({ description: "Its name in the configuration of the site's agents." })),
    clientId: Type.Optional(Type.String()),
    keyId: Type.Optional(Type.String()),
    scopes: Type.Optional(Type.Array(Type.String())),
    tokenPath: Type.Optional(Type.String()),
    ...revisionMembers,
  },
  { $id: "Credential" },
);

/** A credential as people write it: with `ssws` a token, with `oauth` a client and its key, with `reference` its name at the agents' site. */
export const CredentialForm = closed(
  {
    scheme: Type.Enum([...schemes]),
    token: Type.Optional(Type.String({ minLength: 1, maxLength: 4_096, ...word, ...secret, description: "With `ssws`: the API token." })),
    reference: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9_-]{1,128}$",
        [expectsKeyword]: 'a name of letters, digits, "_" and "-"',
        description: "With `reference`: the name under which the site's own agents define it. Token and key stay there.",
      }),
    ),
    clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, ...word, description: "With `oauth`: the service app." })),
    privateKey: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 16_384,
        ...secret,
        description: "With `oauth`: its private key, as PEM or as the text of a JWK.",
      }),
    ),
    keyId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, ...word, description: "With `oauth`: the key's `kid`; a JWK may name its own." }),
    ),
    scopes: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200, ...word }), {
        minItems: 1,
        maxItems: 100,
        description:
          "With `oauth`, and for a service app behind a reference: the scopes to ask for; all that the actions name, unless told.",
      }),
    ),
    tokenPath: Type.Optional(
      Type.String({
        pattern: "^/[!-~]*$",
        maxLength: 500,
        [expectsKeyword]: "a path that begins with /",
        description:
          "With `oauth` and `reference`: the token endpoint under the connection's base URL; the target's usual one, unless told.",
      }),
    ),
  },
  {
    examples: [
      { scheme: "ssws", token: "00abc-the-token-from-okta" },
      { scheme: "reference", reference: "okta-prod" },
      { scheme: "oauth", clientId: "0oa1example", privateKey: "-----BEGIN PRIVATE KEY-----…", scopes: ["okta.users.manage"] },
    ],
  },
);

type Form = Static<typeof CredentialForm>;
type Member = Exclude<keyof Form, "scheme">;

const membersOf: Readonly<Record<Form["scheme"], { readonly needed: readonly Member[]; readonly allowed: readonly Member[] }>> = {
  ssws: { needed: ["token"], allowed: ["token"] },
  reference: { needed: ["reference"], allowed: ["reference", "scopes", "tokenPath"] },
  oauth: { needed: ["clientId", "privateKey"], allowed: ["clientId", "privateKey", "keyId", "scopes", "tokenPath"] },
};

function misplaced(form: Form): readonly PlacedFault[] {
  const { needed, allowed } = membersOf[form.scheme];
  const missing = needed.filter((name) => form[name] === undefined);
  const strange = Object.keys(form).filter((name) => name !== "scheme" && !allowed.some((known) => known === name));
  return [
    ...missing.map((name): PlacedFault => ({ in: "body", pointer: `/${name}`, problem: `is missing; the scheme ${form.scheme} needs it` })),
    ...strange.map((name): PlacedFault => ({ in: "body", pointer: `/${name}`, problem: `does not belong to the scheme ${form.scheme}` })),
  ];
}

function checkKey(text: string): void {
  try {
    readClientKey(text);
  } catch (reason) {
    const problem = LongarmError.from(reason)
      .message.replace(/^The private key /, "")
      .replace(/\.$/, "");
    throw invalidRequest([{ in: "body", pointer: "/privateKey", problem }]);
  }
}

/** What a credential has where the form says nothing. */
export interface CredentialDefaults {
  readonly scopes: readonly string[];
  readonly tokenPath: string;
}

/** Reads a form; a member that is missing, belongs to the other scheme, or is no key throws `invalid_request` with every fault. */
export function readCredential(name: string, form: Form, defaults: CredentialDefaults): Credential {
  const faults = misplaced(form);
  if (faults.length > 0) throw invalidRequest(faults);
  const { token = "", clientId = "", privateKey = "", keyId, scopes = defaults.scopes, tokenPath = defaults.tokenPath } = form;
  if (form.scheme === "ssws") return { name, scheme: "ssws", token: new Secret(token) };
  if (form.scheme === "reference") return { name, scheme: "reference", reference: { name: form.reference ?? "", scopes, tokenPath } };
  checkKey(privateKey);
  const client = { clientId, privateKey: new Secret(privateKey), scopes, tokenPath, ...(keyId !== undefined && { keyId }) };
  return { name, scheme: "oauth", client };
}

/** A credential as it is shown. */
export function viewCredential({ value, revision, updatedAt }: Revised<Credential>): Record<string, unknown> {
  const common = { name: value.name, scheme: value.scheme, revision, updatedAt: toRfc3339(updatedAt) };
  if (value.scheme === "ssws") return common;
  if (value.scheme === "reference") {
    const { name: reference, scopes, tokenPath } = value.reference;
    return { ...common, reference, scopes, tokenPath };
  }
  const { clientId, keyId, scopes, tokenPath } = value.client;
  return { ...common, clientId, ...(keyId !== undefined && { keyId }), scopes, tokenPath };
}
