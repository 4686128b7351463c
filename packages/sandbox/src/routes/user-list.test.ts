import assert from "node:assert/strict";
import { type IncomingMessage, request } from "node:http";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, type SandboxReply, withSandbox } from "../../../../test/support/sandbox.ts";
import { userStatuses } from "../state/users/user.ts";

const test = suite("lists of users");

interface User {
  readonly id: string;
  readonly status: string;
  readonly profile: Readonly<Record<string, string>>;
  readonly _links: object;
}

function nextOf(reply: SandboxReply): string | undefined {
  return /<([^>]+)>; rel="next"/.exec(reply.headers.get("link") ?? "")?.[1];
}

/** Follows the pages; `between` runs after each. */
async function walk(org: SandboxOrg, path: string, between?: (page: number) => Promise<unknown>): Promise<User[]> {
  const users: User[] = [];
  let next: string | undefined = path;
  for (let page = 0; next !== undefined; page += 1) {
    const reply = await org.call("GET", next);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    users.push(...(reply.body as User[]));
    next = nextOf(reply);
    await between?.(page);
  }
  return users;
}

function list(org: SandboxOrg, parameter: "search" | "filter" | "q", text: string): Promise<SandboxReply> {
  return org.call("GET", `/api/v1/users?${parameter}=${encodeURIComponent(text)}`);
}

async function logins(reply: Promise<SandboxReply>): Promise<string[]> {
  return ((await reply).body as User[]).map((user) => user.profile["login"] as string);
}

function errorCode(reply: SandboxReply): string {
  return (reply.body as { errorCode: string }).errorCode;
}

const everyStatus = userStatuses.map((status) => `status eq "${status}"`).join(" or ");

test("following the links shows every user once, whatever the page's size", async () => {
  await withSandbox({ users: 457 }, async (org) => {
    for (const limit of [1, 50, 200, 500]) {
      const users = await walk(org, `/api/v1/users?limit=${limit === 1 ? 13 : limit}`);
      assert.equal(users.length, 457);
      assert.equal(new Set(users.map((user) => user.id)).size, 457);
    }
  });
});

test("a walk goes on past users that are created, changed and deleted meanwhile", async () => {
  await withSandbox({ users: 60 }, async (org) => {
    const users = await walk(org, "/api/v1/users?limit=20", async (page) => {
      if (page > 0) return;
      await org.call("DELETE", "/api/v1/users/user000019");
      await org.call("DELETE", "/api/v1/users/user000019");
      const profile = { firstName: "Late", lastName: "Comer", login: "late@example.com", email: "late@example.com" };
      await org.call("POST", "/api/v1/users", { profile });
    });
    assert.equal(users.length, 61);
    assert.equal(users.at(-1)?.profile["login"], "late@example.com");
  });
});

/** The `Link` header lines as they come over the wire; `fetch` would join them. */
async function linkLines(org: SandboxOrg, path: string, host: string): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(new URL(path, org.url), { headers: { host, authorization: `SSWS ${org.token}` } }, resolve)
    .on("error", reject)
    .end();
  const { rawHeaders } = (await promise).resume();
  return rawHeaders.filter((_, at) => rawHeaders[at - 1]?.toLowerCase() === "link" && at % 2 === 1);
}

test("each link is a header line of its own, absolute on the origin that the client used", async () => {
  await withSandbox({ users: 3 }, async (org) => {
    const host = `okta.example:${org.port}`;
    const lines = await linkLines(org, "/api/v1/users?limit=2", host);
    assert.equal(lines.length, 2);
    assert.equal(lines[0], `<http://${host}/api/v1/users?limit=2>; rel="self"`);
    assert.match(lines[1] ?? "", new RegExp(`^<http://${host}/api/v1/users\\?limit=2&after=200u\\w+>; rel="next"$`));
  });
});

test("limits default to 200, and to 10 with q, and are capped at 200", async () => {
  await withSandbox({ users: 450 }, async (org) => {
    const lengthOf = async (query: string) => ((await org.call("GET", `/api/v1/users${query}`)).body as User[]).length;
    assert.deepEqual(
      [await lengthOf(""), await lengthOf("?limit=1000"), await lengthOf("?q=user"), await lengthOf("?q=user&limit=30")],
      [200, 200, 10, 30],
    );
    assert.equal(nextOf(await org.call("GET", "/api/v1/users?q=user")), undefined);
  });
});

