import assert from "node:assert/strict";
import { withJourney, connect } from "../support/journey.ts";
import { createUser, delay, type RunShown, readSomeone, submit } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";

const test = suite("what whoever waited for a run is told");

const suspended = { action: "okta.user.suspend", connection: "sandbox", input: { user: "user000011@example.com" } };
const nobody = { ...readSomeone, input: { user: "nobody@example.com" } };
const secret = { action: "okta.user.resetToTemporaryPassword", connection: "sandbox", input: { user: "user000012@example.com" } };

test(
  "is what the run's log says of it, however it ended",
  () =>
    withJourney(async (journey) => {
      const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      const { api } = controller;
      await connect(api, org);
      const ends: string[] = [];
      const bodies = [
        readSomeone,
        nobody,
        suspended,
        createUser("told@example.com"),
        createUser("told@example.com"),
        { ...suspended, dryRun: true },
      ];
      const slow = { method: "GET", path: "/api/v1/users/{id}", count: 1 };
      for (const body of [...bodies, { ...readSomeone, deadline: "1s" }, secret]) {
        if ("deadline" in body) await delay(org, slow, 3_000);
        const told = await submit(api, body);
        assert.deepEqual(told, await api.get<RunShown>(`/v1/runs/${told.id}`));
        ends.push(told.error?.code ?? told.status);
      }
      const expected = [
        "succeeded",
        "user_not_found",
        "succeeded",
        "succeeded",
        "already_exists",
        "succeeded",
        "deadline_exceeded",
        "succeeded",
      ];
      assert.deepEqual(ends, expected);
    }),
  { timeoutMs: 60_000 },
);

test.run();
