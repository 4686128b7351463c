import { generateKeyPairSync } from "node:crypto";
import { Secret } from "@longarm/shared";
import type { Auth } from "@longarm/shared/rest";
import { encodeCall } from "@longarm/shared/wire";
import { agent, bothEnds, callMessage, plainRequest } from "../support/call-line.ts";

const rounds = 61;
const warmUps = 10;
const callsPerRound = 64;

function serviceApp(privateKey: string): Auth {
  const scopes = ["okta.users.manage", "okta.groups.manage", "okta.logs.read"];
  const client = {
    clientId: "0oa1example0000000x7",
    privateKey: new Secret(privateKey),
    keyId: "key-1",
    scopes,
    tokenPath: "/oauth2/v1/token",
  };
  return { scheme: "oauth", client };
}

const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const pem = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey.export({ type: "pkcs8", format: "pem" });

/** The kinds of credentials that may travel with a call. */
const credentials: Readonly<Record<string, Auth>> = {
  "an API token": { scheme: "ssws", token: new Secret("00".padEnd(42, "x")) },
  "a service app's EC key (JWK)": serviceApp(JSON.stringify(jwk)),
  "a service app's RSA key (PEM)": serviceApp(pem.toString()),
};

/** What a call costs to encode, sign, seal, open, verify and decode, and how long its envelope is. */
export interface SealedCost {
  readonly us: number;
  readonly bytes: number;
}

/** What calls cost without a credential, and what each kind of one adds to that. */
export interface CredentialCosts {
  readonly none: SealedCost;
  readonly added: Readonly<Record<string, SealedCost>>;
}

type SealAndOpen = (auth: Auth) => Promise<number>;

function sealAndOpen(): SealAndOpen {
  const { seals, gate } = bothEnds();
  return async (auth) => {
    const line = seals.line(agent);
    const envelope = await line.seal(encodeCall(callMessage({ ...line.address, epoch: 1 }, { ...plainRequest, auth })));
    const opened = gate.openCall(envelope);
    if (!opened) throw new Error("A call did not open.");
    opened.end();
    return envelope.length;
  };
}

async function timed(way: SealAndOpen, auth: Auth): Promise<SealedCost> {
  const beganMs = performance.now();
  let bytes = 0;
  for (let made = 0; made < callsPerRound; made += 1) bytes = await way(auth);
  return { us: ((performance.now() - beganMs) / callsPerRound) * 1_000, bytes };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Each round measures every kind right after calls that carry none, so that a busy machine is as hard on both; medians of all rounds. */
export async function credentialCosts(): Promise<CredentialCosts> {
  const way = sealAndOpen();
  const plainUs: number[] = [];
  let none: SealedCost = { us: 0, bytes: 0 };
  const added: Record<string, SealedCost> = {};
  for (const [name, auth] of Object.entries(credentials)) {
    const more: number[] = [];
    let bytes = 0;
    // The first rounds warm up.
    for (let round = -warmUps; round < rounds; round += 1) {
      none = await timed(way, { scheme: "none" });
      const one = await timed(way, auth);
      bytes = one.bytes - none.bytes;
      if (round < 0) continue;
      plainUs.push(none.us);
      more.push(one.us - none.us);
    }
    added[name] = { us: middle(more), bytes };
  }
  return { none: { us: middle(plainUs), bytes: none.bytes }, added };
}
