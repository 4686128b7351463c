export { agentSchema, type AgentConfiguration, loadAgentConfiguration } from "./configuration.ts";
export { runAgent, type RunAgentOptions } from "./run-agent.ts";
export { verifyJournalIn } from "./journal/verify-directory.ts";
export { type HashFinding, type JournalFault, type JournalReport, type SegmentReport } from "./journal/verify-journal.ts";
export { readPolicy } from "./policy/read-policy.ts";
export { type Trial, tryPolicy, type TrialAnswer } from "./policy/try-policy.ts";
