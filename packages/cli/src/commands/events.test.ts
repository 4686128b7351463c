import assert from "node:assert/strict";
import { withCommand } from "../../../../test/support/command.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm events");

test("posts an event once for its id, lists it and shows its data", () =>
  withCommand(async ({ run }) => {
    const post = (data: string) => run(["events", "post", "--type", "user.created", "--subject", "ada", "--id", "hr-17", "--input", data]);
    const first = await post('{"team":"engines"}');
    assert.equal(first.stdout, "hr-17\n");
    assert.match(first.stderr, /^No trigger names events of the type "user.created"/);
    assert.match((await post('{"team":"engines"}')).stderr, /was there before.*says the same/);
    assert.match((await post("{}")).stderr, /says something else, and counts; yours is not stored/);
    assert.match((await run(["events", "ls", "--type", "user.created"])).stdout, /event +user\.created +ada +hr-17/);
    assert.match((await run(["events", "show", "hr-17"])).stdout, /data +\{"team":"engines"\}/);
  }));

test("gives an event an id where none is told, and says what is missing", () =>
  withCommand(async ({ run }) => {
    assert.match((await run(["events", "post", "--type", "tick"])).stdout, /^[\w-]{36}\n$/);
    assert.match((await run(["events", "post"])).stderr, /--type/);
    assert.match((await run(["events", "show", "nobody"])).stderr, /unknown_event/);
  }));

test.run();