test("a cursor that the org never gave is refused", async () => {
  await withSandbox({ users: 3 }, async (org) => {
    for (const after of ["nonsense", "200u00000000000000000", "00u"]) {
      assert.equal(errorCode(await org.call("GET", `/api/v1/users?after=${after}`)), "E0000029");
    }
  });
});

test("the plain list and q leave DEPROVISIONED users out; filters and searches show them", async () => {
  await withSandbox({ users: 100, statuses: "mixed" }, async (org) => {
    assert.equal((await walk(org, "/api/v1/users?limit=30")).length, 99);
    assert.equal((await walk(org, `/api/v1/users?limit=30&filter=${encodeURIComponent(everyStatus)}`)).length, 100);
    assert.deepEqual(await logins(list(org, "filter", 'status eq "DEPROVISIONED"')), ["user000097@example.com"]);
    assert.deepEqual(await logins(list(org, "search", 'status eq "deprovisioned"')), ["user000097@example.com"]);
    assert.deepEqual(await logins(list(org, "q", "user000097")), []);
  });
});

test("a list shows one link of a user: to itself", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const [user] = (await org.call("GET", "/api/v1/users")).body as User[];
    assert.deepEqual(user?._links, { self: { href: `${org.url}/api/v1/users/${user?.id}` } });
  });
});

const filters: readonly (readonly [expression: string, found: readonly number[]])[] = [
  ['profile.login eq "user000003@example.com"', [3]],
  ['profile.login eq "USER000003@example.com"', []],
  ['profile.login eq "user000003@example.com" or profile.email eq "user000005@example.com"', [3, 5]],
  ['(profile.login eq "user000003@example.com" or profile.login eq "user000004@example.com") and status eq "ACTIVE"', [3, 4]],
  ['lastUpdated lt "2023-01-02T08:00:26.000Z"', [0, 1]],
  ['lastUpdated ge "2023-01-02T09:00:26.000+01:00" and lastUpdated le "2023-01-02T08:00:39Z"', [2, 3]],
];

for (const [expression, found] of filters) {
  test(`the filter ${expression} finds ${found.length} users`, async () => {
    await withSandbox({ users: 10 }, async (org) => {
      assert.deepEqual(
        await logins(list(org, "filter", expression)),
        found.map((index) => `user00000${index}@example.com`),
      );
    });
  });
}

test("searches compare without regard to case, by any attribute, and may be sorted", async () => {
  await withSandbox({ users: 300 }, async (org) => {
    const inSales = await walk(
      org,
      `/api/v1/users?limit=7&search=${encodeURIComponent('profile.department eq "SALES" and profile.login sw "user0000"')}`,
    );
    assert.ok(inSales.length > 0 && inSales.every((user) => user.profile["department"] === "Sales"));
    const sorted = await walk(
      org,
      `/api/v1/users?limit=40&search=${encodeURIComponent("profile.city pr")}&sortBy=profile.lastName&sortOrder=desc`,
    );
    const names = sorted.map((user) => user.profile["lastName"]?.toLowerCase() as string);
    assert.equal(sorted.length, 300);
    assert.deepEqual(names, names.toSorted().toReversed());
  });
});

test("an expression that the endpoint does not allow is refused with that parameter's error", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    for (const bad of [
      'profile.city eq "Paris"',
      'profile.login sw "a"',
      "not status pr",
      'status eq "ACTIVE',
      'status == "ACTIVE"',
      'lastUpdated gt "soon"',
      "",
    ]) {
      assert.equal(errorCode(await list(org, "filter", bad)), "E0000053", bad);
    }
    for (const bad of [
      'profile.city ne "Paris"',
      'profile.city co "Par"',
      'profile.shoe eq "1"',
      'not (status eq "ACTIVE")',
      'status eq "A" and',
      '"a" eq "b"',
      "(((",
    ]) {
      assert.equal(errorCode(await list(org, "search", bad)), "E0000031", bad);
    }
    assert.equal(errorCode(await org.call("GET", "/api/v1/users?search=a&filter=b")), "E0000033");
  });
});

