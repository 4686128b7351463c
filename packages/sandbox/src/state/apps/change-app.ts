import type { Org } from "../org.ts";
import { type Refusal, refuse, refuseInvalid } from "../refusal.ts";
import type { AppRecord, SignOnMode } from "./app.ts";

/** The application as it now is, or why nothing was done. */
export type AppOutcome = { readonly kind: "done"; readonly app: AppRecord } | Refusal;

/** What a request says of an application; the body's parts as they came. */
export interface AppWish {
  readonly name: unknown;
  readonly label: unknown;
  readonly signOnMode: unknown;
  readonly settings: unknown;
}

const modes: ReadonlySet<unknown> = new Set<SignOnMode>(["BOOKMARK", "AUTO_LOGIN", "SAML_2_0", "OPENID_CONNECT", "BASIC_AUTH"]);
const longestLabel = 100;

type Content = Pick<AppRecord, "name" | "label" | "signOnMode" | "settings" | "links">;

function check(wish: AppWish): { readonly kind: "content"; readonly content: Content } | Refusal {
  const { name = "bookmark", label, signOnMode, settings = {} } = wish;
  if (typeof label !== "string" || label.trim() === "") return refuseInvalid("label", "label: The field cannot be left blank");
  if (label.length > longestLabel) return refuseInvalid("label", "label: The field is too long");
  if (!modes.has(signOnMode)) return refuseInvalid("signOnMode", "signOnMode: Invalid value");
  if (typeof name !== "string" || typeof settings !== "object" || settings === null) return refuseInvalid("name", "name: Invalid value");
  const url = (settings as { app?: { url?: unknown } }).app?.url;
  if (name === "bookmark" && typeof url !== "string") return refuseInvalid("settings.app.url", "url: The field cannot be left blank");
  const links = typeof url === "string" ? [{ name: "login", href: url }] : [];
  return {
    kind: "content",
    content: { name, label, signOnMode: signOnMode as SignOnMode, settings: settings as Readonly<Record<string, unknown>>, links },
  };
}

/** Makes an application. Labels need not be unique. */
export function createApp(org: Org, wish: AppWish, activate: boolean): AppOutcome {
  const checked = check(wish);
  if (checked.kind === "refused") return checked;
  const now = org.now();
  const app = {
    ...checked.content,
    status: activate ? ("ACTIVE" as const) : ("INACTIVE" as const),
    features: [],
    created: now,
    lastUpdated: now,
  };
  return { kind: "done", app: org.apps.add(app) };
}

/** Replaces label and settings. */
export function replaceApp(org: Org, app: AppRecord, wish: AppWish): AppOutcome {
  const checked = check({ ...wish, name: wish.name ?? app.name, signOnMode: wish.signOnMode ?? app.signOnMode });
  if (checked.kind === "refused") return checked;
  return { kind: "done", app: org.apps.put({ ...app, ...checked.content, lastUpdated: org.now() }) };
}

/** Makes it active or inactive; one that stands so already stays. */
export function setAppStatus(org: Org, app: AppRecord, status: AppRecord["status"]): boolean {
  if (app.status === status) return false;
  org.apps.put({ ...app, status, lastUpdated: org.now() });
  return true;
}

/** Removes an inactive application for good. The refusal of an active one is assumed. */
export function deleteApp(org: Org, app: AppRecord): AppOutcome {
  if (app.status === "ACTIVE") return refuse("E0000056");
  org.departed.note(app.id, { alternateId: "unknown", displayName: app.label });
  org.apps.remove(app);
  return { kind: "done", app };
}
