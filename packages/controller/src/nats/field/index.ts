export { FieldAgentDirectory, type FieldAgentDirectoryDeps } from "./field-agent-directory.ts";
export { FieldDoor, type FieldDoorDeps } from "./field-door.ts";
