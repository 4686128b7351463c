import type { ExpressionRules } from "../expressions/rules.ts";
import type { Org } from "../org.ts";
import { scopeOf } from "./access.ts";
import type { AppRecord } from "./app.ts";

const attributes: ReadonlySet<string> = new Set(["id", "status", "name", "credentials.signing.kid", "user.id", "group.id"]);

/** `filter` on applications: equality only. That `group.id` is allowed is assumed. */
export const appFilterRules: ExpressionRules = {
  operatorsFor: (attribute) => (attributes.has(attribute) ? ["eq"] : undefined),
  isTime: () => false,
  ignoreCase: false,
};

/** One attribute of an application by its path; of users, those with access among the ones that the filter asks for. */
export function readAppAttribute(
  org: Org,
  app: AppRecord,
  wish: { readonly attribute: string; readonly askedUsers: readonly string[] },
): unknown {
  if (wish.attribute === "group.id") return [...org.apps.groupsOf(app).keys()];
  if (wish.attribute !== "user.id") return app[wish.attribute as keyof AppRecord];
  return wish.askedUsers.filter((id) => {
    const user = org.users.byId(id);
    return user !== undefined && scopeOf(org, app, user.index) !== undefined;
  });
}