test("a search may lag behind, a read by id and a filter never do", async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, sleep: () => Promise.resolve() };
  await withSandbox({ users: 5, indexLagMs: 500, clock }, async (org) => {
    await org.call("POST", "/api/v1/users/user000001", { profile: { login: "moved@example.com" } });
    const search = (login: string) => logins(list(org, "search", `profile.login eq "${login}"`));
    assert.deepEqual(await search("moved@example.com"), []);
    assert.deepEqual(await search("user000001@example.com"), ["user000001@example.com"]);
    assert.deepEqual(await logins(list(org, "filter", 'profile.login eq "moved@example.com"')), ["moved@example.com"]);
    nowMs += 500;
    assert.deepEqual(await search("moved@example.com"), ["moved@example.com"]);
    assert.deepEqual(await search("user000001@example.com"), []);
  });
});

test("searches know the attributes that the org has added, and no others", async () => {
  await withSandbox({ users: 3, indexLagMs: 0 }, async (org) => {
    const properties = {
      badge: { title: "Badge", type: "integer" },
      skills: { title: "Skills", type: "array", items: { type: "string" } },
    };
    const search = (text: string) => list(org, "search", text);
    assert.equal(errorCode(await search("profile.badge eq 7")), "E0000031");
    await org.call("POST", "/api/v1/meta/schemas/user/default", { definitions: { custom: { properties } } });
    await org.call("POST", "/api/v1/users/user000001", { profile: { badge: 7, skills: ["Sailing", "Chess"] } });
    for (const text of ["profile.badge eq 7", "profile.badge gt 6", 'profile.skills eq "chess"', "profile.skills pr"])
      assert.deepEqual(await logins(search(text)), ["user000001@example.com"], text);
    assert.deepEqual(await logins(search("profile.badge lt 7")), []);
    assert.equal(errorCode(await search('profile.skills co "ess"')), "E0000031");
  });
});

test("a user has the type that it was made with, by which it can be found, and the attributes of that type only", async () => {
  await withSandbox({ users: 2, indexLagMs: 0 }, async (org) => {
    const profile = { firstName: "Ada", lastName: "L", email: "ada@example.com", login: "ada@example.com" };
    const create = (id: string, more: object = {}) =>
      org.call("POST", "/api/v1/users?activate=false", { profile: { ...profile, ...more }, type: { id } });
    assert.equal(errorCode(await create("oty00000000000000000")), "E0000001");
    const made = (await org.call("POST", "/api/v1/meta/types/user", { name: "contractor", displayName: "Contractor" })).body as {
      id: string;
      _links: { schema: { href: string } };
    };
    assert.equal(((await org.call("GET", "/api/v1/meta/types/user")).body as unknown[]).length, 2);
    const agency = { agency: { title: "Agency", type: "string" } };
    await org.call("POST", made._links.schema.href, { definitions: { custom: { properties: agency } } });
    assert.equal(errorCode(await org.call("POST", "/api/v1/users/user000000", { profile: { agency: "X" } })), "E0000001");
    const user = (await create(made.id, { agency: "Ants" })).body as { type: { id: string }; _links: { schema: { href: string } } };
    assert.deepEqual([user.type.id, user._links.schema.href], [made.id, made._links.schema.href]);
    assert.deepEqual(await logins(list(org, "search", `type.id eq "${made.id}"`)), ["ada@example.com"]);
    assert.deepEqual(await logins(list(org, "search", 'profile.agency eq "ants"')), ["ada@example.com"]);
    const moved = await org.call("PUT", "/api/v1/users/user000001", {
      profile: { ...profile, login: "bob@example.com" },
      type: { id: made.id },
    });
    assert.equal((moved.body as { type: { id: string } }).type.id, made.id);
  });
});

test("fields cuts each user down, and always keeps its id", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const [user] = (await org.call("GET", "/api/v1/users?fields=status,profile:(login,%20city)")).body as User[];
    assert.deepEqual(Object.keys(user as object).toSorted(), ["id", "profile", "status"]);
    assert.deepEqual(Object.keys(user?.profile as object).toSorted(), ["city", "login"]);
  });
});

test.run();
