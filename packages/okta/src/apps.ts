import { LongarmError } from "@longarm/shared";
import { expectsKeyword } from "@longarm/shared/schema";
import { type ActionResponse, type ActionRest, choicesKeyword } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { acceptOrAbsent } from "./identity.ts";
import { closed, membersOf, nullable, profileSchema, readUser, unexpected, userSchema, text, record } from "./schemas.ts";

/** An application as actions take it. */
export const appInput = Type.String({
  pattern: "^0oa[A-Za-z0-9]{17}$",
  [expectsKeyword]: "an application's id, e.g. 0oa…",
  [choicesKeyword]: "okta.metadata.apps",
  description: "An application's id (0oa…).",
});

/**
 * An application as actions and streams give it. Its credentials are left out: for some kinds Okta sends the client secret with them.
 * Only its id is sure to be there.
 */
export const appSchema = closed({
  id: Type.String(),
  name: nullable(Type.String({ description: "The kind of application, such as bookmark or salesforce." })),
  label: nullable(Type.String({ description: "What people call it." })),
  status: nullable(Type.String()),
  signOnMode: nullable(Type.String()),
  features: Type.Array(Type.String()),
  created: nullable(Type.String()),
  lastUpdated: nullable(Type.String()),
  profile: nullable(profileSchema),
  settings: nullable(profileSchema),
});

export type App = Static<typeof appSchema>;

/** A user's assignment to an application. */
export const appUserSchema = closed({
  id: Type.String({ description: "The user's id." }),
  scope: nullable(Type.String({ description: "USER: assigned by itself; GROUP: through a group." })),
  status: nullable(Type.String()),
  userName: nullable(Type.String({ description: "The user's name in the application." })),
  externalId: nullable(Type.String()),
  syncState: nullable(Type.String()),
  created: nullable(Type.String()),
  lastUpdated: nullable(Type.String()),
  statusChanged: nullable(Type.String()),
  passwordChanged: nullable(Type.String()),
  profile: nullable(profileSchema),
  user: nullable(userSchema),
});

export type AppUser = Static<typeof appUserSchema>;

/** An application of Okta's as we give it. Throws `unexpected_response` when it has no id. */
export function readApp(value: unknown): App {
  const app = membersOf(value);
  const id = text(app["id"]);
  if (id === null) throw unexpected("application");
  const features: readonly unknown[] = Array.isArray(app["features"]) ? app["features"] : [];
  return {
    id,
    name: text(app["name"]),
    label: text(app["label"]),
    status: text(app["status"]),
    signOnMode: text(app["signOnMode"]),
    features: features.filter((feature) => typeof feature === "string"),
    created: text(app["created"]),
    lastUpdated: text(app["lastUpdated"]),
    profile: record(app["profile"]),
    settings: record(app["settings"]),
  };
}

/** A user's assignment as we give it; `user` where the answer embeds it. Throws `unexpected_response` when it has no id. */
export function readAppUser(value: unknown): AppUser {
  const assigned = membersOf(value);
  const id = text(assigned["id"]);
  if (id === null) throw unexpected("assignment of a user");
  const embedded = membersOf(assigned["_embedded"])["user"];
  return {
    id,
    scope: text(assigned["scope"]),
    status: text(assigned["status"]),
    userName: text(membersOf(assigned["credentials"])["userName"]),
    externalId: text(assigned["externalId"]),
    syncState: text(assigned["syncState"]),
    created: text(assigned["created"]),
    lastUpdated: text(assigned["lastUpdated"]),
    statusChanged: text(assigned["statusChanged"]),
    passwordChanged: text(assigned["passwordChanged"]),
    profile: record(assigned["profile"]),
    user: embedded === undefined || embedded === null ? null : readUser(embedded),
  };
}

/** The error for an application that is not there. */
export function appNotFound(app: string): LongarmError {
  return new LongarmError("app_not_found", `No application in the org has the id "${app}".`, { details: { app } });
}

/** For a stream of something of an application: what a refused page means. */
export function appRefused({ status }: ActionResponse, { app }: { readonly app: string }): LongarmError | undefined {
  return status === 404 ? appNotFound(app) : undefined;
}

/** The application with this id. Throws `app_not_found`. */
export async function requireApp(rest: ActionRest, app: string): Promise<App> {
  const response = acceptOrAbsent(await rest.get({ path: ["api", "v1", "apps", app] }));
  if (response) return readApp(response.body);
  throw appNotFound(app);
}
