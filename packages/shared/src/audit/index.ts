export * from "./record.ts";
export * from "./item.ts";
export { AuditVerifier, type AuditReport } from "./verifier.ts";
