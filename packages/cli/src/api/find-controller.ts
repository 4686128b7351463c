import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LongarmError } from "@longarm/shared";
import type { ControllerAddress } from "./api-client.ts";

/** What the command line and the environment say about where the controller is. */
export interface AddressHints {
  readonly url?: string;
  readonly token?: string;
  readonly data?: string;
}

/** A controller's address, and in words where it was found. */
export interface FoundController extends ControllerAddress {
  readonly from: string;
}

interface ControllerFile {
  readonly url: string;
  readonly pid: number;
}

function unlessAbsent(reason: unknown): undefined {
  if ((reason as NodeJS.ErrnoException).code === "ENOENT" || (reason as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
  throw new LongarmError("not_allowed", (reason as Error).message, { cause: reason });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (reason) {
    return unlessAbsent(reason);
  }
}

function readControllerFile(directory: string): ControllerFile | undefined {
  const text = readText(join(directory, "controller.json"));
  if (text === undefined) return undefined;
  try {
    const { url, pid } = JSON.parse(text) as Partial<ControllerFile>;
    if (typeof url === "string" && typeof pid === "number") return { url, pid };
  } catch {
    // Said below.
  }
  throw new LongarmError(
    "controller_unreachable",
    `${join(directory, "controller.json")} does not tell where the controller is; start it again.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (reason) {
    return (reason as NodeJS.ErrnoException).code === "EPERM";
  }
}

function plainUrl(text: string): string {
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  throw new LongarmError("invalid_usage", `"${text}" is no address of a controller; expected http://HOST:PORT or https://HOST.`);
}

/** A token, or with `@FILE` the one in that file. What no header can carry is refused without being repeated: it may be a secret. */
function readToken(text: string): string {
  const file = text.startsWith("@") ? text.slice(1) : undefined;
  const token = file === undefined ? text : readText(file)?.trim();
  if (token === undefined) throw new LongarmError("invalid_usage", `There is no file ${file} to read the token from.`);
  if (/^[!-~]+$/.test(token)) return token;
  const from = file === undefined ? "the one given by --token or LONGARM_TOKEN" : `the content of ${file} (--token, LONGARM_TOKEN)`;
  throw new LongarmError("invalid_usage", `An API key is of visible ASCII characters without spaces; ${from} is not.`);
}

function defined<K extends string>(name: K, value: string | undefined): { [key in K]?: string } {
  return (value === undefined || value === "" ? {} : { [name]: value }) as { [key in K]?: string };
}

/** The hints with what the environment adds to them. */
export function withEnvironment(hints: AddressHints, environment: NodeJS.ProcessEnv): AddressHints {
  return {
    ...defined("url", hints.url ?? environment["LONGARM_URL"]),
    ...defined("token", hints.token ?? environment["LONGARM_TOKEN"]),
    ...defined("data", hints.data ?? environment["LONGARM_DATA"]),
  };
}

/**
 * Where the controller is: as told, else the one that runs on the data directory (default `./.longarm`). The administrator's key
 * in that directory is only ever shown to the controller that runs on it. Throws `controller_unreachable` when none runs.
 */
export function findController(hints: AddressHints): FoundController {
  const directory = resolve(hints.data ?? ".longarm");
  const running = hints.url !== undefined && hints.token !== undefined ? undefined : readControllerFile(directory);
  const url = hints.url === undefined ? running?.url : plainUrl(hints.url);
  if (url === undefined) {
    throw new LongarmError("controller_unreachable", `No controller runs on the data directory ${directory}.`, { details: { directory } });
  }
  if (hints.url === undefined && running && !isAlive(running.pid)) {
    throw new LongarmError("controller_unreachable", `The controller on ${directory} (process ${running.pid}) has ended without a word.`);
  }
  const own = running?.url === url ? readText(join(directory, "admin.key"))?.trim() : undefined;
  const token = hints.token === undefined ? own : readToken(hints.token);
  return { url, from: hints.url === undefined ? directory : "--url or LONGARM_URL", ...(token !== undefined && { token }) };
}
