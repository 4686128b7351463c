import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import type { ApiClient } from "../api/api-client.ts";
import { version } from "../version.ts";

/** One file of a support bundle, complete before anything is written. */
export interface BundlePart {
  readonly file: string;
  /** What it tells, for who decides whether to hand it on. */
  readonly about: string;
  readonly text: string;
}

type Row = Readonly<Record<string, unknown>>;

interface Source {
  readonly file: string;
  readonly about: string;
  readonly path: string;
  /** The member of the answer that holds the rows. */
  readonly rows: string;
  /** All that is taken of a row; what an answer gains later is left out until it is named here. */
  readonly kept: readonly string[];
}

const sources: readonly Source[] = [
  {
    file: "agents.json",
    about: "agents: state, slots, labels, version, operating system",
    path: "/v1/agents",
    rows: "agents",
    kept: [
      "id",
      "name",
      "state",
      "labels",
      "slots",
      "version",
      "protocol",
      "lastBeatAt",
      "journal",
      "facts.os",
      "facts.arch",
      "facts.load",
    ],
  },
  {
    file: "connections.json",
    about: "connections: target, placement, limits",
    path: "/v1/connections",
    rows: "connections",
    kept: ["name", "baseUrl", "credential", "placement", "timeout", "retry", "concurrency", "budget", "revision", "updatedAt"],
  },
  {
    file: "credentials.json",
    about: "credentials: names and kinds, no token, key or client",
    path: "/v1/credentials",
    rows: "credentials",
    kept: ["name", "scheme", "revision", "updatedAt"],
  },
  {
    file: "runs.json",
    about: "the latest 100 runs: action, status, times and error codes, no input, output or message",
    path: "/v1/runs?limit=100",
    rows: "runs",
    kept: ["id", "action", "connection", "status", "lane", "errorCode", "callCount", "submittedAt", "startedAt", "endedAt"],
  },
  {
    file: "keys.json",
    about: "data keys: ids and ages, no key",
    path: "/v1/keys",
    rows: "keys",
    kept: ["id", "state", "createdAt", "retiredAt", "values", "runs", "runsUntil"],
  },
];

function memberAt(row: Row, path: string): unknown {
  return path.split(".").reduce((at: unknown, key) => (typeof at === "object" && at !== null ? (at as Row)[key] : undefined), row);
}

function kept(row: Row, paths: readonly string[]): Row {
  return Object.fromEntries(paths.flatMap((path) => (memberAt(row, path) === undefined ? [] : [[path, memberAt(row, path)]])));
}

async function read(api: ApiClient, { path, rows, kept: paths }: Source): Promise<unknown> {
  try {
    const answer = await api.get<Readonly<Record<string, readonly Row[] | undefined>>>(path);
    return (answer[rows] ?? []).map((row) => kept(row, paths));
  } catch (reason) {
    // The message may quote what was asked.
    return { notRead: LongarmError.from(reason).code };
  }
}

/** Collects a bundle. It holds what is named above and nothing else: no secret, no body, no input or output, no log. */
export async function collectBundle(api: ApiClient | undefined, findings: readonly unknown[], now: Date): Promise<readonly BundlePart[]> {
  const { platform, arch, versions } = process;
  const machine = { at: now.toISOString(), cli: version, node: versions.node, platform, arch };
  const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const own: readonly BundlePart[] = [
    { file: "doctor.json", about: "what longarm doctor found", text: text(findings) },
    { file: "machine.json", about: "versions and operating system of this machine", text: text(machine) },
  ];
  if (!api) return own;
  const parts = await Promise.all(sources.map(async (source) => ({ ...source, text: text(await read(api, source)) })));
  return [...own, ...parts.map(({ file, about, text: content }) => ({ file, about, text: content }))];
}

/** Writes a bundle into a new directory of mode 700. Throws `invalid_usage` when there is something already. */
export function writeBundle(directory: string, parts: readonly BundlePart[]): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (reason) {
    const isThere = (reason as NodeJS.ErrnoException).code === "EEXIST";
    const why = isThere ? "it exists already, and nothing is written over" : (reason as Error).message;
    throw new LongarmError("invalid_usage", `--bundle ${directory}: ${why}.`, { cause: reason });
  }
  for (const { file, text } of parts) writeFileSync(join(directory, file), text, { mode: 0o600 });
}
