import { setTimeout as pause } from "node:timers/promises";
import { seededLogin } from "@longarm/sandbox";
import type { Chance } from "../../chance.ts";
import { askOrg } from "../../processes/ask-org.ts";
import type { Org } from "../../processes/org-process.ts";

/** How many users the org began with, and how much happens in it. */
export interface ChangerOptions {
  readonly users: number;
  readonly perSecond: number;
}

/** What one change asked of the org, and how that answered. */
export interface Change {
  readonly atMs: number;
  readonly what: string;
  readonly path: string;
  readonly status: number;
}

interface Listed {
  readonly id: string;
  readonly type?: string;
  readonly name?: string;
}

type Work = () => Promise<void>;

// Beyond these few, groups that are as large as the org would be listed anew for each change.
const largeGroups = new Set(["Contractors", "Quarantine", "Finance"]);
const mostOwnGroups = 12;

/** What people do to an org all the while: one change after the other, in an order that chance gives. It only writes. */
export class OrgChanger {
  readonly #org: Pick<Org, "url" | "token">;
  readonly #chance: Chance;
  readonly #options: ChangerOptions;
  readonly changes: Change[] = [];
  /** Users by their logins or ids, as far as something happened to them, with their status. */
  readonly #users = new Map<string, "ACTIVE" | "SUSPENDED" | "DEPROVISIONED">();
  readonly #groups: string[] = [];
  readonly #ownGroups: string[] = [];
  readonly #apps: string[] = [];
  readonly #ownApps: string[] = [];
  readonly #ids: string[] = [];
  #made = 0;

  constructor(org: Pick<Org, "url" | "token">, chance: Chance, options: ChangerOptions) {
    this.#org = org;
    this.#chance = chance;
    this.#options = options;
  }

