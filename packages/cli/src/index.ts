export { ApiClient, type ControllerAddress } from "./api/api-client.ts";
export { runCommandLine } from "./command-line.ts";
export type { Surroundings } from "./shell.ts";
