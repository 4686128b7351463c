export { agentSchema, type AgentConfiguration, loadAgentConfiguration } from "./configuration.ts";
export { runAgent, type RunAgentOptions } from "./run-agent.ts";
