export { brokerUsers, type BrokerPasswords, type BrokerTls } from "./configuration.ts";
export { type BrokerFetch, fetchDebian } from "./fetch-debian.ts";
export { brokerCacheDirectory, type BrokerSearch, type BrokerSource, findBroker, type FoundBroker } from "./find.ts";
export { diskReserveBytes } from "./quota.ts";
export { type BrokerOptions, type RunningBroker, startBroker } from "./start.ts";
export { brokerFloor } from "./version.ts";
