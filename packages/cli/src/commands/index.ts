import type { Registration } from "../command.ts";
import { registerActions } from "./actions.ts";
import { registerAgent } from "./agent.ts";
import { registerAgents } from "./agents.ts";
import { registerApiKeys } from "./api-keys.ts";
import { registerBroker } from "./broker.ts";
import { registerAudit } from "./audit.ts";
import { registerCompletion } from "./completion.ts";
import { registerConnections } from "./connections.ts";
import { registerController } from "./controller.ts";
import { registerCredentials } from "./credentials.ts";
import { registerDemo } from "./demo.ts";
import { registerDoctor } from "./doctor.ts";
import { registerEvents } from "./events.ts";
import { registerHooks } from "./hooks.ts";
import { registerFlows } from "./flows.ts";
import { registerLogin } from "./login.ts";
import { registerKeys } from "./keys.ts";
import { registerRecords } from "./records.ts";
import { registerRun } from "./run.ts";
import { registerRuns } from "./runs.ts";
import { registerSandbox } from "./sandbox.ts";
import { registerSchedules } from "./schedules.ts";
import { registerSelect } from "./select.ts";
import { registerSigner } from "./signer.ts";
import { registerSyncs } from "./syncs.ts";
import { registerTriggers } from "./triggers.ts";
import { registerUp } from "./up.ts";

/** Every command, in the order of the help. */
export const registrations: readonly Registration[] = [
  registerUp,
  registerDemo,
  registerRun,
  registerActions,
  registerFlows,
  registerRuns,
  registerSyncs,
  registerSchedules,
  registerTriggers,
  registerEvents,
  registerRecords,
  registerHooks,
  registerAgents,
  registerSelect,
  registerConnections,
  registerCredentials,
  registerKeys,
  registerApiKeys,
  registerLogin,
  registerAudit,
  registerController,
  registerSigner,
  registerAgent,
  registerSandbox,
  registerBroker,
  registerDoctor,
  registerCompletion,
];
