import { type AgentId, type ControllerId, field, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { userNkey } from "@longarm/shared/seal";
import { encodeDesired } from "@longarm/shared/wire";
import type { AgentView, Approval } from "../../ports/agent-directory.ts";
import type { AgentGrant, AgentStore } from "../../ports/agent-store.ts";
import { lostError } from "./call-failures.ts";
import { approved, changeGrant, checkAdmitted } from "./grant-changes.ts";
import type { Roster } from "./roster.ts";
import type { Switchboard } from "./switchboard.ts";

/** What an administrator may want of an agent that is in. */
export type Desired = Exclude<AgentGrant["desired"], "pending" | "quarantined">;

/** What decisions about agents reach. */
export interface AgentStandingDeps {
  readonly controllerId: ControllerId;
  readonly store: AgentStore;
  readonly roster: Roster;
  readonly switchboard: Pick<Switchboard, "agentLost">;
  readonly say: (subject: string, payload: Uint8Array) => void;
  /** Takes the broker's rights of this key away. */
  readonly revoke: (key: string) => Promise<void>;
  readonly logger: Logger;
}

/** Decides about agents that are known: stores it first, then tells the agent and ends what it may do no more. */
export class AgentStanding {
  readonly #deps: AgentStandingDeps;

  constructor(deps: AgentStandingDeps) {
    this.#deps = deps;
  }

  /** Throws `unknown_agent`, and `invalid_state` for one that waits for an approval or was revoked. */
  async setDesired(agent: AgentId, desired: Desired): Promise<AgentView> {
    const { store, controllerId, roster, say, switchboard, revoke } = this.#deps;
    const grant = await changeGrant(store, agent, (before) => {
      if (desired !== "revoked") checkAdmitted(before);
      return { ...before, desired };
    });
    say(field.desired(agent), encodeDesired({ controllerId, state: desired, enrol: false }));
    const view = roster.granted(grant);
    if (desired === "revoked") {
      switchboard.agentLost(agent, lostError("The agent was revoked."), true);
      if (grant.keys) await revoke(userNkey(Buffer.from(grant.keys.identity, "base64url")));
    }
    return view;
  }

  /** Lets one in that is pending or quarantined. Throws as `approved` does. */
  async approve(approval: Approval): Promise<AgentView> {
    const { store, roster } = this.#deps;
    return roster.granted(await changeGrant(store, approval.agent, (before) => approved(before, approval)));
  }

  /** Two processes work as this agent: neither gets calls any more. A failure is logged; whoever noticed notices again. */
  async quarantine(agent: AgentId): Promise<void> {
    const { store, roster, switchboard, logger } = this.#deps;
    try {
      const grant = await changeGrant(store, agent, (before) =>
        before.desired === "revoked" ? before : { ...before, desired: "quarantined" },
      );
      if (roster.find(agent)?.state === "quarantined") return;
      roster.granted(grant);
      logger.error({ agent }, "two processes work as this agent, from copies of one data directory: it is quarantined");
      switchboard.agentLost(agent, lostError("The agent was quarantined: it runs twice."), true);
    } catch (reason) {
      const { code, message } = LongarmError.from(reason);
      logger.error({ agent, code, reason: message }, "an agent that runs twice could not be quarantined; it will be tried again");
    }
  }
}
