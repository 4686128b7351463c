import { pino, stdTimeFunctions } from "pino";

/** The one shape of a log line: an object of facts first, then a constant sentence. */
export interface Logger {
  /** How much is heard; what is costly to say is left unsaid where nobody would hear it. Absent: nobody told. */
  readonly level?: string;
  trace(facts: object, sentence: string): void;
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
  child(facts: Record<string, unknown>): Logger;
}

/** Every level, from the most to the least talkative. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "silent"] as const;
/** How much is logged. */
export type LogLevel = (typeof logLevels)[number];

// A second net below the typed one: `Secret` already prints ***; these names never carry a value worth logging, wherever they stand.
const redactedNames = ["authorization", "token", "password", "privateKey", "secret", "secretId", "cookie"];
const redactedPaths = redactedNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** A JSON logger on stderr, so that stdout stays free for results. */
export function createLogger(process: string, level: LogLevel = "info"): Logger {
  const options = {
    name: process,
    level,
    base: { name: process },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: redactedPaths, censor: "***" },
  };
  return pino(options, pino.destination({ fd: 2, sync: true }));
}

/** A logger that says nothing, for tests and tools. */
export const silentLogger: Logger = createLogger("silent", "silent");
