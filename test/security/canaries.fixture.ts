// The secrets that a whole run has to do with, one of each kind, so that each can be looked for.
import { randomBytes } from "node:crypto";
import type { ObservedAnswer } from "@longarm/sandbox";
import { keyForms, serviceApp } from "../support/credentials.ts";
import type { Installation } from "./talkative-installation.fixture.ts";

/** What is looked for, by name. Some come to be in the course of the run. */
export interface Canaries {
  /** To be found nowhere at all. */
  readonly secrets: Record<string, string>;
  /** To be shown to who may read runs, and found in no file, log or bundle. */
  readonly data: Record<string, string>;
}

const canary = (kind: string): string => `canary-${kind}-${randomBytes(9).toString("hex")}`;

/** Those that are chosen beforehand. */
export function newCanaries(): Canaries {
  return {
    secrets: {
      "the org's token": canary("token"),
      "a password": `Aa1!${canary("password")}`,
      "a hook's secret": canary("hook"),
    },
    data: { "a name": canary("name"), "an unknown user": canary("nobody") },
  };
}

const madeByOrg: Readonly<Record<string, string>> = {
  access_token: "an access token",
  tempPassword: "a temporary password",
  activationToken: "an activation token",
};

/** Learns the secrets that an org makes, from what it answers. */
export function learnFrom({ body }: ObservedAnswer, { secrets }: Canaries): void {
  for (const [member, name] of Object.entries(madeByOrg)) {
    const value = new RegExp(`"${member}":"([^"]+)"`).exec(body)?.[1];
    if (value !== undefined) secrets[name] = value;
  }
}

/** The connections `hunt` and `app` to the org, through agents too, and one of every secret that the API gives out once. */
export async function defineConnections({ api, tell, org }: Installation, { secrets }: Canaries): Promise<void> {
  const key = keyForms["an EC key as a JWK"]();
  const { client } = await serviceApp(org, { key, scopes: ["okta.users.read"] });
  secrets["a service app's key"] = (JSON.parse(key.privateKey) as { d: string }).d;
  const { clientId, scopes } = client;
  await tell("PUT", "/v1/credentials/hunt", { body: { scheme: "ssws", token: org.token } });
  await tell("PUT", "/v1/credentials/app", { body: { scheme: "oauth", clientId, privateKey: key.privateKey, scopes } });
  for (const credential of ["hunt", "app"]) {
    const placement = { on: "either", whenNone: "fail" };
    await tell("PUT", `/v1/connections/${credential}`, { body: { baseUrl: org.url, credential, placement } });
  }
  const apiKey = await api.post<{ token: string }>("/v1/api-keys", { body: { name: "hunter", scopes: ["runs:read"] } });
  const login = await api.post<{ code: string }>("/v1/login-codes");
  const loggedIn = await api.post<{ token: string }>("/v1/login", { body: { code: login.code } });
  secrets["an API key"] = apiKey.token;
  secrets["a login code"] = login.code;
  secrets["the key of a login"] = loggedIn.token;
}
