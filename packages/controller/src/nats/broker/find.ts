import { access, constants } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { LongarmError } from "@longarm/shared";
import { brokerCacheDirectory, cachedBinaries, fetchOnce } from "./cache.ts";
import { type BrokerFetch, fetchDebian } from "./fetch-debian.ts";
import { brokerFloor, isRecentEnough, versionOf } from "./version.ts";

/** Where a broker's binary was found. */
export type BrokerSource = "environment" | "path" | "cache" | "fetched";

/** A nats-server that may be used, and the places that were passed over before it, each with its reason. */
export interface FoundBroker {
  readonly path: string;
  readonly version: string;
  readonly source: BrokerSource;
  readonly skipped: readonly string[];
}

/** What the search looks at. */
export interface BrokerSearch {
  /** `LONGARM_NATS_SERVER`, `PATH`, `XDG_CACHE_HOME` and `HOME` are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absent: `nats-server` under the user's cache directory, shared by every copy of the project. */
  readonly cacheDirectory?: string;
  readonly signal?: AbortSignal;
  /** How to get one where none is found; absent: from the machine's own Debian mirror. */
  readonly fetch?: BrokerFetch;
  /** Looked at after PATH; packages install here, and few users' PATH has it. */
  readonly systemDirectories?: readonly string[];
}

const fetchWaitMs = 180_000;

const advice =
  `install nats-server ${brokerFloor} or newer (\`brew install nats-server\`, your distribution's package, or a release binary) ` +
  "and put it on PATH or name its path in LONGARM_NATS_SERVER";

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function pathCandidates(search: BrokerSearch): Promise<readonly string[]> {
  const directories = [
    ...(search.environment["PATH"] ?? "").split(delimiter),
    ...(search.systemDirectories ?? ["/usr/sbin", "/usr/local/sbin"]),
  ];
  const paths = [...new Set(directories.filter(Boolean).map((directory) => join(directory, "nats-server")))];
  const found = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, index) => found[index]);
}

function firstLine(fault: unknown): string {
  return (fault instanceof Error ? fault.message : String(fault)).split("\n")[0] ?? "";
}

class Search {
  readonly skipped: string[] = [];
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** The first of these files that runs and is recent enough; the others are noted with what is wrong with them. */
  async try(source: BrokerSource, paths: readonly string[]): Promise<FoundBroker | undefined> {
    for (const path of paths) {
      this.#signal.throwIfAborted();
      try {
        const version = await versionOf(path, this.#signal);
        if (isRecentEnough(version)) return { path, version, source, skipped: this.skipped };
        this.skipped.push(`${path} is version ${version}, older than ${brokerFloor}`);
      } catch (fault) {
        this.#signal.throwIfAborted();
        this.skipped.push(`${path} does not run (${firstLine(fault)})`);
      }
    }
    return undefined;
  }
}

async function fetched(
  search: Search,
  fetch: BrokerFetch,
  at: { cacheDirectory: string; signal: AbortSignal },
): Promise<FoundBroker | undefined> {
  try {
    const bring = (): Promise<string> => fetch(at.cacheDirectory, at.signal);
    return await search.try("fetched", [await fetchOnce(at.cacheDirectory, bring, { signal: at.signal, waitMs: fetchWaitMs })]);
  } catch (fault) {
    at.signal.throwIfAborted();
    search.skipped.push(`fetching it failed (${firstLine(fault)})`);
    return undefined;
  }
}

/**
 * A nats-server that is recent enough: `LONGARM_NATS_SERVER`, then `PATH`, then the cache, else fetched into the cache.
 * Throws `broker_not_found` with every place that was tried and why it would not do.
 */
export async function findBroker(options: BrokerSearch): Promise<FoundBroker> {
  const { environment, signal = new AbortController().signal } = options;
  const cacheDirectory = options.cacheDirectory ?? brokerCacheDirectory(environment);
  const search = new Search(signal);
  const named = environment["LONGARM_NATS_SERVER"];

  if (!named) search.skipped.push("LONGARM_NATS_SERVER is not set");
  const byName = named ? await search.try("environment", [resolve(named)]) : undefined;
  if (byName) return byName;

  const onPath = await pathCandidates(options);
  if (onPath.length === 0) search.skipped.push("no nats-server is on PATH");
  const byPath = await search.try("path", onPath);
  if (byPath) return byPath;

  const cached = await cachedBinaries(cacheDirectory);
  if (cached.length === 0) search.skipped.push(`the cache ${cacheDirectory} holds none`);
  const found = (await search.try("cache", cached)) ?? (await fetched(search, options.fetch ?? fetchDebian, { cacheDirectory, signal }));
  if (found) return found;
  throw new LongarmError("broker_not_found", `No usable nats-server: ${search.skipped.join("; ")}. To go on, ${advice}.`, {
    details: { tried: search.skipped, floor: brokerFloor },
  });
}
