import type { TriggerSample } from "@longarm/shared";

const application = "event.data.target[0].id";
// An org names the group first or behind the user.
const group = "event.data.target[0].type == 'UserGroup' ? event.data.target[0].id : event.data.target[1].id";

/** Samples of triggers that keep records by what an org's event hook tells, between two pulls. */
export const recordTriggers: readonly TriggerSample[] = [
  {
    name: "okta.applicationRecords",
    title: "Keep Okta Applications Records",
    on: { source: "hook", type: "okta.application.lifecycle.*", echoes: true, filter: "event.data.target[0].type == 'AppInstance'" },
    flow: "okta.flow.upsertApplicationRecord",
    input: { app: application, source: "'hook'" },
    concurrency: { key: application, limit: 1 },
  },
  {
    name: "okta.groupRecords",
    title: "Keep Okta Groups Records",
    on: { source: "hook", type: "okta.group.*", echoes: true, filter: "event.data.target.exists(t, t.type == 'UserGroup')" },
    flow: "okta.flow.upsertGroupRecord",
    input: { group, source: "'hook'" },
    concurrency: { key: group, limit: 1 },
  },
];
