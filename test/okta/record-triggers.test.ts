import { deepEqual, equal, ok } from "node:assert/strict";
import { okta } from "@longarm/okta";
import type { StoredEvent, TriggerSample } from "@longarm/shared";
import { createCatalogue } from "@longarm/spoke";
import { compileTrigger } from "../../packages/controller/src/decide/trigger/compile-trigger.ts";
import { type EventVerdict, judgeEvent } from "../../packages/controller/src/decide/trigger/judge-event.ts";
import { type SandboxOrg, withSandbox } from "../support/sandbox.ts";
import { suite } from "../support/suite.ts";

const test = suite("triggers that keep records");
const catalogue = createCatalogue([okta]);
const samples: readonly TriggerSample[] = (okta.triggers ?? []).filter(({ name }) => name.endsWith("Records"));

interface LogEvent {
  readonly uuid: string;
  readonly eventType: string;
}

/** What the org's log holds, as an event hook brings it. */
async function eventsOf(org: SandboxOrg): Promise<readonly StoredEvent[]> {
  const log = (await org.call("GET", "/api/v1/logs?limit=200")).body as readonly LogEvent[];
  return log.map((data) => ({
    ...{ id: data.uuid, source: "hook", type: `okta.${data.eventType}`, subject: "", depth: 0, isEcho: false, receivedAtMs: 0, data },
  }));
}

/** What each sample makes of the events, those of other types left out. */
function verdicts(events: readonly StoredEvent[]): readonly EventVerdict[] {
  return samples.flatMap(({ title: _title, ...sample }) => {
    const result = compileTrigger({ ...sample, connection: "acme", state: "draft" });
    ok("compiled" in result, JSON.stringify(result));
    return events.map((event) => judgeEvent(result.compiled, event)).filter(({ kind }) => kind !== "other_event");
  });
}

test("would read anew what the org tells of, with an input that their flows take, and start nothing while they are drafts", () =>
  withSandbox({ users: 2, limits: "off" }, async (org) => {
    const group = ((await org.call("POST", "/api/v1/groups", { profile: { name: "Crew" } })).body as { readonly id: string }).id;
    const [user] = (await org.call("GET", "/api/v1/users?limit=1")).body as readonly { readonly id: string }[];
    await org.call("PUT", `/api/v1/groups/${group}/users/${user?.id}`);
    const app = (
      await org.call("POST", "/api/v1/apps", {
        ...{ name: "bookmark", label: "Mail", signOnMode: "BOOKMARK" },
        settings: { app: { requestIntegration: false, url: "https://mail.example.com" } },
      })
    ).body as { readonly id: string };
    await org.call("DELETE", `/api/v1/groups/${group}`);
    const judged = verdicts(await eventsOf(org));
    const would = judged.map((verdict) => {
      ok(verdict.kind === "draft", JSON.stringify(verdict));
      const { flow, input, concurrency } = verdict.wouldStart;
      const runnable = catalogue.runnable(flow);
      ok(runnable, flow);
      catalogue.checkInput(runnable, input);
      equal(concurrency?.limit, 1);
      return [flow, Object.values(input as object)[0] as unknown];
    });
    deepEqual(
      would.find(([, id]) => id === app.id),
      ["okta.flow.upsertApplicationRecord", app.id],
    );
    // Created, filled, deleted.
    equal(would.filter(([flow, id]) => flow === "okta.flow.upsertGroupRecord" && id === group).length, 3);
  }));

test("name flows and members that there are", () => {
  equal(samples.length, 2);
  for (const { flow, input } of samples) {
    const runnable = catalogue.runnable(flow);
    ok(runnable, flow);
    const { properties } = runnable.input as { readonly properties: object };
    for (const member of Object.keys(input as object)) ok(member in properties, `${flow} ${member}`);
  }
});

test.run();
