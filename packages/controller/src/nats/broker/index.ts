export { brokerCacheDirectory } from "./cache.ts";
export { type BrokerTls } from "./configuration.ts";
export { type BrokerFetch, fetchDebian } from "./fetch-debian.ts";
export { type BrokerSearch, type BrokerSource, findBroker, type FoundBroker } from "./find.ts";
export { KeptBroker } from "./kept-broker.ts";
export { diskReserveBytes } from "./quota.ts";
export { type BrokerCheck, type BrokerFsync, type BrokerReport, checkBroker } from "./requirements.ts";
export { type BrokerOptions, type RunningBroker, startBroker } from "./start.ts";
export { brokerFloor } from "./version.ts";
