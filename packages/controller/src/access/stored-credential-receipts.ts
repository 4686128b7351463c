import { LongarmError, type AgentId, type Clock } from "@longarm/shared";
import type { DefinitionStore } from "../ports/connection-store.ts";
import type { AgentReceipts, CredentialReceipt, CredentialReceipts, CredentialVersion } from "../ports/credential-receipts.ts";

interface Deps {
  readonly records: DefinitionStore<AgentReceipts>;
  readonly clock: Clock;
}

// A credential that is set anew every minute must not make an agent's record outgrow a message; what an attacker may still use stays.
const keptVersions = 200;

function keyOf(agent: AgentId, { credential, revision, setAt }: CredentialVersion): string {
  return `${agent}/${credential}/${revision}/${setAt}`;
}

/** Receipts as a definition for each agent, changed by revision, so that controllers side by side lose none. */
export class StoredCredentialReceipts implements CredentialReceipts {
  readonly #deps: Deps;
  readonly #noted = new Set<string>();
  readonly #noting = new Map<string, Promise<void>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  note(version: CredentialVersion, agent: { readonly id: AgentId; readonly name: string }): Promise<void> {
    const key = keyOf(agent.id, version);
    if (this.#noted.has(key)) return Promise.resolve();
    const running = this.#noting.get(key);
    if (running) return running;
    const noting = this.#write(version, agent)
      .then(() => void this.#noted.add(key))
      .finally(() => this.#noting.delete(key));
    this.#noting.set(key, noting);
    return noting;
  }

  async list(): Promise<readonly CredentialReceipt[]> {
    const records = await this.#deps.records.list();
    const all = records.flatMap(({ value: { agentId, agentName, given } }) => given.map((one) => ({ ...one, agentId, agentName })));
    return all.toSorted((left, right) => left.firstAt - right.firstAt);
  }

  async #write(version: CredentialVersion, { id, name }: { readonly id: AgentId; readonly name: string }): Promise<void> {
    const { records, clock } = this.#deps;
    for (;;) {
      const found = await records.get(id);
      const given = found?.value.given ?? [];
      if (given.some((one) => keyOf(id, one) === keyOf(id, version))) return;
      const { credential, revision, setAt } = version;
      const all = [...given, { credential, revision, setAt, firstAt: clock.nowMs() }];
      try {
        await records.put(id, { agentId: id, agentName: name, given: all.slice(-keptVersions) }, found?.sequence ?? 0);
        return;
      } catch (reason) {
        // Another controller noted something of the same agent; one of those who meet here always gets on.
        if (LongarmError.from(reason).code !== "conflict") throw reason;
      }
    }
  }
}
