import { type AgentId, buckets, control, field, inbox, system } from "@longarm/shared";

/** All that a user of the broker may do; whatever is not listed is refused. */
export interface AllowList {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** A controller in account CONTROL. `name` is its own among the inboxes. */
export function controllerInControl(name: string): AllowList {
  return {
    publish: [
      ...[control.allRuns(), control.allItems(), control.allBlobs(), control.allAudit(), control.allOfEvents(), control.allBudgets()],
      ...Object.values(buckets).map((bucket) => control.allKeys(bucket)),
      ...[control.streamApi(), control.acknowledgements(), control.flowControl(), control.everyServersJetStream()],
    ],
    subscribe: [control.allBudgets(), inbox.all(name)],
  };
}

/** A controller in account FIELD: speaks to agents, hears agents. */
export function controllerInField(name: string): AllowList {
  return {
    publish: [field.allAgents(), field.allJoined()],
    subscribe: [field.allEnrol(), field.allBeats(), field.allReports(), inbox.all(name)],
  };
}

/** A controller in account SYS, for as long as it replaces an account's claims. */
export function controllerInSystem(name: string, accounts: readonly string[]): AllowList {
  return {
    publish: [system.updateClaims(), ...accounts.map((account) => system.lookUpClaims(account)), system.everyServersJetStream()],
    subscribe: [inbox.all(name)],
  };
}

/** An agent: its own subjects, and no inbox. */
export function agentInField(agent: AgentId): AllowList {
  return {
    publish: [field.beat(agent), field.enrol(agent), field.allReportsOf(agent)],
    subscribe: [field.allOfAgent(agent)],
  };
}

/** Whoever holds a join token, before it is an agent. */
export function joinerInField(token: string): AllowList {
  return { publish: [field.join(token)], subscribe: [field.allJoinedBy(token)] };
}
