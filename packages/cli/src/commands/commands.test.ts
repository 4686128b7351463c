import { deepEqual, equal, match, ok } from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LongarmError, newId } from "@longarm/shared";
import { withCommand } from "../../../../test/support/command.ts";
import { withTemporaryDirectory } from "../../../../test/support/directories.ts";
import { runProcess } from "../../../../test/support/processes.ts";
import { anyAgent } from "../../../../test/support/scripted/agents.ts";
import { anyCall } from "../../../../test/support/scripted/runs.ts";
import { tokenOf } from "../../../../test/support/credentials.ts";
import { suite } from "../../../../test/support/suite.ts";

const test = suite("longarm commands");
const ended = { endedAt: "2026-01-02T03:04:06.000Z" };

test("says of a call that was denied once that it was not sent", async () => {
  await withCommand(async ({ controller, run }) => {
    const error = new LongarmError("policy_denied").toBody();
    const calls = [anyCall({ status: null, sentMs: null, outcome: "not_sent", error })];
    const { id } = controller.runs.add({ status: "failed", callCount: 1, calls, ...ended });
    const { stdout } = await run(["runs", "show", id]);
    match(stdout, /\n#1 GET \/api\/v1\/users\/00u1 – local not sent \(queued 1 ms\) error\[policy_denied\]\n$/);
  });
});

test("tells a pin that is none by the option that it was given with", async () => {
  await withCommand(async ({ run }) => {
    const { code, stderr } = await run(["agent", "--join", "ljt1_x", "--pin", "sha256:12"]);
    equal(code, 2);
    match(stderr, /--pin must be sha256: and 64 hexadecimal digits, as it was printed with the token \(it is "sha256:12"\)/);
  });
});

test("tells the options of a join token where one is made, and prints a command that shows the token in no list of processes", async () => {
  await withCommand(async ({ run }) => {
    const help = await run(["agents", "token", "--help"]);
    for (const option of ["--label", "--ttl", "--from", "--ask"]) match(help.stdout, new RegExp(`^  ${option} `, "m"));
    ok(!(await run(["agents", "token", "ls", "--help"])).stdout.includes("--ttl"));
    const { stdout } = await run(["agents", "token", "--label", "site=hq"]);
    match(stdout, /^ {2}echo ljt1_[\w.-]+ \| longarm agent --join - --pin sha256:[0-9a-f]{64}$/m);
  });
});

test("shows the timeline of a run's calls", async () => {
  await withCommand(async ({ controller, run }) => {
    const remote = { kind: "agent", id: "agt_1", name: "hq-1" } as const;
    const error = new LongarmError("target_reset").toBody();
    const calls = [
      anyCall(),
      anyCall({
        method: "POST",
        path: "/api/v1/users",
        executor: remote,
        status: null,
        sentMs: 30,
        queuedMs: 2,
        attempt: 2,
        outcome: "unknown",
        error,
      }),
    ];
    const { id } = controller.runs.add({ status: "outcome_unknown", callCount: 2, calls, ...ended });
    const { code, stdout } = await run(["runs", "show", id]);
    equal(code, 0);
    match(
      stdout,
      /\n#1 GET \/api\/v1\/users\/00u1 200 local 12 ms \(queued 1 ms\)\n#2 POST \/api\/v1\/users – hq-1 30 ms \(queued 2 ms\) attempt 2 unknown error\[target_reset\]\n$/,
    );
    match(stdout, /^run +run_\w+\naction +okta\.user\.get\nstatus +outcome_unknown\n/);
  });
});

test("shows every call on request, where the run shows its last ones", async () => {
  await withCommand(async ({ controller, run }) => {
    const calls = Array.from({ length: 450 }, (_, n) => anyCall({ path: `/${n}` }));
    const { id } = controller.runs.add({ callCount: 450, calls: calls.slice(-50) });
    controller.runs.callsOf.set(id, calls);
    const [last, all] = await Promise.all([run(["runs", "show", id]), run(["runs", "show", id, "--all"])]);
    match(last.stdout, /the last 50 of 450; --all shows every one\)\n#401 GET \/400 /);
    equal(all.stdout.match(/^#\d+ GET/gm)?.length, 450);
    match(all.stdout, /#450 GET \/449 /);
  });
});

test("lists runs as a table without colour when piped, and as JSON", async () => {
  await withCommand(async ({ controller, spawn: run }) => {
    const { id } = controller.runs.add({ status: "failed", error: new LongarmError("user_not_found").toBody(), ...ended });
    const [table, json, none] = await Promise.all([
      run(["runs", "ls"]),
      run(["runs", "ls", "--json", "--limit", "1"]),
      run(["runs", "ls", "--status", "done"]),
    ]);
    match(
      table.stdout,
      /^RUN +STATUS +ACTION +CONNECTION +CALLS +SUBMITTED +TOOK\nrun_\w+ +failed \(user_not_found\) +okta\.user\.get +acme +0 +2026-01-02 03:04:05Z +1000 ms\n$/,
    );
    ok(table.stdout.includes(id) && !table.stdout.includes("\u001b"));
    equal((JSON.parse(json.stdout) as { runs: { id: string }[] }).runs[0]?.id, id);
    equal(none.code, 2);
  });
});

test("watches a run to its end, cancels one and submits one again", async () => {
  await withCommand(async ({ controller, run }) => {
    const queued = controller.runs.add();
    const watched = await run(["runs", "watch", queued.id]);
    deepEqual([watched.code, watched.stdout], [0, "queued\n"]);
    match(watched.stderr, /succeeded/);
    const cancelled = await run(["runs", "cancel", controller.runs.add().id]);
    match(cancelled.stdout, /^run_\w+ cancelled\n$/);
    const again = await run(["runs", "retry", queued.id]);
    match(again.stdout, /^run_\w+ queued\n$/);
    const unknown = await run(["runs", "show", newId("run")]);
    equal(unknown.code, 2);
    match(unknown.stderr, /^error\[unknown_run\]: .*\nnext: longarm runs ls\n$/);
  });
});

test("removes finished runs, tells which cannot be removed, and goes on with the others", async () => {
  await withCommand(async ({ controller, run }) => {
    const [first, second] = [controller.runs.add({ status: "failed" }), controller.runs.add({ status: "succeeded" })];
    const going = controller.runs.add();
    const { code, stdout, stderr } = await run(["runs", "rm", first.id, going.id, second.id]);
    deepEqual([code, stdout], [2, `${first.id} removed\n${second.id} removed\n`]);
    match(stderr, /^error\[invalid_state\]: run_/);
    const json = await run(["runs", "rm", first.id, "--json"]);
    deepEqual([json.code, JSON.parse(json.stdout)], [2, { removed: [] }]);
    equal((await run(["runs", "rm"])).code, 2);
  });
});

test("shows what is known of an outcome that nobody knows, and settles it", async () => {
  await withCommand(async ({ controller, run }) => {
    const evidence = {
      status: 503,
      user: { status: "ACTIVE", transitioningTo: null },
      systemLog: [{ eventType: "user.account.expire_password", requestId: "r1" }],
    };
    const { id } = controller.runs.add({
      status: "outcome_unknown",
      error: new LongarmError("outcome_unknown", "?", { details: { evidence } }).toBody(),
    });
    const shown = await run(["runs", "show", id]);
    match(shown.stdout, /\nevidence +status 503\nuser +status ACTIVE\nsystemLog +eventType user\.account\.expire_password, requestId r1\n/);
    match(shown.stderr, new RegExp(`longarm runs resolve ${id} --as succeeded\\|failed --note`));
    equal((await run(["runs", "resolve", id, "--as", "done", "--note", "x"])).code, 2);
    equal((await run(["runs", "resolve", id, "--as", "succeeded"])).code, 2);
    const settled = await run(["runs", "resolve", id, "--as", "succeeded", "--note", "The user has the new state."]);
    deepEqual([settled.code, settled.stdout], [0, `${id} succeeded\n`]);
    match((await run(["runs", "show", id])).stdout, /\nsettled +as succeeded by .+: The user has the new state\.\n/);
    const again = await run(["runs", "resolve", id, "--as", "failed", "--note", "x"]);
    match(again.stderr, /^error\[invalid_state\]/);
  });
});

test("shows an action as fields and with an example that runs as it is printed", async () => {
  await withCommand(async ({ controller, run }) => {
    const [list, create] = await Promise.all([run(["actions"]), run(["actions", "okta.user.create"])]);
    match(list.stdout, /okta\.user\.get +action +read +Lookup User Account Details/);
    match(create.stdout, /profile\.login \* +string/);
    match(create.stdout, /password +string +secret/);
    match(create.stdout, /effect +create \(creates; /);
    const example = /^ {2}longarm (.*)$/m.exec(create.stdout)?.[1] ?? "";
    const words = await wordsOf(example);
    equal((await run(words)).code, 0);
    deepEqual(controller.runs.submitted[0]?.input, { profile: { login: "o'neil@example.com" } });
  });
});

/** The words that a POSIX shell makes of a line. */
async function wordsOf(line: string): Promise<string[]> {
  const { stdout } = await runProcess({ command: "sh", args: ["-c", `printf '%s\\0' ${line}`] });
  return stdout.split("\0").slice(0, -1);
}

test("lists, shows and pauses agents", async () => {
  await withCommand(async ({ controller, run }) => {
    controller.agents.agents.push(anyAgent());
    const [list, show] = await Promise.all([run(["agents", "ls"]), run(["agents", "show", "hq-1"])]);
    match(list.stdout, /hq-1 +up +4\/4 +site=hq capabilities=rest,okta/);
    match(show.stdout, /labels\.capabilities +rest, okta\n/);
    equal((await run(["agents", "pause", "hq-1"])).stdout, "hq-1 paused\n");
    const gone = await run(["agents", "drain", "nobody"]);
    deepEqual([gone.code, gone.stderr.split("\n")[1]], [2, "next: longarm agents ls"]);
  });
});

test("tells for each agent whether it matches, and which condition failed", async () => {
  await withCommand(async ({ controller, run }) => {
    controller.agents.agents.push(anyAgent(), anyAgent({ name: "branch-1", labels: { site: "branch" } }));
    const [cel, short, broken] = await Promise.all([
      run(["select", "labels.site == 'hq'"]),
      run(["select", '{"attributes": {"site": "hq"}}']),
      run(["select", "labels.site == 'hq' and true"]),
    ]);
    match(cel.stdout, /^labels\.site == 'hq'\n1 of 2 agents matches\n/);
    match(cel.stdout, /✓ +hq-1 +up/);
    match(cel.stdout, /✗ +branch-1 +up +labels\.site == 'hq'/);
    equal(short.stdout, cel.stdout);
    equal(broken.code, 2);
    match(broken.stderr, /^error\[invalid_selector\]: .*column 21.*write `&&` for and\.\n.*\n +\^\n$/);
  });
});

test("defines a connection, changes one member, tests and removes it", async () => {
  await withCommand(async ({ controller, run }) => {
    const made = await run([
      "connections",
      "set",
      "acme",
      "--base-url",
      "https://acme.okta.com",
      "--placement",
      "agent",
      "--require",
      "labels.site == 'hq'",
      "--prefer",
      "labels.tier == 'prod'=50",
      "--wait-for",
      "10m",
    ]);
    deepEqual([made.code, made.stdout], [0, "acme created\n"], made.stderr);
    equal(
      (await run(["connections", "set", "acme", "--timeout", "5s", "--retry", "attempts=2", "--key-limit", "4"])).stdout,
      "acme changed\n",
    );
    const stored = (await controller.connections.get("acme"))?.value;
    deepEqual([stored?.retry?.attempts, stored?.retry?.factor, stored?.concurrency], [2, 2, { keyLimit: 4 }]);
    deepEqual(
      [stored?.timeoutMs, stored?.placement.require, stored?.placement.prefer],
      [5_000, "labels.site == 'hq'", [{ when: "labels.tier == 'prod'", weight: 50 }]],
    );
    const [list, show, passed] = await Promise.all([
      run(["connections", "ls"]),
      run(["connections", "show", "acme"]),
      run(["connections", "test", "acme"]),
    ]);
    match(list.stdout, /acme +https:\/\/acme\.okta\.com +– +agent +labels\.site == 'hq'/);
    match(show.stdout, /waitFor +10m\n/);
    deepEqual([passed.code, passed.stdout], [0, "ok GET /api/v1/users 200 local (placed locally) 3 ms\n"]);
    controller.answers.connectionTest = (name) => {
      const error = new LongarmError("target_unreachable", "Nothing listens at acme.okta.com.").toBody();
      return {
        ok: false,
        connection: name,
        executor: { kind: "local" },
        why: "placed locally",
        method: "GET",
        path: "/",
        status: null,
        queuedMs: 0,
        sentMs: null,
        oktaRequestId: null,
        ...{ org: null, principal: null, scopes: null, clockAheadMs: null },
        error,
      };
    };
    const failed = await run(["connections", "test", "acme", "--on", "local"]);
    equal(failed.code, 1);
    match(failed.stderr, /^error\[target_unreachable\]: Nothing listens/);
    equal((await run(["connections", "rm", "acme"])).stdout, "acme removed\n");
  });
});

test("takes a connection from a file as a whole and names all its faults", async () => {
  await withCommand(async ({ run }) => {
    const good = await run(["connections", "set", "acme", "--file", "-"], {
      input: '{"baseUrl":"https://acme.okta.com","placement":{"on":"local"}}',
    });
    equal(good.stdout, "acme created\n");
    const bad = await run(["connections", "set", "acme", "--file", "-"], { input: '{"baseUrl":"acme","colour":1}' });
    equal(bad.code, 2);
    match(bad.stderr, /body\/colour is not known here/);
  });
});

test("reads a token from a file or standard input, and never shows it", async () => {
  await withCommand(async ({ controller, run }) => {
    await withTemporaryDirectory(async (directory) => {
      const file = join(directory, "token");
      await writeFile(file, "00fromfile\n");
      equal((await run(["credentials", "set", "app", "--ssws", `@${file}`])).stdout, "app created\n");
      equal(tokenOf(await controller.credentials.get("app")), "00fromfile");
      equal((await run(["credentials", "set", "app"], { input: "00piped\n" })).stdout, "app changed\n");
      equal(tokenOf(await controller.credentials.get("app")), "00piped");
      const [typed, empty, list] = await Promise.all([
        run(["credentials", "set", "app", "--ssws", "00typed"]),
        run(["credentials", "set", "app"], { input: "\n" }),
        run(["credentials", "ls", "--json"]),
      ]);
      deepEqual([typed.code, empty.code], [2, 2]);
      ok(!/00(typed|piped|fromfile)/.test(`${typed.stderr}${list.stdout}`), typed.stderr);
      equal((await run(["credentials", "rm", "app"])).code, 0);
    });
  });
});

test.run();
