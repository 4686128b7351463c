import assert from "node:assert/strict";
import { suite } from "../support/suite.ts";
import type { CommandEnd } from "../support/command.ts";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import { readSomeone, submit } from "../support/journey-runs.ts";
import type { SandboxOrg } from "../support/sandbox.ts";

const test = suite("what people get wrong");

type Place = { readonly journey: Journey; readonly controller: JourneyController; readonly org: SandboxOrg };

async function withPlace(body: (place: Place) => Promise<void>): Promise<void> {
  await withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
    await connect(controller.api, org);
    await body({ journey, controller, org });
  });
}

/** The command ended so, named the code, and printed no result and no stack. */
function expectRefusal(
  { code, stdout, stderr }: CommandEnd,
  expected: { readonly code: string; readonly exit: number; readonly says: RegExp },
): void {
  assert.equal(code, expected.exit, stderr);
  assert.match(stderr, new RegExp(`error\\[${expected.code}\\]:`));
  assert.match(stderr, expected.says);
  assert.equal(stdout, "");
  assert.doesNotMatch(stderr, /\n\s+at /);
}

test(
  "the command names what is wrong, and ends with the exit code for it",
  async () => {
    await withPlace(async ({ controller }) => {
      const run = (...words: readonly string[]): Promise<CommandEnd> => controller.longarm("run", ...words);
      const cases: readonly [Promise<CommandEnd>, Parameters<typeof expectRefusal>[1]][] = [
        [run("okta.user.gett"), { code: "unknown_action", exit: 2, says: /okta\.user\.gett/ }],
        [run("okta.user.get", "--connection", "acme", "--set", "user=ada"), { code: "unknown_connection", exit: 2, says: /acme/ }],
        [run("okta.user.get", "--input", '{"user":"ada","usr":1}'), { code: "invalid_request", exit: 2, says: /usr/ }],
        [run("okta.user.get", "--input", "{user: ada}"), { code: "invalid_json", exit: 2, says: /--input/ }],
        [run("okta.user.get", "--set", "user=ada", "--on", "labels.site = 'hq'"), { code: "invalid_selector", exit: 2, says: /\n *\^/ }],
        [controller.longarm("select", "labels.site == "), { code: "invalid_selector", exit: 2, says: /\n *\^/ }],
        [run("okta.user.get", "--set", "user=nobody@example.com"), { code: "user_not_found", exit: 1, says: /nobody@example\.com/ }],
      ];
      for (const [ended, expected] of cases) expectRefusal(await ended, expected);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "the API answers each fault with its own problem",
  async () => {
    await withPlace(async ({ controller }) => {
      const post = async (path: string, body: string): Promise<readonly [number, string, string]> => {
        const headers = { authorization: `Bearer ${controller.token}`, "content-type": "application/json" };
        const answer = await fetch(`${controller.url}${path}`, { method: "POST", headers, body });
        assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
        const { code, detail } = (await answer.json()) as { code: string; detail: string };
        return [answer.status, code, detail];
      };
      const cases: readonly [string, object | string, number, string, RegExp][] = [
        ["/v1/runs", '{"action": ', 400, "invalid_json", /JSON/],
        ["/v1/runs", { ...readSomeone, action: "okta.user.gett" }, 404, "unknown_action", /okta\.user\.gett/],
        ["/v1/runs", { ...readSomeone, connection: "acme" }, 404, "unknown_connection", /acme/],
        ["/v1/runs", { ...readSomeone, prioritty: 1 }, 422, "invalid_request", /prioritty/],
        ["/v1/runs", { ...readSomeone, on: "labels.site = 'hq'" }, 422, "invalid_selector", /\n *\^/],
        ["/v1/selectors/explain", { selector: "labels.site ==" }, 422, "invalid_selector", /\n *\^/],
      ];
      for (const [path, body, status, code, says] of cases) {
        const [gotStatus, gotCode, detail] = await post(path, typeof body === "string" ? body : JSON.stringify(body));
        assert.deepEqual([gotStatus, gotCode], [status, code], detail);
        assert.match(detail, says);
      }
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "a dead target and a wrong token are told apart, by the run and by the connection's test",
  async () => {
    await withPlace(async ({ controller, org }) => {
      const { api } = controller;
      const cases = [
        [{ url: "http://127.0.0.1:1", token: org.token }, "target_unreachable"],
        [{ url: org.url, token: "wrong-token" }, "authentication_failed"],
      ] as const;
      for (const [target, code] of cases) {
        await connect(api, target);
        const run = await submit(api, { ...readSomeone, on: "local", deadline: "2s" });
        assert.equal(run.status, "failed");
        assert.equal(run.error?.code, code, run.error?.message);
        const tested = await controller.longarm("connections", "test", "sandbox");
        assert.equal(tested.code, 1);
        assert.match(tested.stderr, new RegExp(code));
      }
    });
  },
  { timeoutMs: 60_000 },
);

test.run();
