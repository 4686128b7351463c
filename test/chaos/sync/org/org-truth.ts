import { everyStatus } from "@longarm/okta";
import { rowMapper, type TableName, tables } from "@longarm/sync";
import { askOrg } from "../../processes/ask-org.ts";
import type { Org } from "../../processes/org-process.ts";
import { Breath } from "../breath.ts";
import { type Lag, type RowText, rowTextOf } from "../check/row-text.ts";

type Item = Readonly<Record<string, unknown>> & { readonly id?: unknown };

interface Found {
  readonly item: Item;
  readonly parent: string | null;
}

/** What the org holds, asked directly and past all faults, and counted against its own state past its API. */
export class OrgTruth {
  readonly #org: Pick<Org, "url" | "token">;
  readonly #breath = new Breath();

  constructor(org: Pick<Org, "url" | "token">) {
    this.#org = org;
  }

  /** Every row of a table by its key. The org must keep still. */
  async rows(table: TableName, lag: Lag): Promise<ReadonlyMap<string, RowText>> {
    if (table === "group_members") return this.#memberships(lag);
    const map = rowMapper(tables[table]);
    const rows = new Map<string, RowText>();
    for await (const { item, parent } of this.#items(table)) {
      await this.#breath.take();
      const mapped = map(item, parent);
      if (mapped.kind === "fault") throw new Error(`The org shows in ${table} what is no row: ${mapped.fault.problem}`);
      const { key, values, raw } = mapped.row;
      const record = Object.fromEntries(tables[table].columns.map(({ name }, at) => [name, values[at]]));
      rows.set(key.join(" "), rowTextOf(table, { ...record, raw }, lag));
    }
    if (table !== "user_types" && table !== "event_hooks") await this.#check(table, rows);
    return rows;
  }

  /** An item of such a list is a whole user, and says no more than that it is there. */
  async #memberships(lag: Lag): Promise<ReadonlyMap<string, RowText>> {
    const rows = new Map<string, RowText>();
    for (const key of await this.#keys("group_members")) {
      await this.#breath.take();
      const [group, user] = key.split(" ");
      rows.set(key, rowTextOf("group_members", { group_id: group, user_id: user }, lag));
    }
    return rows;
  }

  /** What its lists show must be what it holds: else they prove nothing. */
  async #check(table: TableName, rows: ReadonlyMap<string, RowText>): Promise<void> {
    const keys = await this.#keys(table);
    const hidden = keys.find((key) => !rows.has(key));
    if (keys.length !== rows.size || hidden !== undefined)
      throw new Error(`The org's lists show ${rows.size} ${table}, and it holds ${keys.length}; one that is not shown is ${hidden}.`);
  }

  async #keys(table: TableName): Promise<readonly string[]> {
    const answer = await askOrg(`${this.#org.url}/sandbox/keys/${table}`);
    return ((await answer.json()) as { readonly keys: readonly string[] }).keys;
  }

  async *#items(table: TableName): AsyncGenerator<Found> {
    switch (table) {
      case "users":
        return yield* this.#list(`/api/v1/users?limit=200&filter=${encodeURIComponent(everyStatus)}`);
      case "groups":
        return yield* this.#list("/api/v1/groups?limit=1000");
      case "apps":
        return yield* this.#list("/api/v1/apps?limit=200");
      case "app_users":
        return yield* this.#underApps("users?limit=500");
      case "app_groups":
        return yield* this.#underApps("groups?limit=200");
      case "user_types":
        return yield* this.#list("/api/v1/meta/types/user");
      case "logs":
        return yield* this.#list(
          `/api/v1/logs?limit=1000&since=2020-01-01T00:00:00Z&until=${new Date(Date.now() + 86_400_000).toISOString()}`,
        );
      default:
        throw new Error(`Nobody compares ${table}.`);
    }
  }

  async *#underApps(what: string): AsyncGenerator<Found> {
    for await (const { item } of this.#list("/api/v1/apps?limit=200")) {
      const app = String(item.id);
      for await (const found of this.#list(`/api/v1/apps/${app}/${what}`)) yield { ...found, parent: app };
    }
  }

  async *#list(path: string): AsyncGenerator<Found> {
    for (let next: string | undefined = `${this.#org.url}${path}`; next !== undefined;) {
      const answer: Response = await askOrg(next, { headers: { authorization: `SSWS ${this.#org.token}` } });
      if (!answer.ok) throw new Error(`The org answers ${answer.status} to ${next}: ${await answer.text()}`);
      for (const item of (await answer.json()) as readonly Item[]) yield { item, parent: null };
      next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
    }
  }
}
