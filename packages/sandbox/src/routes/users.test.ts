import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { type SandboxOrg, type SandboxReply, withSandbox } from "../../../../test/support/sandbox.ts";

const test = suite("users of the simulated org");

const ada = { firstName: "Ada", lastName: "Byron", login: "ada@example.com", email: "ada@example.com" };

function errorOf(reply: SandboxReply): { status: number; code: string; summary: string; causes: string[] } {
  const body = reply.body as { errorCode: string; errorSummary: string; errorCauses: { errorSummary: string }[] };
  return {
    status: reply.status,
    code: body.errorCode,
    summary: body.errorSummary,
    causes: body.errorCauses.map((cause) => cause.errorSummary),
  };
}

function create(org: SandboxOrg, body: unknown, query = ""): Promise<SandboxReply> {
  return org.call("POST", `/api/v1/users${query}`, body);
}

async function statusOf(org: SandboxOrg, body: unknown, query = ""): Promise<string> {
  return ((await create(org, body, query)).body as { status: string }).status;
}

test("a new user's status follows from activation, password and next login", async () => {
  await withSandbox({}, async (org) => {
    const person = (name: string) => ({ ...ada, login: `${name}@example.com`, email: `${name}@example.com` });
    const credentials = { password: { value: "Analytical-1" } };
    assert.equal(await statusOf(org, { profile: person("a1") }, "?activate=false"), "STAGED");
    assert.equal(await statusOf(org, { profile: person("a2") }), "PROVISIONED");
    assert.equal(await statusOf(org, { profile: person("a3"), credentials }), "ACTIVE");
    assert.equal(await statusOf(org, { profile: person("a4"), credentials }, "?nextLogin=changePassword"), "PASSWORD_EXPIRED");
    const federated = { provider: { type: "FEDERATION", name: "FEDERATION" } };
    assert.equal(await statusOf(org, { profile: person("a5"), credentials: federated }, "?provider=true"), "ACTIVE");
  });
});

test("a second user with the same login is refused as Okta does it, whatever the case of its letters", async () => {
  await withSandbox({ users: 5 }, async (org) => {
    const error = errorOf(await create(org, { profile: { ...ada, login: "USER000003@Example.com" } }));
    assert.deepEqual(error, {
      status: 400,
      code: "E0000001",
      summary: "Api validation failed: login",
      causes: ["login: An object with this field already exists in the current organization"],
    });
  });
});

const refusedBodies: readonly (readonly [what: string, body: unknown, code: string, cause: RegExp | null, query?: string])[] = [
  ["an unknown attribute", { profile: { ...ada, shoeSize: 42 } }, "E0000001", /^Property name 'shoeSize' is not defined in profile$/],
  ["a missing last name", { profile: { ...ada, lastName: undefined } }, "E0000001", /^lastName: The field cannot be left blank$/],
  [
    "a login that is no address",
    { profile: { ...ada, login: "ada-byron" } },
    "E0000001",
    /^login: Username must be in the form of an email/,
  ],
  ["a first name of 51 letters", { profile: { ...ada, firstName: "a".repeat(51) } }, "E0000001", /^firstName: The field is too long$/],
  ["a weak password", { profile: ada, credentials: { password: { value: "short" } } }, "E0000001", /^password: Password requirements/],
  ["21 groups", { profile: ada, groupIds: Array.from({ length: 21 }, () => "00g") }, "E0000093", null],
  ["an unknown group", { profile: ada, groupIds: ["00gabsent"] }, "E0000007", null],
  ["an expired password without activation", { profile: ada }, "E0000124", null, "?activate=false&nextLogin=changePassword"],
  ["an expired password without a password", { profile: ada }, "E0000125", null, "?nextLogin=changePassword"],
];

for (const [what, body, code, cause, query] of refusedBodies) {
  test(`a new user with ${what} is refused and nothing is stored`, async () => {
    await withSandbox({}, async (org) => {
      const error = errorOf(await create(org, body, query));
      assert.equal(error.code, code);
      if (cause) assert.match(error.causes.join("\n"), cause);
      assert.deepEqual((await org.call("GET", "/api/v1/users")).body, []);
      assert.equal(((await org.call("GET", "/sandbox/ledger")).body as { total: number }).total, 0);
    });
  });
}

test("a body that is no JSON object is not well-formed", async () => {
  await withSandbox({}, async (org) => {
    assert.equal(errorOf(await create(org, [1])).code, "E0000003");
    assert.equal(errorOf(await create(org, "text")).code, "E0000003");
  });
});

