export { brokerCacheDirectory } from "./cache.ts";
export { brokerUsers, type BrokerPasswords, type BrokerTls } from "./configuration.ts";
export { type BrokerFetch, fetchDebian } from "./fetch-debian.ts";
export { type BrokerSearch, type BrokerSource, findBroker, type FoundBroker } from "./find.ts";
export { diskReserveBytes } from "./quota.ts";
export { type BrokerCheck, type BrokerFsync, type BrokerReport, checkBroker } from "./requirements.ts";
export { type BrokerOptions, type RunningBroker, startBroker } from "./start.ts";
export { brokerFloor } from "./version.ts";
export { ensureBrokerPasswords } from "./passwords.ts";
