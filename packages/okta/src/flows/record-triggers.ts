/** A sample to be copied: it is bound to a connection when it is defined, and starts nothing until it is enabled. */
export interface TriggerSample {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly on: { readonly source: "hook"; readonly type: string; readonly filter?: string };
  readonly flow: string;
  /** A text is an expression over `event`. */
  readonly input: Readonly<Record<string, string>>;
  /** Runs of the same object go one after the other. */
  readonly concurrency: { readonly key: string; readonly limit: number };
  readonly state: "draft";
}

const application = "event.data.target[0].id";
// An org names the group first or behind the user.
const group = "event.data.target[0].type == 'UserGroup' ? event.data.target[0].id : event.data.target[1].id";

/** What keeps records by what an org's event hook tells, between two pulls. */
export const recordTriggers: readonly TriggerSample[] = [
  {
    name: "okta-application-records",
    summary: "Keeps the record of each application that was created, changed, activated, deactivated or deleted.",
    on: { source: "hook", type: "okta.application.lifecycle.*", filter: "event.data.target[0].type == 'AppInstance'" },
    flow: "okta.flow.upsertApplicationRecord",
    input: { app: application, source: "'hook'" },
    concurrency: { key: application, limit: 1 },
    state: "draft",
  },
  {
    name: "okta-group-records",
    summary: "Keeps the record of each group that was created, changed or deleted, or whose members changed.",
    on: { source: "hook", type: "okta.group.*", filter: "event.data.target.exists(t, t.type == 'UserGroup')" },
    flow: "okta.flow.upsertGroupRecord",
    input: { group, source: "'hook'" },
    concurrency: { key: group, limit: 1 },
    state: "draft",
  },
];
