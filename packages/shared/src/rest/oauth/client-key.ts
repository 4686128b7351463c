import { createPrivateKey, type KeyObject } from "node:crypto";
import { LongarmError } from "../../errors.ts";

/** A private key that a client proves its identity with. */
export interface ClientKey {
  readonly key: KeyObject;
  /** The JWS algorithm that it signs with: `RS256` for RSA, `ES256` for P-256, unless a JWK names another of its family. */
  readonly algorithm: string;
  /** The `kid` of a JWK. */
  readonly keyId: string | undefined;
}

/** The signatures that Okta accepts from a service app. */
const byCurve: Readonly<Record<string, string>> = { prime256v1: "ES256", secp384r1: "ES384", secp521r1: "ES512" };
const rsaAlgorithms: ReadonlySet<string> = new Set(["RS256", "RS384", "RS512"]);
const minRsaBits = 2_048;

function refuse(what: string): never {
  throw new LongarmError(
    "invalid_request",
    `The private key ${what}; give an RSA key of ${minRsaBits} bits or more, or an EC key on P-256, P-384 or P-521, as PEM or as a JWK.`,
    { details: { member: "privateKey" } },
  );
}

function refuseKind(what: string): never {
  throw new LongarmError("invalid_request", `The private key ${what}.`, { details: { member: "privateKey" } });
}

const publicPem = /^-----BEGIN (?:(?:RSA |EC )?PUBLIC KEY|CERTIFICATE)-----/m;
const encryptedPem = /^(?:-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: *4, *ENCRYPTED)/m;

/** What can be told of a key that cannot be imported, without repeating it. */
function refuseUnreadable(text: string, jwk: Jwk | undefined): never {
  if (jwk ? typeof jwk["kty"] === "string" && jwk["kty"] !== "oct" && jwk["d"] === undefined : publicPem.test(text))
    return refuseKind("is in truth a public key; give the private one that belongs to it");
  if (!jwk && encryptedPem.test(text)) return refuseKind("is encrypted; give it decrypted, as `openssl pkey -in KEY.pem` prints it");
  return refuse(jwk ? "is no private JWK" : "cannot be read as PEM");
}

type Jwk = Readonly<Record<string, unknown>>;

function parseJwk(text: string): Jwk | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Jwk;
  } catch {
    return refuse("begins like a JWK but is not JSON");
  }
}

function importKey(text: string, jwk: Jwk | undefined): KeyObject {
  try {
    return jwk ? createPrivateKey({ key: jwk, format: "jwk" }) : createPrivateKey(text);
  } catch {
    // The parser's error could hold a part of the key.
    return refuseUnreadable(text, jwk);
  }
}

function textMember(jwk: Jwk | undefined, name: string): string | undefined {
  const value = jwk?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function algorithmOf(key: KeyObject, wanted: string | undefined): string {
  const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa") {
    if (modulusLength < minRsaBits) refuse(`has only ${modulusLength} bits`);
    if (wanted === undefined || rsaAlgorithms.has(wanted)) return wanted ?? "RS256";
    return refuse(`names the algorithm "${wanted}"`);
  }
  const own = byCurve[namedCurve];
  if (key.asymmetricKeyType !== "ec" || own === undefined) return refuse(`is of the kind ${key.asymmetricKeyType} ${namedCurve}`.trimEnd());
  if (wanted !== undefined && wanted !== own) refuse(`names the algorithm "${wanted}", but its curve signs with ${own}`);
  return own;
}

/** Reads a private key from PEM (PKCS#8, PKCS#1, SEC 1) or a JWK; what is none throws `invalid_request` and repeats nothing of it. */
export function readClientKey(text: string): ClientKey {
  const trimmed = text.trim();
  if (trimmed === "") refuse("is empty");
  const jwk = parseJwk(trimmed);
  const key = importKey(trimmed, jwk);
  return { key, algorithm: algorithmOf(key, textMember(jwk, "alg")), keyId: textMember(jwk, "kid") };
}
