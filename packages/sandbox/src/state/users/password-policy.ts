import { shortNameOf } from "./user.ts";

const requirements =
  "Password requirements were not met. Password requirements: at least 8 characters, a lowercase letter, an uppercase letter, a number, no parts of your username.";

/** Why the org's password policy refuses this password for that login; undefined when it is good. */
export function passwordFault(password: string, login: string): string | undefined {
  const strong = password.length >= 8 && password.length <= 72 && /[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password);
  // Okta looks at the parts of the name between . , - _ # @ that have four letters or more.
  const parts = shortNameOf(login)
    .split(/[.,\-_#@]/)
    .filter((part) => part.length >= 4);
  const named = parts.some((part) => password.toLowerCase().includes(part));
  return strong && !named ? undefined : `password: ${requirements}`;
}
