import assert from "node:assert/strict";
import { bareEnvironment, commandLine } from "../../../../test/support/command.ts";
import { withProcess } from "../../../../test/support/processes.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm sandbox");

test("serves at the address that was given, to who has the token that was given", () => {
  const words = ["sandbox", "--host", "localhost", "--users", "1", "--token", "of-my-own", "--json"];
  return withProcess({ ...commandLine(words), env: bareEnvironment, readyLine: /^\{"ready":true.*$/ }, async ({ ready }) => {
    const { url, token } = JSON.parse(ready[0] ?? "") as { url: string; token: string };
    const statusWith = async (given: string) =>
      (await fetch(`${url}/api/v1/users/user000000`, { headers: { authorization: `SSWS ${given}` } })).status;
    assert.deepEqual([new URL(url).hostname, token], ["localhost", "of-my-own"]);
    assert.deepEqual([await statusWith("of-my-own"), await statusWith("sandbox-token")], [200, 401]);
  });
});

test.run();
