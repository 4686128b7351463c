import { type GatheredEvents, type HookState, type ScheduleState, Secret } from "@longarm/shared";
import type { OAuthClient } from "@longarm/shared/rest";
import type { AgentGrant } from "./agent-store.ts";
import type { ApiKeyRecord } from "./api-key-store.ts";
import type { Connection } from "./connection-store.ts";
import type { JoinToken } from "./join-token-store.ts";
import type { LoginCodeRecord } from "./login-desk.ts";
import type { AgentReceipts } from "./credential-receipts.ts";
import type { Credential, OAuthCredential, ReferenceCredential, SswsCredential } from "./credential-store.ts";
import type { Revocation } from "./revocation-store.ts";
import type { SyncDefinition } from "@longarm/spoke";
import type { Schedule } from "./schedule-store.ts";
import type { RecordMark } from "./record-store.ts";
import type { SyncMark } from "./sync-store.ts";
import type { Webhook, WebhookSecret } from "./webhook-store.ts";
import type { DefinedTrigger, RunEndsMark, TriggerState } from "./trigger-store.ts";

/** A kind of definition and its form as JSON, which is sealed before it is stored. */
export interface DefinitionCodec<T> {
  /** What people call it: `connection`. */
  readonly kind: string;
  /** JSON; the only place where a secret member is revealed. */
  encode(value: T): unknown;
  decode(stored: unknown): T;
}

function plainCodec<T>(kind: string): DefinitionCodec<T> {
  return { kind, encode: (value) => value, decode: (stored) => stored as T };
}

export const connectionCodec: DefinitionCodec<Connection> = plainCodec("connection");
export const agentGrantCodec: DefinitionCodec<AgentGrant> = plainCodec("agent");
export const receiptsCodec: DefinitionCodec<AgentReceipts> = plainCodec("agent's credential record");
export const apiKeyCodec: DefinitionCodec<ApiKeyRecord> = plainCodec("API key");
export const revocationCodec: DefinitionCodec<Revocation> = plainCodec("revocation");
export const joinTokenCodec: DefinitionCodec<JoinToken> = plainCodec("join token");
export const loginCodeCodec: DefinitionCodec<LoginCodeRecord> = plainCodec("login code");
export const syncCodec: DefinitionCodec<SyncDefinition> = plainCodec("sync");
export const syncMarkCodec: DefinitionCodec<SyncMark> = plainCodec("sync's mark");
export const recordMarkCodec: DefinitionCodec<RecordMark> = plainCodec("mark of records");
export const scheduleCodec: DefinitionCodec<Schedule> = plainCodec("schedule");
export const scheduleStateCodec: DefinitionCodec<ScheduleState> = plainCodec("schedule's state");
export const triggerCodec: DefinitionCodec<DefinedTrigger> = plainCodec("trigger");
export const triggerStateCodec: DefinitionCodec<TriggerState> = plainCodec("trigger's state");
export const gatheredCodec: DefinitionCodec<GatheredEvents> = plainCodec("gathered events");
export const runEndsCodec: DefinitionCodec<RunEndsMark> = plainCodec("mark of ended runs");

export const webhookStateCodec: DefinitionCodec<HookState> = plainCodec("hook's state");

type StoredWebhook = Omit<Webhook, "secrets"> & {
  readonly secrets: readonly (Omit<WebhookSecret, "secret"> & { readonly secret: string })[];
};

export const webhookCodec: DefinitionCodec<Webhook> = {
  kind: "hook",
  encode: (webhook): StoredWebhook => ({
    ...webhook,
    secrets: webhook.secrets.map((one) => ({ ...one, secret: one.secret.reveal() })),
  }),
  decode: (value) => {
    const stored = value as StoredWebhook;
    return { ...stored, secrets: stored.secrets.map((one) => ({ ...one, secret: new Secret(one.secret) })) };
  },
};

type StoredClient = Omit<OAuthClient, "privateKey"> & { readonly privateKey: string };
type StoredCredential =
  | ReferenceCredential
  | (Omit<SswsCredential, "token"> & { readonly token: string })
  | (Omit<OAuthCredential, "client"> & { readonly client: StoredClient });

export const credentialCodec: DefinitionCodec<Credential> = {
  kind: "credential",
  encode: (credential): StoredCredential => {
    if (credential.scheme === "reference") return credential;
    if (credential.scheme === "ssws") return { ...credential, token: credential.token.reveal() };
    const { client } = credential;
    return { ...credential, client: { ...client, privateKey: client.privateKey.reveal() } };
  },
  decode: (value) => {
    const stored = value as StoredCredential;
    if (stored.scheme === "reference") return stored;
    if (stored.scheme === "ssws") return { ...stored, token: new Secret(stored.token) };
    const { client } = stored;
    return { ...stored, client: { ...client, privateKey: new Secret(client.privateKey) } };
  },
};

/** May a definition bear this name? It becomes a key of the broker. */
export function isDefinitionName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(name);
}
