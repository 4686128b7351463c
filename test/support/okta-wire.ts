// What Okta's management API may answer, written down by ourselves as closed objects: a member that is not named here is a fault.
// `| null` stands where Okta's own document or recorded answers have it.
import { Type, type TProperties, type TSchema } from "typebox";

const closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const maybe = Type.Optional;
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const oneOf = (...words: string[]) => Type.Enum(words);
const id = (prefix: string) => Type.String({ pattern: `^${prefix}[A-Za-z0-9]{17}$` });
const text = Type.String();
const textOrNull = orNull(Type.String());
const time = Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$" });
const timeOrNull = orNull(time);
const url = Type.String({ pattern: "^https?://" });
const href = closed({ href: url });
const post = closed({ href: url, method: Type.Literal("POST") });
const hinted = closed({ href: url, hints: closed({ allow: Type.Array(oneOf("POST", "DELETE")) }) });
const logo = closed({ name: text, href: url, type: Type.Literal("image/png") });
const anything = Type.Record(Type.String(), Type.Unknown());

const userStatus = oneOf("STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED");
const provider = closed({ type: oneOf("OKTA", "FEDERATION", "SOCIAL", "ACTIVE_DIRECTORY", "LDAP", "IMPORT"), name: text });

const user = closed({
  ...{ id: id("00u"), status: userStatus, transitioningToStatus: maybe(userStatus) },
  ...{
    created: time,
    activated: timeOrNull,
    statusChanged: timeOrNull,
    lastLogin: timeOrNull,
    lastUpdated: time,
    passwordChanged: timeOrNull,
  },
  type: closed({ id: id("oty") }),
  profile: anything,
  credentials: maybe(
    closed({
      password: maybe(closed({})),
      recovery_question: maybe(closed({ question: text })),
      emails: Type.Array(closed({ value: text, status: Type.Literal("VERIFIED"), type: Type.Literal("PRIMARY") })),
      provider,
    }),
  ),
  _links: closed({
    ...{ self: href, schema: maybe(href), type: maybe(href) },
    ...{ activate: maybe(post), reactivate: maybe(post), deactivate: maybe(post), suspend: maybe(post), unsuspend: maybe(post) },
    ...{
      unlock: maybe(post),
      resetFactors: maybe(post),
      expirePassword: maybe(post),
      resetPassword: maybe(post),
      changePassword: maybe(post),
    },
  }),
});

const factor = closed({
  ...{ id: id("opf"), factorType: text, provider: text, vendorName: text, status: text, created: time, lastUpdated: time },
  ...{ profile: anything, _links: closed({ self: href }) },
});
const activation = closed({ activationUrl: maybe(url), activationToken: maybe(text) });

const group = closed({
  ...{ id: id("00g"), created: time, lastUpdated: time, lastMembershipUpdated: time },
  objectClass: Type.Array(oneOf("okta:user_group", "okta:windows_security_principal")),
  type: oneOf("OKTA_GROUP", "APP_GROUP", "BUILT_IN"),
  profile: Type.Object({ name: text, description: textOrNull }),
  source: maybe(closed({ id: id("0oa") })),
  _links: closed({ logo: Type.Array(logo), users: href, apps: href, source: maybe(href) }),
});

const rule = closed({
  ...{ id: id("0pr"), type: Type.Literal("group_rule"), name: text, status: oneOf("ACTIVE", "INACTIVE", "INVALID") },
  ...{ created: time, lastUpdated: time },
  conditions: closed({
    people: closed({ users: closed({ exclude: Type.Array(id("00u")) }), groups: closed({ exclude: Type.Array(text) }) }),
    expression: closed({ value: text, type: Type.Literal("urn:okta:expression:1.0") }),
  }),
  actions: closed({ assignUserToGroups: closed({ groupIds: Type.Array(id("00g")) }) }),
});

const appUser = closed({
  ...{ id: id("00u"), externalId: textOrNull, created: time, lastUpdated: time, scope: oneOf("USER", "GROUP"), status: text },
  ...{
    statusChanged: timeOrNull,
    passwordChanged: timeOrNull,
    syncState: text,
    credentials: closed({ userName: text }),
    profile: anything,
  },
  _embedded: maybe(closed({ user })),
  _links: closed({ app: href, self: href, user: href, group: maybe(href) }),
});

const app = closed({
  ...{ id: id("0oa"), name: text, label: text, status: oneOf("ACTIVE", "INACTIVE", "DELETED"), lastUpdated: time, created: time },
  accessibility: closed({ selfService: Type.Boolean(), errorRedirectUrl: textOrNull, loginRedirectUrl: textOrNull }),
  visibility: closed({
    autoSubmitToolbar: Type.Boolean(),
    hide: closed({ iOS: Type.Boolean(), web: Type.Boolean() }),
    appLinks: Type.Record(Type.String(), Type.Boolean()),
  }),
  ...{ features: Type.Array(text), signOnMode: textOrNull, universalLogout: orNull(anything), settings: anything },
  credentials: closed({ userNameTemplate: closed({ template: text, type: text }), signing: closed({}) }),
  _embedded: maybe(closed({ user: appUser })),
  _links: closed({
    ...{ self: href, activate: maybe(href), deactivate: maybe(href), users: href, groups: href, logo: Type.Array(logo) },
    appLinks: Type.Array(closed({ name: text, href: url, type: Type.Literal("text/html") })),
  }),
});

