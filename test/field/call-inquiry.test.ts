import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RestRequest } from "@longarm/shared/rest";
import type { ToldAnswer } from "@longarm/shared/wire";
import { executorOf, type Field, never, requestTo, until, withField, withTarget } from "../support/field.ts";
import { suite } from "../support/suite.ts";

const test = suite("what an agent tells of a call over the broker");

const create = { effect: "create", method: "POST" } as const;

/** Asks until an answer of this kind comes. */
function answerOf(
  { directory }: Field,
  request: RestRequest,
  kind: ToldAnswer["kind"],
): Promise<{ journalId: string; answer: ToldAnswer }> {
  const { callId, attempt } = request;
  const [agent] = directory.list();
  const asked = { agentId: agent!.id, callId, attempt, notAfterMs: Date.now() + 10_000 };
  return new Promise((resolve) => {
    const stop = directory.inquiry.ask(asked, (word) => {
      if (word.answer.kind !== kind) return;
      stop();
      resolve(word);
    });
  });
}

test("is how the call ended, until that is said to be stored; its journal tells nothing to who reads the file", () =>
  withField(async (field) => {
    const { directory, agent, configuration } = field;
    const own = await configuration();
    const { id } = await agent(own);
    const canary = "temporary-password";
    await withTarget(
      (_: IncomingMessage, response: ServerResponse) => void response.end(canary),
      async (baseUrl) => {
        const request = requestTo(baseUrl, create);
        const got = await executorOf(directory, id).send(request, never);
        assert(got.kind === "response");
        await Array.fromAsync(got.body);
        const { answer } = await answerOf(field, request, "ended");
        assert(answer.kind === "ended" && answer.end.kind === "response" && answer.end.body.kind === "whole");
        assert.equal(Buffer.from(answer.end.body.bytes).toString(), canary);
        assert.match(got.record().journalHash ?? "", /^[0-9a-f]{32}$/);
        assert.equal(answer.end.record.journalHash, got.record().journalHash, "the same is told whoever asks");
        const folder = join(own.dataDirectory, "journal");
        const [file = assert.fail("no journal")] = await readdir(folder);
        const written = await readFile(join(folder, file));
        assert.ok(!written.includes(canary) && !written.includes(request.callId));
        for (const name of [join(folder, file), join(own.dataDirectory, "journal.key")])
          assert.equal((await stat(name)).mode & 0o777, 0o600);
        directory.inquiry.stored(id, request);
        await answerOf(field, request, "unreadable");
      },
    );
  }));

test("is that a call is under way, and its end when it comes, although its controller has given it up", () =>
  withField(async (field) => {
    const { directory, agent } = field;
    const { id } = await agent();
    const held = Promise.withResolvers<ServerResponse>();
    await withTarget(
      (_, response) => held.resolve(response),
      async (baseUrl) => {
        const request = requestTo(baseUrl, create);
        const stop = new AbortController();
        const answer = executorOf(directory, id).send(request, stop.signal);
        const response = await held.promise;
        stop.abort();
        assert.equal((await answer).kind, "failure");
        await answerOf(field, request, "underWay");
        const ended = answerOf(field, request, "ended");
        response.end("made");
        assert.equal((await ended).answer.kind, "ended");
      },
    );
  }));

test("is that it never saw the call, by the journal that its beats name; and then it never begins it", () =>
  withField(async (field) => {
    const { directory, agent } = field;
    const { id } = await agent();
    const request = requestTo("http://127.0.0.1:1", create);
    const { journalId } = await answerOf(field, request, "neverSeen");
    assert.equal(journalId, directory.find(id)?.journal?.id);
    const refused = await executorOf(directory, id).send(request, never);
    assert(refused.kind === "failure");
    assert.deepEqual([refused.error.code, refused.error.details["reason"]], ["agent_refused", "already_seen"]);
  }));

test("stays the same over a restart, by the same journal", () =>
  withField(async (field) => {
    const { directory, agent, configuration } = field;
    const own = await configuration();
    const first = await agent(own);
    const before = directory.find(first.id)?.journal?.id;
    const request = requestTo("http://127.0.0.1:1", create);
    assert.equal((await executorOf(directory, first.id).send(request, never)).kind, "failure");
    await first.stop();
    await until(directory, () => directory.find(first.id)?.state === "lost");
    await agent(own);
    const { journalId, answer } = await answerOf(field, request, "ended");
    assert(answer.kind === "ended" && answer.end.kind === "failure");
    assert.deepEqual([journalId, answer.end.delivery], [before, "not_sent"]);
  }));

test("is nothing for a call that names another journal: that is refused before", () =>
  withField(async ({ directory, agent }) => {
    const { id } = await agent();
    const dispatch = { notAfterMs: Date.now() + 10_000, journalId: "another" };
    const refused = await executorOf(directory, id).send(requestTo("http://127.0.0.1:1", { ...create, dispatch }), never);
    assert(refused.kind === "failure");
    assert.deepEqual([refused.delivery, refused.error.details["reason"]], ["not_sent", "journal_differs"]);
    const late = { notAfterMs: Date.now() - 5_000 };
    const tooLate = await executorOf(directory, id).send(requestTo("http://127.0.0.1:1", { ...create, dispatch: late }), never);
    assert(tooLate.kind === "failure");
    assert.equal(tooLate.error.details["reason"], "too_late");
  }));

test.run();
