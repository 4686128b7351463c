export { meantByName } from "./nearest.ts";
export { findPlacedFaults, nameFaults, type PlacedFault } from "./placed-fault.ts";
export { checkedString, checkKeyword, expectsKeyword } from "./schema-node.ts";
