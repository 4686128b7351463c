import { generateKeyPairSync } from "node:crypto";
import { Secret } from "@longarm/shared";
import type { Auth } from "@longarm/shared/rest";
import type { Credential } from "../../packages/controller/src/ports/credential-store.ts";
import type { SandboxOrg } from "./sandbox.ts";

/** The API token of a stored credential; undefined when there is none. */
export function tokenOf(found: { readonly value: Credential } | undefined): string | undefined {
  return found?.value.scheme === "ssws" ? found.value.token.reveal() : undefined;
}

/** A private key in each form that an administrator may have it in. */
export const keyForms = {
  "an RSA key as PEM": () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    return { privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), publicKey: publicKey.export({ format: "jwk" }) };
  },
  "an RSA key as a JWK": () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    return { privateKey: JSON.stringify(privateKey.export({ format: "jwk" })), publicKey: publicKey.export({ format: "jwk" }) };
  },
  "an EC key as PEM": () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return { privateKey: privateKey.export({ type: "sec1", format: "pem" }).toString(), publicKey: publicKey.export({ format: "jwk" }) };
  },
  "an EC key as a JWK": () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = { ...privateKey.export({ format: "jwk" }), kid: "key-1", alg: "ES256" };
    return { privateKey: JSON.stringify(jwk), publicKey: publicKey.export({ format: "jwk" }) };
  },
} as const;

/** How a service app of a sandbox is made. */
export interface AppWish {
  readonly key?: ReturnType<(typeof keyForms)[keyof typeof keyForms]>;
  /** What the administrator grants. Default: `okta.users.manage`. */
  readonly scopes?: readonly string[];
  /** What is asked for. Default: what is granted. */
  readonly asks?: readonly string[];
  readonly dpop?: boolean;
  readonly admin?: boolean;
}

const usualKey = keyForms["an EC key as PEM"]();

/** Makes a service app in the org and gives back how to authenticate as it. */
export async function serviceApp(org: SandboxOrg, wish: AppWish = {}): Promise<Extract<Auth, { scheme: "oauth" }>> {
  const { key = usualKey, scopes = ["okta.users.manage"], asks = scopes, dpop = false, admin = true } = wish;
  const made = await org.call("POST", "/sandbox/service-apps", { publicKey: key.publicKey, scopes, dpop, admin });
  const { clientId } = made.body as { readonly clientId: string };
  return { scheme: "oauth", client: { clientId, privateKey: new Secret(key.privateKey), scopes: asks, tokenPath: "/oauth2/v1/token" } };
}

/** How often the org was asked for a token. */
export async function tokenRequests(org: SandboxOrg): Promise<number> {
  const { body } = await org.call("GET", "/sandbox/requests");
  const { routes } = body as { readonly routes: Readonly<Record<string, { readonly requests: number }>> };
  return routes["POST /oauth2/v1/token"]?.requests ?? 0;
}
