import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { readError, readMessage } from "./reading.ts";

const test = suite("what stands in a message from the wire");

test("details of an error that nest too deeply to be stored are refused", () => {
  const read = (levels: number) => (): unknown =>
    readMessage("frame", new Uint8Array(), () =>
      readError({ code: "agent_refused", details: `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}` }),
    );
  assert.throws(read(5_000), { code: "invalid_wire_message", message: /error details is not nested at most 100 levels deep/ });
  assert.doesNotThrow(read(99));
});

test.run();
