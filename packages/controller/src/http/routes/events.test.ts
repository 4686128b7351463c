import { deepEqual, equal, match } from "node:assert/strict";
import { newApiToken } from "../../access/api-token.ts";
import { type ScriptedController, withScriptedController } from "../../../../../test/support/scripted-controller.ts";
import { suite } from "../../../../../test/support/suite.ts";

const test = suite("routes of events");
const hired = { type: "user.created", subject: "ada@example.com", data: { login: "ada@example.com" }, id: "hr-17" };

interface Shown {
  readonly id: string;
  readonly type: string;
  readonly duplicate?: boolean;
  readonly differs?: boolean;
  readonly data?: unknown;
}

async function post({ ask }: ScriptedController, body: unknown): Promise<{ readonly status: number; readonly shown: Shown }> {
  const response = await ask("POST", "/v1/events", { body });
  return { status: response.status, shown: (await response.json()) as Shown };
}

test("take a new event with 202, and a known id with 200, the first one's content and whether it differs", () =>
  withScriptedController(async (controller) => {
    const first = await post(controller, hired);
    deepEqual([first.status, first.shown.id, first.shown.duplicate], [202, "hr-17", false]);
    const again = await post(controller, hired);
    deepEqual([again.status, again.shown.duplicate, again.shown.differs], [200, true, false]);
    const other = await post(controller, { ...hired, type: "user.updated" });
    deepEqual([other.status, other.shown.type, other.shown.differs], [200, "user.created", true]);
  }));

test("give an event an id of its own where none was told, and refuse what is none", () =>
  withScriptedController(async (controller) => {
    const [one, other] = [await post(controller, { type: "tick" }), await post(controller, { type: "tick" })];
    deepEqual([one.status, other.status, one.shown.id === other.shown.id], [202, 202, false]);
    for (const body of [
      {},
      { type: "a b" },
      { type: "tick", id: "" },
      { type: "tick", id: "å" },
      { type: "tick", id: ".." },
      { ...hired, depth: 3 },
    ])
      equal((await post(controller, body)).status, 422, JSON.stringify(body));
    equal((await post(controller, { type: "tick", data: "x".repeat(300_000) })).status, 413);
  }));

test("list what happened, newest first, and show one with its data, whatever its id is made of", () =>
  withScriptedController(async (controller) => {
    const id = `hr/17?#%${"~".repeat(240)}`;
    for (const body of [hired, { type: "tick", id: "t-1" }, { ...hired, id }]) await post(controller, body);
    const listed = (await (await controller.ask("GET", "/v1/events?limit=2")).json()) as { events: Shown[]; nextCursor: string };
    deepEqual(
      listed.events.map((event) => event.id),
      [id, "t-1"],
    );
    const rest = await (await controller.ask("GET", `/v1/events?limit=2&cursor=${listed.nextCursor}`)).json();
    deepEqual((rest as { events: Shown[] }).events[0]?.id, "hr-17");
    const ticks = (await (await controller.ask("GET", "/v1/events?type=tick&since=1h")).json()) as { events: Shown[] };
    equal(ticks.events.length, 1);
    const shown = (await (await controller.ask("GET", `/v1/events/${encodeURIComponent(id)}`)).json()) as Shown;
    deepEqual([shown.id, shown.data], [id, hired.data]);
    const unknown = await controller.ask("GET", "/v1/events/hr-17?source=hook");
    match(await unknown.text(), /unknown_event.*No event of the source hook has the id/);
  }));

test("show what happened in an org, and what its triggers made of it, to whoever may use its connection", () =>
  withScriptedController(async (controller) => {
    const { events, triggers, apiKeys, url } = controller;
    const token = newApiToken();
    await apiKeys.add(token, { principal: "somebody", scopes: ["events:read"], connections: ["acme*"] });
    const ask = async (path: string) => {
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token.reveal()}` } });
      return (await response.json()) as { code?: string; events?: Shown[]; outcomes?: { trigger: string; outcome: string }[] };
    };
    const common = { type: "okta.user.create", subject: "", data: {}, depth: 0, isEcho: false, receivedAtMs: 0 };
    for (const connection of ["acme", "globex"]) {
      const name = { source: "hook", id: connection } as const;
      await events.store({ ...name, ...common, connection });
      for (const orgOf of ["acme", "globex"])
        await triggers.outcomes.note(name, { trigger: `by-${orgOf}`, connection: orgOf, atMs: 0, kind: "draft" });
    }
    deepEqual(
      (await ask("/v1/events")).events?.map(({ id }) => id),
      ["acme"],
    );
    equal((await ask("/v1/events/globex?source=hook")).code, "unknown_event");
    deepEqual(
      (await ask("/v1/events/acme?source=hook")).outcomes?.map(({ trigger, outcome }) => [trigger, outcome]),
      [["by-acme", "draft"]],
    );
  }));

test.run();
