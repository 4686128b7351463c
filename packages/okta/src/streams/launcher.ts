import { pageSizeOf, stream, streamMembers } from "@longarm/spoke";
import Type, { type Static } from "typebox";
import { docsOf } from "../docs-link.ts";
import { compare } from "../expressions.ts";
import { resolveUserId, userNotFound } from "../identity.ts";
import { closed, membersOf, nullable, readList, unexpected, userInput, text } from "../schemas.ts";

const item = closed({
  appId: Type.String(),
  appName: nullable(Type.String()),
  label: nullable(Type.String()),
  linkUrl: nullable(Type.String()),
  logoUrl: nullable(Type.String()),
});

type Launcher = Static<typeof item>;

/**
 * Row "Look up App Launcher Applications Stream". Okta has no list of all app links: a user's are one list, and for the whole org
 * they are read off its active applications. An application with several links comes once for each.
 */
export const streamLauncher = stream({
  name: "okta.app.streamLauncher",
  title: "Look up App Launcher Applications Stream",
  summary: "Yields what a launcher shows: a user's applications, or without a user all active ones, each with its link and logo.",
  category: "Application management",
  docs: docsOf("UserResources", "listAppLinks"),
  version: 1,
  scopes: ["okta.apps.read", "okta.users.read"],
  input: closed({ user: Type.Optional(userInput), ...streamMembers }),
  item,
  examples: [
    { title: "One user's", input: { user: "user000042@example.com" } },
    { title: "All active", input: {} },
  ],
  prepare: async ({ rest }, wish) => (wish.user === undefined ? wish : { ...wish, user: await resolveUserId(rest, wish.user) }),
  start: ({ user, ...sizes }) =>
    user === undefined
      ? {
          method: "GET",
          path: ["api", "v1", "apps"],
          query: { filter: compare("status", "eq", "ACTIVE"), limit: pageSizeOf(sizes, { usual: 200, max: 200 }) },
        }
      : { method: "GET", path: ["api", "v1", "users", user, "appLinks"] },
  page: (response, { user }) => {
    const items = readList(response.body);
    return user === undefined ? { items: items.flatMap(linksOfApp) } : { items: items.map(readLink), last: true };
  },
  refused: ({ status }, { user }) => (status === 404 && user !== undefined ? userNotFound(user) : undefined),
  identify: ({ appId, linkUrl }) => `${appId} ${linkUrl ?? ""}`,
  limit: (wish) => wish.maxItems,
});

function idOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw unexpected("application");
}

function readLink(value: unknown): Launcher {
  const { appInstanceId, appName, label, linkUrl, logoUrl } = membersOf(value);
  return { appId: idOf(appInstanceId), appName: text(appName), label: text(label), linkUrl: text(linkUrl), logoUrl: text(logoUrl) };
}

function linksOfApp(value: unknown): readonly Launcher[] {
  const { id, name, label, _links } = membersOf(value);
  const { appLinks, logo } = membersOf(_links);
  const logoUrl = text(membersOf(Array.isArray(logo) ? logo[0] : logo)["href"]);
  const links: readonly unknown[] = Array.isArray(appLinks) && appLinks.length > 0 ? appLinks : [null];
  return links.map((link) => ({
    appId: idOf(id),
    appName: text(name),
    label: text(label),
    linkUrl: text(membersOf(link)["href"]),
    logoUrl,
  }));
}
