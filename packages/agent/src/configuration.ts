import { availableParallelism, hostname } from "node:os";
import { LongarmError } from "@longarm/shared";
import { type Environment, type LoadedConfiguration, loadConfiguration, secretString } from "@longarm/shared/config";
import { expectsKeyword } from "@longarm/shared/schema";
import { type LogLevel, logLevels } from "@longarm/shared/logger";
import Type, { type Static } from "typebox";
import { checkCredentialSettings, credentialMembers } from "./credentials/settings.ts";

const labelName = "^[A-Za-z_][A-Za-z0-9_]{0,62}$";
const label = Type.Union([Type.String(), Type.Array(Type.String())]);

const broker = Type.Object(
  {
    /** `nats:`, `tls:`, `ws:` or `wss:`; all of one kind. Absent: those that the join token named. */
    urls: Type.Optional(
      Type.Array(
        Type.String({
          pattern: "^(nats|tls|wss?)://",
          [expectsKeyword]: "an address such as nats://host:4222, tls://…, ws://… or wss://…",
        }),
        { minItems: 1 },
      ),
    ),
    /** Paths of PEM files: whom to trust, and how this agent proves itself. */
    caFile: Type.Optional(Type.String()),
    certFile: Type.Optional(Type.String()),
    keyFile: Type.Optional(Type.String()),
  },
  { default: {} },
);

/** What an agent is configured with; one YAML or JSON file, each key also as `LONGARM_<PATH>`. */
export const agentSchema = Type.Object({
  name: Type.String({
    pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$",
    [expectsKeyword]: "a name: a letter or digit, then at most 62 letters, digits, dots, _ or -",
    default: defaultName(),
  }),
  labels: Type.Record(Type.String({ pattern: labelName }), label, { default: {} }),
  broker,
  /** How it comes in for the first time; not looked at afterwards, unless nothing else lets it in. */
  join: Type.Optional(
    Type.Object({
      /** What `longarm agents token` printed. */
      token: secretString(),
      /** The fingerprint of the installation's keys, printed beside it: nothing is sent to any other. */
      pin: Type.String({ pattern: "^sha256:[0-9a-f]{64}$", [expectsKeyword]: "sha256: and 64 hexadecimal digits" }),
    }),
  ),
  ...credentialMembers,
  /** How many calls may be open at once. */
  slots: Type.Integer({ minimum: 1, maximum: 10_000, default: Math.max(64, availableParallelism() * 32) }),
  /** The site's policy, in YAML. Absent: the agent does whatever a controller asks of it, and says so. */
  policyFile: Type.Optional(Type.String({ minLength: 1 })),
  /** The agent does not start without a policy. */
  requirePolicy: Type.Boolean({ default: false }),
  dataDirectory: Type.String({ minLength: 1, default: ".longarm-agent" }),
  logLevel: Type.Unsafe<LogLevel>(
    Type.Union(
      logLevels.map((level) => Type.Literal(level)),
      { default: "info" },
    ),
  ),
  /** Seconds that open calls may take to end after the process was asked to stop. */
  drainSeconds: Type.Number({ minimum: 0, default: 30 }),
});

/** An agent's configuration, complete with its defaults. */
export type AgentConfiguration = Static<typeof agentSchema>;

function defaultName(): string {
  return (
    hostname()
      .replaceAll(/[^A-Za-z0-9._-]/g, "-")
      .slice(0, 63) || "agent"
  );
}

/** Reads and checks the configuration; throws `invalid_configuration` that names every fault. */
export function loadAgentConfiguration(file: string | undefined, environment: Environment): LoadedConfiguration<AgentConfiguration> {
  const loaded = loadConfiguration({ schema: agentSchema, environment, prefix: "LONGARM", ...(file !== undefined && { file }) });
  checkCredentialSettings(loaded.value);
  if (loaded.value.requirePolicy && loaded.value.policyFile === undefined)
    throw new LongarmError("invalid_configuration", "requirePolicy is set, but policyFile names no policy; name the site's policy file.");
  const kinds = new Set((loaded.value.broker.urls ?? []).map((url) => /^wss?:/.test(url)));
  if (kinds.size <= 1) return loaded;
  throw new LongarmError("invalid_configuration", "broker.urls mixes WebSocket and TCP addresses; one process can use only one of both.");
}
