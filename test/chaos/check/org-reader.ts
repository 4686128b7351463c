import { askOrg } from "../processes/ask-org.ts";
import type { Org } from "../processes/org-process.ts";
import type { ExpectedEffect } from "../load/run-plan.ts";
import { effectsByObject } from "./collect.ts";
import type { LedgerEntry } from "./evidence.ts";

const pageOfLedger = 10_000;

interface Hook {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

interface Listed {
  readonly id: string;
  readonly profile: { readonly login?: string; readonly name?: string };
}

/** The org, asked directly and past all faults. */
export class OrgReader {
  readonly #org: Pick<Org, "url" | "token">;
  readonly #shared: string;
  /** Everything that was read of the ledger last. */
  ledger: readonly LedgerEntry[] = [];

  constructor(org: Pick<Org, "url" | "token">, shared: string) {
    this.#org = org;
    this.#shared = shared;
  }

  /** Makes the group that memberships of the load are added to; resolves with a reader that knows it. */
  static async prepare(org: Pick<Org, "url" | "token">): Promise<OrgReader & { readonly shared: string }> {
    const answer = await askOrg(`${org.url}/api/v1/groups`, {
      method: "POST",
      headers: { authorization: `SSWS ${org.token}`, "content-type": "application/json" },
      body: JSON.stringify({ profile: { name: "Shared by the load" } }),
    });
    const { id } = (await answer.json()) as { readonly id: string };
    return Object.assign(new OrgReader(org, id), { shared: id });
  }

  /** Brings a user into a status, as no API call could. */
  async setStatus(login: string, status: string): Promise<void> {
    const answer = await askOrg(`${this.#org.url}/sandbox/users/${login}/status`, { method: "POST", body: JSON.stringify({ status }) });
    if (!answer.ok) throw new Error(`The org did not make ${login} ${status}: ${await answer.text()}`);
    await answer.text();
  }

  /** Reads the whole ledger and every name, and resolves with what finds a run's effects in it. */
  async effects(): Promise<(expected: ExpectedEffect) => readonly LedgerEntry[]> {
    const users = new Map<string, string>();
    const groups = new Map<string, string>();
    for await (const { id, profile } of this.#list("/api/v1/users?limit=200")) users.set(profile.login ?? "", id);
    for await (const { id, profile } of this.#list("/api/v1/groups?limit=200")) groups.set(profile.name ?? "", id);
    const hooks = new Map([...Map.groupBy(await this.#hooks(), ({ name }) => name)].map(([name, all]) => [name, all.map(({ id }) => id)]));
    this.ledger = await this.#readLedger();
    return effectsByObject(this.ledger, { users, groups, hooks, shared: this.#shared });
  }

  /** Deactivates every event hook: an org takes 25 active ones, and they are to be found by their names to the end. */
  async quietHooks(): Promise<void> {
    const active = (await this.#hooks()).filter(({ status }) => status === "ACTIVE");
    for (const { id } of active) {
      const path = `/api/v1/eventHooks/${id}/lifecycle/deactivate`;
      await (await askOrg(`${this.#org.url}${path}`, { method: "POST", headers: this.#headers })).text();
    }
  }

  async #hooks(): Promise<readonly Hook[]> {
    return (await (await askOrg(`${this.#org.url}/api/v1/eventHooks`, { headers: this.#headers })).json()) as readonly Hook[];
  }

  get #headers(): Readonly<Record<string, string>> {
    return { authorization: `SSWS ${this.#org.token}` };
  }

  async #readLedger(): Promise<readonly LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for (;;) {
      const answer = await askOrg(`${this.#org.url}/sandbox/ledger?since=${entries.length}&limit=${pageOfLedger}`);
      const page = (await answer.json()) as { readonly total: number; readonly entries: readonly LedgerEntry[] };
      entries.push(...page.entries);
      if (entries.length >= page.total || page.entries.length === 0) return entries;
    }
  }

  async *#list(path: string): AsyncGenerator<Listed> {
    for (let next: string | undefined = `${this.#org.url}${path}`; next !== undefined;) {
      const answer: Response = await askOrg(next, { headers: this.#headers });
      yield* (await answer.json()) as readonly Listed[];
      next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
    }
  }
}
