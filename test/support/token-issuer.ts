import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type CryptoKey, type JWTPayload, SignJWT } from "jose";

/** An OpenID Connect issuer on loopback: its description, its keys, and tokens of its making. */
export interface LocalIssuer {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly asked: { keys: number };
  /** What it does when it is asked: a status other than 200 is an answer without keys. */
  readonly mood: { status: number; issuer?: string; padding: number };
  /** Signs with a new key from now on; it publishes the former ones too, unless it forgets them. */
  rotate(options?: { readonly forget?: boolean }): Promise<void>;
  /** A token of the current key; members of `over` that are undefined are left out. */
  sign(over?: JWTPayload, header?: { readonly kid?: string; readonly key?: CryptoKey; readonly alg?: string }): Promise<string>;
}

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
}

async function newKey(n: number): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const kid = `key-${n}`;
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } };
}

/** Runs `body` with an issuer that listens. */
export async function withIssuer(body: (issuer: LocalIssuer) => Promise<void>): Promise<void> {
  let keys = [await newKey(1)];
  let made = 1;
  const asked = { keys: 0 };
  const mood: LocalIssuer["mood"] = { status: 200, padding: 0 };
  const server = createServer((request, response) => {
    const isKeys = request.url === "/keys";
    if (isKeys) asked.keys += 1;
    const document = isKeys ? { keys: keys.map(({ jwk }) => jwk) } : { issuer: mood.issuer ?? url, jwks_uri: `${url}/keys` };
    response.writeHead(mood.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...document, padding: " ".repeat(mood.padding) }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign: LocalIssuer["sign"] = (over = {}, header = {}) => {
    const [key] = keys;
    if (!key) throw new Error("The issuer has no key.");
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const payload = { iss: url, aud: "api://longarm", sub: "ada@example.com", iat: nowSeconds, exp: nowSeconds + 300, ...over };
    return new SignJWT(JSON.parse(JSON.stringify(payload)) as JWTPayload)
      .setProtectedHeader({ alg: header.alg ?? "ES256", kid: header.kid ?? key.kid })
      .sign(header.key ?? key.privateKey);
  };
  const rotate: LocalIssuer["rotate"] = async ({ forget = false } = {}) => {
    made += 1;
    keys = [await newKey(made), ...(forget ? [] : keys)];
  };
  try {
    await body({ url, asked, mood, rotate, sign });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
