import { Type, type Static } from "typebox";
import { accessSchema } from "./access/access-schema.ts";
import { durationString } from "@longarm/shared/config";
import { type LogLevel, logLevels } from "@longarm/shared/logger";
import { expectsKeyword } from "@longarm/shared/schema";
import { sinksSchema } from "./sinks-schema.ts";

const closed = { additionalProperties: false } as const;
const port = Type.Integer({ minimum: 0, maximum: 65_535 });
const brokerKeysFile = {
  description: "The file of broker keys that all controllers of an installation share; default `<data>/broker-keys.json`.",
};

const sizePattern = /^(\d{1,6})(MB|GB)$/;

/** Bytes of a size such as `256MB`; undefined for anything else. */
export function readSize(text: string | undefined): number | undefined {
  const match = sizePattern.exec(text ?? "");
  return match ? Number(match[1]) * 1024 ** (match[2] === "GB" ? 3 : 2) : undefined;
}

const embeddedBroker = Type.Object(
  {
    kind: Type.Literal("embedded"),
    listen: Type.String({ default: "127.0.0.1", description: "Address for agents; another than loopback needs `tls`." }),
    port: { ...port, default: 4222, description: "Port for agents; 0: any free one." },
    websocketPort: Type.Optional(port),
    keys: Type.Optional(Type.String(brokerKeysFile)),
    tls: Type.Optional(Type.Object({ certFile: Type.String(), keyFile: Type.String(), caFile: Type.Optional(Type.String()) }, closed)),
    maxStoreBytes: Type.Optional(Type.Integer({ minimum: 64 * 1024 * 1024 })),
  },
  closed,
);

const externalBroker = Type.Object(
  {
    kind: Type.Literal("external"),
    urls: Type.Array(Type.String(), { minItems: 1 }),
    keys: Type.String({ description: "The file of broker keys that `longarm broker export` wrote for controllers." }),
    monitorUrls: Type.Array(Type.String(), { default: [] }),
    replicas: Type.Integer({ minimum: 1, maximum: 5, default: 1 }),
    allowUnsafe: Type.Boolean({ default: false, description: "Accept a broker that acknowledges before it has written to disk." }),
    caFile: Type.Optional(Type.String()),
  },
  closed,
);

/** What one controller process is told (`longarm controller --config FILE`). */
export const controllerSchema = Type.Object(
  {
    data: Type.String({ default: ".longarm", description: "Directory for keys, the embedded broker's store and the history." }),
    listen: Type.Object(
      {
        host: Type.String({ default: "127.0.0.1", description: "Another than loopback needs `tls`, or `plainHttp`." }),
        port: { ...port, default: 4180 },
        tls: Type.Optional(
          Type.Object(
            { certFile: Type.String(), keyFile: Type.String() },
            { ...closed, description: "PEM files, read again when they change." },
          ),
        ),
        plainHttp: Type.Boolean({
          default: false,
          description: "Listen beyond loopback without TLS: only behind a proxy that does it, on a network that nobody else is on.",
        }),
      },
      { ...closed, default: {} },
    ),
    access: accessSchema,
    publicUrl: Type.Optional(Type.String()),
    broker: Type.Union([embeddedBroker, externalBroker], { default: { kind: "embedded" } }),
    keyRing: Type.Optional(
      Type.Union(
        [
          Type.String(),
          Type.Object({ env: Type.String() }, closed),
          Type.Object({ command: Type.Array(Type.String(), { minItems: 1 }) }, closed),
        ],
        {
          description:
            "The key ring that all controllers of an installation share: a file, `{env}` or `{command}`; default `<data>/keyring.json`.",
        },
      ),
    ),
    signer: Type.Optional(
      Type.Object(
        { socket: Type.String({ description: "The Unix socket of `longarm signer`." }) },
        { ...closed, description: "Who signs calls; absent: this process, with the keys in `trust.json` beside the key ring." },
      ),
    ),
    lanes: Type.Object(
      {
        interactive: Type.Integer({ minimum: 1, default: 256 }),
        standard: Type.Integer({ minimum: 1, default: 256 }),
        bulk: Type.Integer({ minimum: 1, default: 64 }),
      },
      { ...closed, default: {} },
    ),
    retention: Type.Object(
      {
        runs: durationString({ default: "30d", description: "How long a finished run is kept; one that has not finished always is." }),
        keys: durationString({ default: "90d", description: "How long the idempotency key of a removed run goes on meaning it." }),
        events: durationString({ default: "30d", description: "How long an event is kept; while it is, its id means it." }),
      },
      { ...closed, default: {} },
    ),
    storage: Type.Object(
      {
        reserve: Type.Optional(
          Type.String({
            pattern: sizePattern.source,
            [expectsKeyword]: "a size such as 256MB or 2GB",
            description:
              "While less may be stored, new runs are refused: it is kept for those accepted. Default 256MB, at most a quarter of the quota.",
          }),
        ),
      },
      { ...closed, default: {} },
    ),
    flows: Type.Object(
      {
        directory: Type.Optional(
          Type.String({
            minLength: 1,
            description: "A folder with flows of one's own: each file that stands directly in it is loaded at the start.",
          }),
        ),
        blockedAfterMs: Type.Integer({
          minimum: 100,
          default: 5_000,
          description: "How long a flow's code may keep all others of the folder from going on; then its run fails with `flow_blocked`.",
        }),
        idleAfterMs: Type.Integer({
          minimum: 100,
          default: 30_000,
          description: "How long a flow may wait for nothing that it has asked for; then its run fails with `flow_failed`.",
        }),
        memoryMb: Type.Integer({ minimum: 32, default: 256, description: "Memory of all flows of the folder together." }),
      },
      { ...closed, default: {} },
    ),
    sinks: sinksSchema,
    stopWithin: durationString({ default: "10s", description: "How long open calls may take when the controller stops." }),
    logLevel: Type.Unsafe<LogLevel>(
      Type.Union(
        logLevels.map((level) => Type.Literal(level)),
        { default: "info" },
      ),
    ),
  },
  closed,
);

/** A controller's configuration, complete with its defaults. */
export type ControllerConfiguration = Static<typeof controllerSchema>;
/** Which broker a controller uses. */
export type BrokerSettings = ControllerConfiguration["broker"];
