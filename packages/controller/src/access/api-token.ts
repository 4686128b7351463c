import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { Secret } from "@longarm/shared";

/*
 * lak_<id>_<secret>: the id (16 hex digits) is no secret and finds the key; the secret is 256 random bits, base64url. All of it
 * is hashed.
 */
const form = /^lak_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** A fresh token. Its hash is what is stored; the token is shown once. */
export function newApiToken(): Secret {
  return new Secret(`lak_${randomBytes(8).toString("hex")}_${randomBytes(32).toString("base64url")}`);
}

/** The id of the key that a token belongs to; undefined for a text that is no token. */
export function idOfToken(token: string): string | undefined {
  return form.exec(token)?.[1];
}

/** SHA-256, base64url. */
export function hashToken(token: string): string {
  return hash("sha256", token, "base64url");
}

/** Is `token` the one that was hashed? Takes the same time whether it is or not. */
export function matchesHash(token: string, tokenHash: string): boolean {
  const [actual, expected] = [Buffer.from(hashToken(token)), Buffer.from(tokenHash)];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
