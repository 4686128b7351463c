import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Clock, LongarmError, Secret } from "@longarm/shared";
import { sourceFault } from "../read-secret.ts";
import type { VaultSettings } from "../settings.ts";
import { askJson, type VaultAnswer } from "./ask-json.ts";

/** Which value of a key-value store, version 2. */
export type VaultPlace = VaultSettings["secrets"][string];

interface Login {
  readonly token: Secret;
  readonly goodUntilMs: number;
}

const foreverMs = Infinity;
// Asked for anew when a fifth of its time is left.
const usedShare = 0.8;

function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (at: unknown, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}

const segments = (path: string): string => path.split("/").filter(Boolean).map(encodeURIComponent).join("/");

/** Reads values of HashiCorp Vault's KV version 2 over its HTTP API, by a token or an AppRole. */
export class VaultClient {
  readonly #settings: VaultSettings;
  readonly #clock: Clock;
  readonly #ca: string | undefined;
  #login: Promise<Login> | undefined;

  /** Throws `invalid_configuration` when the file of authorities cannot be read. */
  constructor(settings: VaultSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#ca = readAuthorities(settings.caFile);
  }

  /** The value at a place, as it is now. A login that Vault refuses is made afresh, once. Throws `credential_unresolved`. */
  async read(place: VaultPlace): Promise<string> {
    let answer = await this.#get(place);
    if (answer.status === 403) {
      this.#login = undefined;
      answer = await this.#get(place);
    }
    const at = `${place.mount}/${place.path}`;
    if (answer.status !== 200) throw refusal(`gives nothing at ${at}`, answer.status);
    const value = member(answer.body, "data", "data", place.field);
    if (typeof value === "string" && value !== "") return value;
    throw sourceFault(`What Vault holds at ${at} has no text in its field "${place.field}".`, false);
  }

  async #get({ mount, path }: VaultPlace): Promise<VaultAnswer> {
    const { token } = await this.#loggedIn();
    return this.#ask("GET", `${segments(mount)}/data/${segments(path)}`, { headers: { "x-vault-token": token.reveal() } });
  }

  async #loggedIn(): Promise<Login> {
    const known = await this.#login?.catch(() => undefined);
    if (known && this.#clock.monotonicMs() < known.goodUntilMs) return known;
    const login = this.#logIn();
    this.#login = login;
    return login;
  }

  async #logIn(): Promise<Login> {
    const { token, tokenFile = "", appRole } = this.#settings;
    if (token) return { token, goodUntilMs: foreverMs };
    if (appRole) return this.#byRole(appRole);
    const text = await readFile(tokenFile, "utf8").catch((reason: NodeJS.ErrnoException) => {
      throw sourceFault(`Vault's token file ${tokenFile} cannot be read (${reason.code ?? "unknown reason"}).`, true);
    });
    // Whoever renews the file does so before its token ends; a refused one is read again.
    return { token: new Secret(text.trim()), goodUntilMs: foreverMs };
  }

  async #byRole({ roleId, secretId, mount }: NonNullable<VaultSettings["appRole"]>): Promise<Login> {
    const askedAtMs = this.#clock.monotonicMs();
    const body = { role_id: roleId, secret_id: secretId.reveal() };
    const answer = await this.#ask("POST", `auth/${segments(mount)}/login`, { body });
    const token = member(answer.body, "auth", "client_token");
    if (answer.status !== 200 || typeof token !== "string") throw refusal("does not let the AppRole in", answer.status);
    const seconds = Number(member(answer.body, "auth", "lease_duration") ?? 0);
    const goodUntilMs = seconds > 0 ? askedAtMs + seconds * 1_000 * usedShare : foreverMs;
    return { token: new Secret(token), goodUntilMs };
  }

  async #ask(
    method: "GET" | "POST",
    path: string,
    more: { readonly headers?: Record<string, string>; readonly body?: unknown },
  ): Promise<VaultAnswer> {
    const { address, namespace, timeout: timeoutMs } = this.#settings;
    const url = new URL(`${address.replace(/\/+$/, "")}/v1/${path}`);
    const headers = { "x-vault-request": "true", ...(namespace !== undefined && { "x-vault-namespace": namespace }), ...more.headers };
    try {
      return await askJson({ url, method, headers, body: more.body, timeoutMs, ...(this.#ca !== undefined && { ca: this.#ca }) });
    } catch (reason) {
      throw sourceFault(`Vault at ${url.origin} does not answer (${reason instanceof Error ? reason.message : "unknown reason"}).`, true);
    }
  }
}

function readAuthorities(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8");
  } catch (reason) {
    throw new LongarmError(
      "invalid_configuration",
      `vault.caFile: ${file} cannot be read (${(reason as NodeJS.ErrnoException).code ?? "unknown reason"}).`,
    );
  }
}

/** What Vault says may change by itself: it is sealed (503), asked too often (429), or in trouble (5xx). */
function refusal(what: string, status: number): LongarmError {
  return sourceFault(`Vault ${what} (HTTP ${status}).`, status === 429 || status >= 500);
}