test("a user is found by id, by login in any case and by short name", async () => {
  await withSandbox({ users: 50 }, async (org) => {
    const { id } = (await org.call("GET", "/api/v1/users/user000042")).body as { id: string };
    for (const reference of [id, "user000042@example.com", "User000042@EXAMPLE.com", "USER000042", "user000042%40example.com"]) {
      assert.equal(((await org.call("GET", `/api/v1/users/${reference}`)).body as { id: string }).id, id, reference);
    }
    for (const reference of ["user000050", "user42", "user000042@other.com", `${id.slice(0, -1)}_`]) {
      assert.equal((await org.call("GET", `/api/v1/users/${reference}`)).status, 404, reference);
    }
  });
});

test("a short name that two users share finds nobody", async () => {
  await withSandbox({ users: 5 }, async (org) => {
    assert.equal((await org.call("GET", "/api/v1/users/user000001")).status, 200);
    await create(org, { profile: { ...ada, login: "user000001@example.org" } });
    const error = errorOf(await org.call("GET", "/api/v1/users/user000001"));
    assert.deepEqual([error.status, error.summary], [404, "Not found: Resource not found: user000001 (User)"]);
  });
});

test("after a change of login only the new one finds the user, and the old one is free", async () => {
  await withSandbox({ users: 5 }, async (org) => {
    const changed = await org.call("POST", "/api/v1/users/user000002", { profile: { login: "moved@example.com" } });
    assert.equal(changed.status, 200);
    assert.equal((await org.call("GET", "/api/v1/users/user000002@example.com")).status, 404);
    assert.equal((await org.call("GET", "/api/v1/users/moved")).status, 200);
    assert.equal((await create(org, { profile: { ...ada, login: "user000002@example.com" } })).status, 200);
  });
});

test("POST changes only what it names, PUT drops what it leaves out", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const merged = (await org.call("POST", "/api/v1/users/user000000", { profile: { city: "Paris", title: null } })).body as {
      profile: object;
    };
    const after = merged.profile as Record<string, unknown>;
    assert.equal(after["city"], "Paris");
    assert.equal("title" in after, false);
    assert.equal(typeof after["department"], "string");
    const replaced = (await org.call("PUT", "/api/v1/users/user000000", { profile: ada })).body as { profile: object };
    assert.deepEqual(replaced.profile, { ...ada, mobilePhone: null, secondEmail: null });
    assert.equal(errorOf(await org.call("PUT", "/api/v1/users/ada", { profile: { login: ada.login } })).code, "E0000001");
  });
});

test("If-Match lets only the current version through", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const etag = (await org.call("GET", "/api/v1/users/user000000")).headers.get("etag") as string;
    assert.match(etag, /^W\/"[^"]+"$/);
    const edit = (ifMatch: string) =>
      org.request({
        method: "POST",
        path: "/api/v1/users/user000000",
        body: { profile: { city: "Rome" } },
        headers: { "if-match": ifMatch },
      });
    assert.equal(errorOf(await edit("not-an-etag")).code, "E0000242");
    assert.equal((await edit(etag)).status, 200);
    const stale = errorOf(await edit(etag));
    assert.deepEqual([stale.status, stale.code], [412, "E0000231"]);
  });
});

test("a DEPROVISIONED user can be read but not edited", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    await org.call("POST", "/api/v1/users/user000000/lifecycle/deactivate");
    assert.equal((await org.call("GET", "/api/v1/users/user000000")).status, 200);
    assert.equal(errorOf(await org.call("POST", "/api/v1/users/user000000", { profile: { city: "Rome" } })).code, "E0000007");
  });
});

test("credentials and their links are left out when the client asks for that", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    const headers = { "content-type": 'application/json; okta-response="omitCredentials,omitCredentialsLinks,omitTransitioningToStatus"' };
    const whole = (await org.call("GET", "/api/v1/users/user000000")).body as { credentials: object; _links: object };
    const trimmed = (await org.request({ method: "GET", path: "/api/v1/users/user000000", headers })).body as {
      credentials?: object;
      _links: object;
    };
    assert.ok("changePassword" in whole._links && whole.credentials);
    assert.equal("credentials" in trimmed || "changePassword" in trimmed._links, false);
  });
});

test("a wrong, absent or differently written token is refused", async () => {
  await withSandbox({ users: 1 }, async (org) => {
    for (const authorization of ["SSWS other", "Bearer sandbox-token", ""]) {
      const error = errorOf(await org.request({ method: "GET", path: "/api/v1/users/user000000", headers: { authorization } }));
      assert.deepEqual([error.status, error.code], [401, "E0000011"]);
    }
  });
});

test("unknown paths and methods have Okta's own errors", async () => {
  await withSandbox({}, async (org) => {
    assert.equal(errorOf(await org.call("GET", "/api/v1/nothing")).code, "E0000008");
    assert.equal(errorOf(await org.call("DELETE", "/api/v1/users")).status, 405);
    assert.equal((await org.call("GET", "/api/v1/users/a%2Fb@example.com")).status, 404);
  });
});

test.run();
