const version = /^v\d{1,3}$/;
const word = /^\.?[A-Za-z][A-Za-z-]{0,31}$/;
const wordBeforeVersion = /^[A-Za-z][\w-]{0,31}$/;
const hidden = "{}";

/**
 * A path with `{}` for whatever may be somebody's data, to be shown where the path itself may not: `/api/v1/users/00u1/groups` becomes
 * `/api/v1/users/{}/groups`. Collections and their members take turns behind the version (`v1`), so every other part is hidden there, and
 * without a version all but the first. A part that is no plain word is hidden wherever it stands.
 */
export function pathShape(path: string): string {
  const [plain = ""] = path.split("?", 1);
  const parts = plain.split("/").slice(1);
  const versionAt = parts.findIndex((part) => version.test(part));
  return parts.map((part, at) => `/${isShown(part, at, versionAt) ? part : hidden}`).join("");
}

function isShown(part: string, at: number, versionAt: number): boolean {
  if (at === versionAt) return true;
  if (at < versionAt) return wordBeforeVersion.test(part);
  return word.test(part) && (at === 0 || (versionAt !== -1 && (at - versionAt) % 2 === 1));
}