const appGroup = closed({
  ...{ id: id("00g"), lastUpdated: time, priority: Type.Integer(), profile: anything, _embedded: maybe(closed({ group })) },
  _links: closed({ app: href, self: href, group: href }),
});
const appLink = closed({
  ...{ id: text, label: text, linkUrl: url, logoUrl: url, appName: text, appInstanceId: id("0oa"), appAssignmentId: id("0ua") },
  ...{ credentialsSetup: Type.Boolean(), hidden: Type.Boolean(), sortOrder: Type.Integer() },
});

const hook = closed({
  ...{ id: id("who"), status: oneOf("ACTIVE", "INACTIVE"), verificationStatus: oneOf("VERIFIED", "UNVERIFIED"), name: text },
  ...{ description: textOrNull, created: time, createdBy: id("00u"), lastUpdated: time },
  events: closed({ type: Type.Literal("EVENT_TYPE"), items: Type.Array(text), filter: orNull(anything) }),
  channel: closed({
    ...{ type: Type.Literal("HTTP"), version: Type.Literal("1.0.0") },
    config: closed({
      ...{ uri: url, headers: Type.Array(closed({ key: text, value: text })), method: Type.Literal("POST") },
      // Without its value, which Okta never shows again.
      authScheme: orNull(closed({ type: Type.Literal("HEADER"), key: text })),
    }),
  }),
  _links: closed({ self: href, verify: maybe(hinted), activate: maybe(hinted), deactivate: maybe(hinted), delete: maybe(hinted) }),
});

const actor = { id: text, type: text, alternateId: textOrNull, displayName: textOrNull, detailEntry: orNull(anything) };
const event = closed({
  actor: closed(actor),
  client: closed({
    userAgent: closed({ rawUserAgent: textOrNull, os: text, browser: text }),
    ...{ zone: text, device: text, id: textOrNull, ipAddress: text, geographicalContext: orNull(anything) },
  }),
  device: orNull(anything),
  authenticationContext: closed({
    ...{ authenticationProvider: textOrNull, credentialProvider: textOrNull, credentialType: textOrNull, issuer: orNull(anything) },
    ...{ interface: textOrNull, authenticationStep: Type.Integer(), rootSessionId: textOrNull, externalSessionId: textOrNull },
  }),
  ...{ displayMessage: text, eventType: text, published: time, severity: oneOf("DEBUG", "INFO", "WARN", "ERROR") },
  outcome: closed({ result: oneOf("SUCCESS", "FAILURE"), reason: textOrNull }),
  securityContext: closed({
    ...{ asNumber: orNull(Type.Integer()), asOrg: textOrNull, isp: textOrNull, domain: textOrNull, isProxy: orNull(Type.Boolean()) },
  }),
  debugContext: closed({ debugData: anything }),
  ...{ legacyEventType: textOrNull, uuid: Type.String({ pattern: "^[0-9a-f-]{36}$" }), version: Type.Literal("0") },
  transaction: closed({ type: text, id: text, detail: anything }),
  request: closed({ ipChain: Type.Array(anything) }),
  target: orNull(Type.Array(closed(actor))),
});

const part = closed({
  id: text,
  type: Type.Literal("object"),
  properties: Type.Record(Type.String(), anything),
  required: Type.Array(text),
});
const schema = closed({
  ...{ id: url, $schema: url, name: text, title: text, description: maybe(text), created: time, lastUpdated: time },
  ...{
    definitions: closed({ base: part, custom: part }),
    type: Type.Literal("object"),
    properties: anything,
    _links: closed({ self: href }),
  },
});
const userType = closed({
  ...{ id: id("oty"), displayName: text, name: text, description: textOrNull, createdBy: id("00u"), lastUpdatedBy: id("00u") },
  ...{ created: time, lastUpdated: time, default: Type.Boolean(), _links: closed({ self: href, schema: href }) },
});

/** The body that every refusal of the API has. */
export const refusalSchema = closed({
  ...{ errorCode: Type.String({ pattern: "^E\\d{7}$" }), errorSummary: Type.String({ minLength: 1 }), errorLink: text, errorId: text },
  errorCauses: Type.Array(closed({ errorSummary: text })),
});
/** The body that every refusal of the token endpoint has. */
export const oauthRefusalSchema = closed({ error: text, error_description: text });

const nothing = closed({});
const list = (item: TSchema) => Type.Array(item);

