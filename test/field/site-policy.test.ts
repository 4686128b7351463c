import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import type { AgentId } from "@longarm/shared";
import type { Page, RestExecutor, RestFailure, RestRequest } from "@longarm/shared/rest";
import { withTemporaryDirectory } from "../support/directories.ts";
import { executorOf, never, pagesOf, requestTo, until, withField, withTarget, type Field } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("an agent whose site has a policy");

interface Site {
  readonly field: Field;
  readonly id: AgentId;
  readonly baseUrl: string;
  readonly executor: RestExecutor;
  /** What the target was asked. */
  readonly asked: string[];
  /** Writes another text into the policy file. */
  write(rules: string): void;
}

const limits = "addresses: [127.0.0.0/8]";

/** An agent with a policy, and a target; `rules` are written with `ORIGIN` in the place of the target's. */
async function withSite(rules: string, use: (site: Site) => Promise<void>, answer = answered): Promise<void> {
  const asked: string[] = [];
  const noted = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  };
  await withTemporaryDirectory((directory) =>
    withField((field) =>
      withTarget(noted, async (baseUrl) => {
        const policyFile = join(directory, "policy.yaml");
        const write = (text: string): void => writeFileSync(policyFile, text.replaceAll("ORIGIN", baseUrl));
        write(rules);
        const { id } = await field.agent({ policyFile, requirePolicy: true });
        await until(field.directory, () => field.directory.find(id)?.policy !== undefined);
        await use({ field, id, baseUrl, executor: executorOf(field.directory, id), asked, write });
      }),
    ),
  );
}

function answered(_request: IncomingMessage, response: ServerResponse): void {
  response.end("ok");
}

async function failed(executor: RestExecutor, request: RestRequest): Promise<RestFailure> {
  const answer = await executor.send(request, never);
  assert(answer.kind === "failure", "a response came");
  return answer;
}

async function succeeded(executor: RestExecutor, request: RestRequest) {
  const answer = await executor.send(request, never);
  if (answer.kind === "failure") throw answer.error;
  await Array.fromAsync(answer.body);
  return answer.record();
}

const readUsers = `rules: [{name: read users, origins: ["ORIGIN"], allow: ["GET /users", "GET /users/{id}"], ${limits}}]`;

