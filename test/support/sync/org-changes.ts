import assert from "node:assert/strict";
import type { SandboxOrg } from "../sandbox.ts";

interface Known {
  readonly id: string;
}

/** What people do to an org while it is copied. */
export class OrgChanges {
  readonly #org: SandboxOrg;

  constructor(org: SandboxOrg) {
    this.#org = org;
  }

  async createUser(login: string, profile: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const body = { profile: { login, email: login, firstName: "Ada", lastName: "Lovelace", ...profile } };
    return ((await this.#call("POST", "/api/v1/users?activate=true", body)) as Known).id;
  }

  async createGroup(name: string): Promise<string> {
    return ((await this.#call("POST", "/api/v1/groups", { profile: { name } })) as Known).id;
  }

  updateUser(id: string, profile: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#call("POST", `/api/v1/users/${id}`, { profile });
  }

  deactivateUser(id: string): Promise<unknown> {
    return this.#call("POST", `/api/v1/users/${id}/lifecycle/deactivate`);
  }

  /** Okta deletes only what is deactivated: the first DELETE does no more than that. */
  async deleteUser(id: string): Promise<void> {
    await this.#call("DELETE", `/api/v1/users/${id}`);
    await this.#call("DELETE", `/api/v1/users/${id}`);
  }

  deleteGroup(id: string): Promise<unknown> {
    return this.#call("DELETE", `/api/v1/groups/${id}`);
  }

  addMember(group: string, user: string): Promise<unknown> {
    return this.#call("PUT", `/api/v1/groups/${group}/users/${user}`);
  }

  removeMember(group: string, user: string): Promise<unknown> {
    return this.#call("DELETE", `/api/v1/groups/${group}/users/${user}`);
  }

  assign(app: string, user: string): Promise<unknown> {
    return this.#call("POST", `/api/v1/apps/${app}/users`, { id: user, scope: "USER" });
  }

  /** The group gives its members the application. */
  grant(app: string, group: string): Promise<unknown> {
    return this.#call("PUT", `/api/v1/apps/${app}/groups/${group}`, {});
  }

  unassign(app: string, user: string): Promise<unknown> {
    return this.#call("DELETE", `/api/v1/apps/${app}/users/${user}`);
  }

  async deleteApp(id: string): Promise<void> {
    await this.#call("POST", `/api/v1/apps/${id}/lifecycle/deactivate`);
    await this.#call("DELETE", `/api/v1/apps/${id}`);
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#org.call(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
