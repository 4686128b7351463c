import type { ActionResponse, ActionRest, TargetIdentity } from "@longarm/spoke";

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function bodyOf(response: ActionResponse): Members {
  return response.status === 200 ? membersOf(response.body) : {};
}

/** Which org answers, as its well-known document tells without any scope, and who the credential is: a token's owner or a service app. */
export async function identify(rest: Pick<ActionRest, "get">, clientId: string | null): Promise<TargetIdentity> {
  const known = bodyOf(await rest.get({ path: [".well-known", "okta-organization"] }));
  const orgId = textOf(known["id"]);
  const url = textOf(membersOf(membersOf(known["_links"])["organization"])["href"]);
  const org = orgId === null ? null : { id: orgId, url };
  if (clientId !== null) return { org, principal: { kind: "app", id: clientId, name: null } };
  const me = bodyOf(await rest.get({ path: ["api", "v1", "users", "me"] }));
  const id = textOf(me["id"]);
  return { org, principal: id === null ? null : { kind: "user", id, name: textOf(membersOf(me["profile"])["login"]) } };
}
