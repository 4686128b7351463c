import { bareEnvironment, commandLine } from "../../support/command.ts";
import { Member, type MemberEvent } from "./member.ts";

/** A sandbox org in a process of its own, asked directly and not through the links that faults strike. */
export interface Org {
  readonly url: string;
  readonly token: string;
  readonly member: Member;
}

/** What a process of ours prints once it is of use. */
export const readyLine = /^\{"ready":true.*$/;

// As short as it may be, so that a 429 costs seconds.
const windowMs = 3_000;

/** Starts an org with so many users, and with these variables beside the usual ones; whoever asked for it ends `member`. */
export async function startOrg(
  users: number,
  tell: (event: MemberEvent) => void,
  variables: Readonly<Record<string, string>> = {},
): Promise<Org> {
  const words = ["sandbox", "--users", String(users), "--limits", "off", "--limit-window-ms", String(windowMs), "--json"];
  let ready = { url: "", token: "" };
  const member = new Member("org", { ...commandLine(words), env: { ...bareEnvironment, ...variables }, readyLine }, (event) => {
    if (event.kind === "ready") ready = event.detail as typeof ready;
    else tell(event);
  });
  await member.start();
  return { ...ready, member };
}