test("sends what a rule allows, and tells by which policy and which rule", () =>
  withSite(readUsers, async ({ executor, baseUrl, field, id }) => {
    const record = await succeeded(executor, requestTo(baseUrl, { path: "/users/1" }));
    assert.equal(record.policyRule, "read users");
    assert.match(record.policyHash ?? "", /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(field.directory.find(id)?.policy, { hash: record.policyHash, isStale: false });
  }));

test("denies the rest as not sent, with the rule that comes nearest and what it lacks", () =>
  withSite(readUsers, async ({ executor, baseUrl, asked }) => {
    const cases: readonly (readonly [over: Partial<RestRequest>, sentence: RegExp])[] = [
      [{ path: "/groups" }, /rule "read users", but it lists no path of this form/],
      [{ path: "/users/1", method: "DELETE", effect: "once" }, /it lists only GET for this path/],
      [{ path: "/users/1", effect: "converge" }, /its effects are read/],
      [{ path: "/users/%252e%252e" }, /percent|could leave/],
    ];
    for (const [over, sentence] of cases) {
      const { delivery, error } = await failed(executor, requestTo(baseUrl, over));
      assert.deepEqual([delivery, error.code], ["not_sent", "policy_denied"]);
      assert.match(error.message, sentence);
    }
    assert.deepEqual(asked, []);
  }));

test("goes to no address that the rule does not list", () =>
  withSite(readUsers.replace(limits, "addresses: [public]"), async ({ executor, baseUrl, asked }) => {
    const { delivery, error } = await failed(executor, requestTo(baseUrl, { path: "/users" }));
    assert.deepEqual([delivery, error.code, error.details["reason"]], ["not_sent", "policy_denied", "address"]);
    assert.match(error.message, /127\.0\.0\.1 is no address that rule "read users" of the site's policy allows/);
    assert.deepEqual(asked, []);
  }));

test("cuts an answer that is longer than the rule allows; a change was sent then, and is not said to be undone", () => {
  const rules = `rules: [{name: small, origins: ["ORIGIN"], allow: ["POST /users"], effects: [create], maxResponseBytes: 10, ${limits}}]`;
  const long = (_: IncomingMessage, response: ServerResponse): void => void response.end("x".repeat(11));
  return withSite(
    rules,
    async ({ executor, baseUrl, asked }) => {
      const request = requestTo(baseUrl, { path: "/users", method: "POST", effect: "create", ...soon() });
      await assert.rejects(succeeded(executor, request), {
        code: "response_too_large",
        message: /more than the 10 bytes that rule "small" of the site's policy allows/,
      });
      assert.deepEqual(asked, ["POST /users"]);
    },
    long,
  );
});

test("goes by a changed file without a restart, and by the one before where the new one has faults", () =>
  withSite(readUsers, async ({ executor, baseUrl, field, id, write }) => {
    const before = field.directory.find(id)?.policy?.hash;
    write(readUsers.replace("GET /users/{id}", "GET /groups"));
    await until(field.directory, () => field.directory.find(id)?.policy?.hash !== before);
    await succeeded(executor, requestTo(baseUrl, { path: "/groups" }));
    assert.equal((await failed(executor, requestTo(baseUrl, { path: "/users/1" }))).error.code, "policy_denied");
    write("rules: [{name: everything}]");
    await until(field.directory, () => field.directory.find(id)?.policy?.isStale === true);
    await succeeded(executor, requestTo(baseUrl, { path: "/groups" }));
    write(readUsers);
    await until(field.directory, () => field.directory.find(id)?.policy?.hash === before);
    assert.equal(field.directory.find(id)?.policy?.isStale, false);
    await succeeded(executor, requestTo(baseUrl, { path: "/users/1" }));
  }));

test("follows no link to a page that the policy does not allow", () =>
  withSite(
    readUsers,
    async ({ executor, baseUrl, asked }) => {
      const pages: (Page | RestFailure)[] = await Array.fromAsync(executor.pages(pagesOf(baseUrl, { path: "/users" }), never));
      assert.deepEqual(
        pages.map((page) => (page.kind === "page" ? page.status : `${page.delivery} ${page.error.code}`)),
        [200, "not_sent policy_denied"],
      );
      assert.deepEqual(asked, ["GET /users"]);
    },
    (_, response) => void response.setHeader("link", '</secrets?after=1>; rel="next"').end("[]"),
  ));

test("lets no more requests through than a rule's rate, and says when there is room again", () =>
  withSite(readUsers.replace(limits, `rate: 2/hour, ${limits}`), async ({ executor, baseUrl, asked }) => {
    for (let n = 0; n < 2; n++) await succeeded(executor, requestTo(baseUrl, { path: "/users" }));
    const { delivery, error } = await failed(executor, requestTo(baseUrl, { path: "/users" }));
    assert.deepEqual([delivery, error.code, error.retryable, error.details["reason"]], ["not_sent", "policy_denied", true, "rate"]);
    assert.match(error.message, /Rule "read users" of the site's policy allows 2 requests in 3600 s/);
    assert.equal(asked.length, 2);
  }));

test("that has none says so in its beats and with every call", () =>
  withField(async ({ agent, directory }) => {
    const { id } = await agent();
    await withTarget(answered, async (baseUrl) => {
      const { policyHash } = await succeeded(executorOf(directory, id), requestTo(baseUrl));
      assert.equal(policyHash, "none");
      await until(directory, () => directory.find(id)?.policy?.hash === "none");
    });
  }));

test("does not start without a policy where its configuration requires one, nor with one that has faults", () =>
  withTemporaryDirectory((directory) =>
    withField(async ({ agent }) => {
      await assert.rejects(agent({ policyFile: join(directory, "absent.yaml") }), {
        code: "invalid_configuration",
        message: /there is no such file/,
      });
      writeFileSync(join(directory, "policy.yaml"), "rules: [{name: a}]");
      await assert.rejects(agent({ policyFile: join(directory, "policy.yaml") }), { code: "invalid_configuration", message: /2 faults/ });
    }),
  ));

/** Until when a changing call may begin. */
function soon(): Pick<RestRequest, "dispatch"> {
  return { dispatch: { notAfterMs: Date.now() + 10_000 } };
}

test.run();
