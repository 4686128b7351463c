export { asStorageFault, makeDataDirectory } from "./data-directory.ts";
export type { Environment } from "./environment.ts";
export { loadConfiguration, type ConfigurationSources, type LoadedConfiguration } from "./load.ts";
export { checkedString, checkKeyword, durationKeyword, durationString, secretString } from "../schema/schema-node.ts";
