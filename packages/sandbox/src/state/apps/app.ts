/** How people sign in to an application; null for those that Okta runs itself. */
export type SignOnMode = "BOOKMARK" | "AUTO_LOGIN" | "SAML_2_0" | "OPENID_CONNECT" | "BASIC_AUTH" | null;

/** An application at one moment. Times are ISO 8601 in UTC. */
export interface AppRecord {
  readonly index: number;
  readonly id: string;
  /** The kind, such as `bookmark`. */
  readonly name: string;
  readonly label: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly signOnMode: SignOnMode;
  readonly features: readonly string[];
  readonly created: string;
  readonly lastUpdated: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where its links in the launcher lead, each with its name; none: it has no place there. */
  readonly links: readonly { readonly name: string; readonly href: string }[];
}

/** A group's assignment to an application. */
export interface GroupAssignment {
  readonly groupId: string;
  readonly priority: number;
  readonly lastUpdated: string;
  readonly profile: Readonly<Record<string, unknown>>;
}
