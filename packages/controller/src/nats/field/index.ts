export { FieldAgentDirectory, type FieldAgentDirectoryDeps } from "./field-agent-directory.ts";
