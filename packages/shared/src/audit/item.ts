import type { AuditHead, AuditRecord } from "./record.ts";

/** One line of an export: all that verification needs, without any key but the public ones. */
export type AuditItem =
  | {
      readonly type: "installation";
      /** Of the root's public key, as people pin it. */
      readonly fingerprint: string;
      /** The last message of RUNS that the export tells of. */
      readonly runsUpTo: number;
      readonly exportedAt: string;
    }
  /** A message of RUNS as it is stored. */
  | { readonly type: "message"; readonly sequence: number; readonly subject: string; readonly hash: string }
  /** A record of the chain that its subject names. */
  | { readonly type: "record"; readonly sequence: number; readonly chain: string; readonly record: AuditRecord }
  /** What stands in a chain's place and is no record of it. */
  | { readonly type: "unreadable"; readonly sequence: number; readonly chain: string; readonly why: string }
  /** How far a chain had come, known from elsewhere than its store. */
  | ({ readonly type: "head" } & AuditHead);

/** What was done to a record. */
export type AuditFaultKind = "edited" | "deleted" | "inserted" | "reordered" | "truncated" | "foreign" | "unsigned";

/** The first bad record of a chain, or of the runs' messages. */
export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** The chain, by its controller; null for a message of RUNS. */
  readonly chain: string | null;
  /** Of the record in its chain. */
  readonly number: number | null;
  /** Where it stands in its stream, as far as it is there. */
  readonly sequence: number | null;
  /** What is wrong, in a sentence. */
  readonly message: string;
}