/** The body of a 2xx by route; null: there is none. */
export const answerSchemas: Readonly<Record<string, TSchema | null>> = {
  ...{ "GET /api/v1/users": list(user), "POST /api/v1/users": user, "GET /api/v1/users/me": user, "GET /api/v1/users/{id}": user },
  ...{ "POST /api/v1/users/{id}": user, "PUT /api/v1/users/{id}": user, "DELETE /api/v1/users/{id}": null },
  ...{
    "GET /api/v1/users/{id}/groups": list(group),
    "GET /api/v1/users/{id}/factors": list(factor),
    "POST /api/v1/users/{id}/factors": factor,
  },
  "GET /api/v1/users/{id}/blocks": list(closed({ type: Type.Literal("DEVICE_BASED"), appliesTo: oneOf("ANY_DEVICES", "UNKNOWN_DEVICES") })),
  ...{ "POST /api/v1/users/{id}/lifecycle/activate": activation, "POST /api/v1/users/{id}/lifecycle/reactivate": activation },
  ...{ "POST /api/v1/users/{id}/lifecycle/deactivate": nothing, "POST /api/v1/users/{id}/lifecycle/suspend": nothing },
  ...{ "POST /api/v1/users/{id}/lifecycle/unsuspend": nothing, "POST /api/v1/users/{id}/lifecycle/unlock": nothing },
  ...{ "POST /api/v1/users/{id}/lifecycle/expire_password": user, "POST /api/v1/users/{id}/lifecycle/reset_factors": nothing },
  "POST /api/v1/users/{id}/lifecycle/expire_password_with_temp_password": closed({ tempPassword: text }),
  "POST /api/v1/users/{id}/lifecycle/reset_password": closed({ resetPasswordUrl: maybe(url) }),
  "POST /api/v1/users/{id}/credentials/change_password": closed({ password: nothing, provider }),
  ...{ "DELETE /api/v1/users/{id}/sessions": null, "GET /api/v1/users/{id}/appLinks": list(appLink) },
  ...{ "GET /api/v1/apps": list(app), "POST /api/v1/apps": app, "GET /api/v1/apps/{appId}": app, "PUT /api/v1/apps/{appId}": app },
  ...{ "DELETE /api/v1/apps/{appId}": null, "POST /api/v1/apps/{appId}/lifecycle/activate": nothing },
  ...{ "POST /api/v1/apps/{appId}/lifecycle/deactivate": nothing, "GET /api/v1/apps/{appId}/users": list(appUser) },
  ...{ "POST /api/v1/apps/{appId}/users": appUser, "GET /api/v1/apps/{appId}/users/{userId}": appUser },
  ...{ "DELETE /api/v1/apps/{appId}/users/{userId}": null, "GET /api/v1/apps/{appId}/groups": list(appGroup) },
  ...{ "PUT /api/v1/apps/{appId}/groups/{groupId}": appGroup, "DELETE /api/v1/apps/{appId}/groups/{groupId}": null },
  ...{ "GET /api/v1/groups": list(group), "POST /api/v1/groups": group, "GET /api/v1/groups/{groupId}": group },
  ...{ "PUT /api/v1/groups/{groupId}": group, "DELETE /api/v1/groups/{groupId}": null, "GET /api/v1/groups/{groupId}/users": list(user) },
  ...{ "PUT /api/v1/groups/{groupId}/users/{userId}": null, "DELETE /api/v1/groups/{groupId}/users/{userId}": null },
  ...{ "GET /api/v1/groups/rules": list(rule), "POST /api/v1/groups/rules": rule, "GET /api/v1/groups/rules/{groupRuleId}": rule },
  ...{ "PUT /api/v1/groups/rules/{groupRuleId}": rule, "DELETE /api/v1/groups/rules/{groupRuleId}": null },
  "POST /api/v1/groups/rules/{groupRuleId}/lifecycle/activate": null,
  "POST /api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate": null,
  ...{ "GET /api/v1/eventHooks": list(hook), "POST /api/v1/eventHooks": hook, "GET /api/v1/eventHooks/{eventHookId}": hook },
  ...{ "PUT /api/v1/eventHooks/{eventHookId}": hook, "DELETE /api/v1/eventHooks/{eventHookId}": null },
  "POST /api/v1/eventHooks/{eventHookId}/lifecycle/activate": hook,
  "POST /api/v1/eventHooks/{eventHookId}/lifecycle/deactivate": hook,
  "POST /api/v1/eventHooks/{eventHookId}/lifecycle/verify": hook,
  "GET /api/v1/logs": list(event),
  ...{ "GET /api/v1/meta/schemas/user/{schemaId}": schema, "POST /api/v1/meta/schemas/user/{schemaId}": schema },
  ...{ "GET /api/v1/meta/schemas/group/default": schema, "POST /api/v1/meta/schemas/group/default": schema },
  ...{ "GET /api/v1/meta/schemas/apps/{appId}/default": schema, "GET /api/v1/meta/types/user": list(userType) },
  "POST /api/v1/meta/types/user": userType,
  "GET /api/v1/meta/types/user/{typeId}": userType,
  "POST /oauth2/v1/token": closed({ token_type: oneOf("Bearer", "DPoP"), expires_in: Type.Integer(), access_token: text, scope: text }),
  "GET /.well-known/okta-organization": closed({
    ...{ id: id("00o"), _links: closed({ organization: href, alternate: orNull(href) }), pipeline: oneOf("idx", "v1"), settings: anything },
  }),
};
