import { LongarmError } from "./errors.ts";
import type { AgentId } from "./ids.ts";
import { Secret } from "./secret.ts";

/** What an agent is handed to ask for enrolment with: one text, which is a secret. */
export interface JoinTicket {
  /** Of the join token. */
  readonly id: string;
  readonly secret: Secret;
  /** `once`: it lets in; `ask`: an administrator decides. */
  readonly kind: "once" | "ask";
  /** Unix milliseconds on the controller's clock. */
  readonly expiresAt: number;
  /** The broker's addresses. */
  readonly urls: readonly string[];
  /** The right to ask at the broker, and to nothing else: a user JWT and the seed of its key. */
  readonly broker: { readonly jwt: Secret; readonly seed: Secret };
  /** The installation's public keys, and their root key's signature over them. */
  readonly installation: { readonly keys: Uint8Array; readonly signature: Uint8Array };
}

/** The ticket that an agent comes back with, as it stands in a subject. */
export function returnTicketOf(agent: AgentId): string {
  return `rt_${agent.slice(agent.indexOf("_") + 1)}`;
}

const mark = "ljt1_";

/** The ticket as one word. */
export function writeJoinTicket({ id, secret, kind, expiresAt, urls, broker, installation }: JoinTicket): Secret {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  const members = {
    ...{ id, kind, urls, secret: secret.reveal(), exp: expiresAt, jwt: broker.jwt.reveal(), seed: broker.seed.reveal() },
    ...{ keys: base64(installation.keys), sig: base64(installation.signature) },
  };
  return new Secret(mark + Buffer.from(JSON.stringify(members)).toString("base64url"));
}

/** Reads what `writeJoinTicket` wrote. Throws `invalid_configuration`, which does not quote the text. */
export function readJoinTicket(text: string): JoinTicket {
  const read = members(text.trim());
  const at = (name: string): string => {
    const value = read[name];
    return typeof value === "string" && value !== "" ? value : damaged();
  };
  const { kind, exp, urls } = read;
  if ((kind !== "once" && kind !== "ask") || typeof exp !== "number" || !isTexts(urls)) return damaged();
  return {
    ...{ id: at("id"), kind, expiresAt: exp, urls, secret: new Secret(at("secret")) },
    broker: { jwt: new Secret(at("jwt")), seed: new Secret(at("seed")) },
    installation: { keys: Buffer.from(at("keys"), "base64url"), signature: Buffer.from(at("sig"), "base64url") },
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
}

function members(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith(mark)) return damaged();
  try {
    const value: unknown = JSON.parse(Buffer.from(text.slice(mark.length), "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : damaged();
  } catch {
    // The parser's message would quote the token.
    return damaged();
  }
}

function damaged(): never {
  const sentence =
    'This is no join token, or not all of one: it begins with "ljt1_" and is one long word. Copy it again, or make a new one.';
  throw new LongarmError("invalid_configuration", sentence);
}