  /** Learns what there is to change. */
  async prepare(): Promise<void> {
    const groups = await this.#listed("/api/v1/groups?limit=1000");
    const named = groups as readonly (Listed & { readonly profile: { readonly name: string } })[];
    this.#groups.push(...named.filter(({ type, profile }) => type === "OKTA_GROUP" && largeGroups.has(profile.name)).map(({ id }) => id));
    const apps = await this.#listed("/api/v1/apps?limit=200");
    this.#apps.push(...apps.filter(({ name }) => name === "payroll" || name === "bookmark" || name === "saasure").map(({ id }) => id));
    for (let at = 0; at < 20; at += 1) {
      const { id } = (await this.#ask("GET", `/api/v1/users/${seededLogin(at * 3)}`)) as { readonly id?: string };
      if (id !== undefined) this.#ids.push(id);
    }
    for (let at = 0; at < 4; at += 1) await this.#createGroup();
  }

  /** Changes the org until the signal is aborted; resolves when nothing is under way any more. */
  async changeUntil(signal: AbortSignal): Promise<void> {
    const deck: Work[] = [];
    const meanMs = 1_000 / this.#options.perSecond;
    while (!signal.aborted) {
      if (deck.length === 0) deck.push(...this.#chance.shuffle(this.#deck()));
      await deck.pop()?.();
      await pause(this.#chance.between(meanMs / 2, meanMs * 1.5), undefined, { signal }).catch(() => undefined);
    }
  }

  /** One of each of some kinds of change, one after the other. */
  async changeOnce(kinds: number): Promise<void> {
    for (const work of new Set(this.#chance.shuffle(this.#deck()).slice(0, kinds))) await work();
  }

  /** Each so often as it stands here. */
  #deck(): readonly Work[] {
    const times = (count: number, work: Work): readonly Work[] => Array.from({ length: count }, () => work);
    return [
      ...times(8, () => this.#update({ title: `Title ${(this.#made += 1)}`, mobilePhone: `+1 555 ${this.#made}` })),
      ...times(1, () => this.#update({ login: `renamed${(this.#made += 1)}@example.com` })),
      ...times(5, () => this.#createUser()),
      ...times(3, () => this.#move("suspend", "ACTIVE", "SUSPENDED")),
      ...times(2, () => this.#move("unsuspend", "SUSPENDED", "ACTIVE")),
      ...times(3, () => this.#move("deactivate", "ACTIVE", "DEPROVISIONED")),
      ...times(2, () => this.#move("activate?sendEmail=false", "DEPROVISIONED", "ACTIVE")),
      ...times(3, () => this.#deleteUser()),
      ...times(8, () => this.#member("PUT")),
      ...times(5, () => this.#member("DELETE")),
      ...times(2, () => this.#createGroup()),
      ...times(1, () => this.#renameGroup()),
      ...times(2, () => this.#deleteGroup()),
      ...times(2, () => this.#assign("POST")),
      ...times(2, () => this.#assign("DELETE")),
      ...times(3, () => this.#grant("PUT")),
      ...times(1, () => this.#grant("DELETE")),
      ...times(2, () => this.#turnApp()),
    ];
  }

  /** A user of the seed, or one that something happened to. */
  #user(): string {
    const known = [...this.#users.keys()];
    if (known.length > 0 && this.#chance.between(0, 1) === 0) return this.#chance.pick(known);
    return seededLogin(this.#chance.between(0, this.#options.users - 1));
  }

  async #createUser(): Promise<void> {
    const login = `made${(this.#made += 1)}@example.com`;
    const profile = { login, email: login, firstName: "Ada", lastName: `Lovelace ${this.#made}`, department: "Analysis" };
    const { id } = (await this.#ask("POST", "/api/v1/users?activate=true", { profile })) as { readonly id?: string };
    if (id === undefined) return;
    this.#users.set(id, "ACTIVE");
    this.#ids.push(id);
  }

  async #update(profile: object): Promise<void> {
    const user = this.#user();
    const { id } = (await this.#ask("POST", `/api/v1/users/${user}`, { profile })) as { readonly id?: string };
    if (id === undefined) return;
    const status = this.#users.get(user) ?? "ACTIVE";
    this.#users.delete(user);
    this.#users.set(id, status);
    this.#ids.push(id);
  }

  async #move(step: string, from: "ACTIVE" | "SUSPENDED" | "DEPROVISIONED", to: typeof from): Promise<void> {
    const fit = [...this.#users].filter(([, status]) => status === from).map(([user]) => user);
    const user = fit.length > 0 ? this.#chance.pick(fit) : this.#user();
    await this.#ask("POST", `/api/v1/users/${user}/lifecycle/${step}`);
    if (this.changes.at(-1)?.status === 200) this.#users.set(user, to);
  }

  /** Okta deletes only what is deactivated: the first DELETE does no more than that. */
  async #deleteUser(): Promise<void> {
    const user = this.#user();
    for (let time = 0; time < 2; time += 1) await this.#ask("DELETE", `/api/v1/users/${user}`);
    this.#users.delete(user);
  }

  async #member(method: "PUT" | "DELETE"): Promise<void> {
    await this.#ask(method, `/api/v1/groups/${this.#chance.pick([...this.#groups, ...this.#ownGroups])}/users/${this.#user()}`);
  }

  async #createGroup(): Promise<void> {
    if (this.#ownGroups.length >= mostOwnGroups) return;
    const name = `Made ${(this.#made += 1)}`;
    const { id } = (await this.#ask("POST", "/api/v1/groups", { profile: { name } })) as { readonly id?: string };
    if (id === undefined) return;
    this.#ownGroups.push(id);
    for (let at = 0; at < 3; at += 1) await this.#ask("PUT", `/api/v1/groups/${id}/users/${this.#user()}`);
  }

  async #renameGroup(): Promise<void> {
    if (this.#ownGroups.length === 0) return;
    const profile = { name: `Renamed ${(this.#made += 1)}`, description: "by somebody" };
    await this.#ask("PUT", `/api/v1/groups/${this.#chance.pick(this.#ownGroups)}`, { profile });
  }

  async #deleteGroup(): Promise<void> {
    if (this.#ownGroups.length < 3) return;
    const [group] = this.#ownGroups.splice(this.#chance.between(0, this.#ownGroups.length - 1), 1);
    await this.#ask("DELETE", `/api/v1/groups/${group}`);
  }

  async #assign(method: "POST" | "DELETE"): Promise<void> {
    const app = this.#chance.pick([...this.#apps, ...this.#ownApps]);
    const id = this.#chance.pick(this.#ids);
    if (method === "POST") await this.#ask("POST", `/api/v1/apps/${app}/users`, { id, scope: "USER" });
    else await this.#ask("DELETE", `/api/v1/apps/${app}/users/${id}`);
  }

  async #grant(method: "PUT" | "DELETE"): Promise<void> {
    if (this.#ownGroups.length === 0) return;
    const path = `/api/v1/apps/${this.#chance.pick([...this.#apps, ...this.#ownApps])}/groups/${this.#chance.pick(this.#ownGroups)}`;
    await this.#ask(method, path, method === "PUT" ? {} : undefined);
  }

  /** Makes an application, or ends one that was made here. */
  async #turnApp(): Promise<void> {
    if (this.#ownApps.length < 3) {
      const label = `Made ${(this.#made += 1)}`;
      const { id } = (await this.#ask("POST", "/api/v1/apps", { name: "bookmark", label, signOnMode: "BOOKMARK" })) as { id?: string };
      if (id !== undefined) this.#ownApps.push(id);
      return;
    }
    const app = this.#ownApps.shift();
    await this.#ask("POST", `/api/v1/apps/${app}/lifecycle/deactivate`);
    await this.#ask("DELETE", `/api/v1/apps/${app}`);
  }

  async #listed(path: string): Promise<readonly Listed[]> {
    return (await this.#ask("GET", path)) as readonly Listed[];
  }

  /** What the org answers; a refusal is an answer as well, since chance knows no rules. */
  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { authorization: `SSWS ${this.#org.token}`, "content-type": "application/json" };
    const answer = await askOrg(`${this.#org.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await answer.text();
    this.changes.push({ atMs: Date.now(), what: method, path, status: answer.status });
    if (answer.status >= 500) throw new Error(`The org answers ${answer.status} to ${method} ${path}: ${text}`);
    return text === "" || !answer.ok ? {} : (JSON.parse(text) as unknown);
  }
}
