export { AccountClaimsDesk } from "./account-claims-desk.ts";
export { BrokerFieldIdentities } from "./broker-field-identities.ts";
export { type AccountKeys, type BrokerKeys, ensureBrokerKeys, loadBrokerKeys, makeBrokerKeys, writeBrokerKeys } from "./broker-keys.ts";
export { accountNames, type AccountRole } from "./claims.ts";
export { type BrokerLogin, mintForThisProcess, mintUser } from "./mint.ts";
export * from "./permissions.ts";
export { rotateBrokerKeys } from "./rotate.ts";
