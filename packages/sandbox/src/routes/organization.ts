import { answer, type Route } from "../http/exchange.ts";

/** Who the org is, as it tells everybody. */
export const organizationRoutes: readonly Route[] = [
  {
    method: "GET",
    template: "/.well-known/okta-organization",
    isOpen: true,
    handle: ({ org, origin }) =>
      answer(
        JSON.stringify({
          id: org.id,
          _links: { organization: { href: origin }, alternate: null },
          pipeline: "idx",
          settings: { analyticsCollectionEnabled: false, bugReportingEnabled: true, omEnabled: true },
        }),
      ),
  },
];
