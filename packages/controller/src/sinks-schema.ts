import { secretString } from "@longarm/shared/config";
import { Type } from "typebox";

const closed = { additionalProperties: false } as const;
const directory = Type.String({ minLength: 1, description: "Below it each sync has a place of its own." });

const sqlite = Type.Object({ kind: Type.Literal("sqlite"), directory }, closed);

const ndjson = Type.Object(
  {
    kind: Type.Literal("ndjson"),
    directory,
    rotateBytes: Type.Optional(Type.Integer({ minimum: 1_048_576, description: "A file of this size is finished; 64 MiB unless told." })),
  },
  closed,
);

const postgres = Type.Object(
  {
    kind: Type.Literal("postgres"),
    host: Type.String({ minLength: 1, description: "A name, an address, or the directory of a Unix socket." }),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535 })),
    database: Type.String({ minLength: 1 }),
    user: Type.String({ minLength: 1 }),
    password: Type.Optional(secretString()),
    ca: Type.Optional(Type.String({ description: "PEM of the authorities to trust in place of the system's." })),
    plainText: Type.Optional(Type.Boolean({ description: "Speak without TLS to another machine." })),
    schemaPrefix: Type.Optional(
      Type.String({
        pattern: "^[a-z_][a-z0-9_]{0,30}$",
        description: "Each sync has a schema, named after it behind this; `longarm_` unless told.",
      }),
    ),
  },
  closed,
);

const webhook = Type.Object(
  {
    kind: Type.Literal("webhook"),
    directory: Type.String({ minLength: 1, description: "For checkpoints, since a receiver has no place for them." }),
    url: secretString({ description: "https; plain http only on this machine, or with `plainHttp`. Its path and query may be secrets." }),
    plainHttp: Type.Optional(Type.Boolean()),
    addresses: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, description: "`public`, addresses and ranges that it may lead to." }),
    ),
    secret: secretString({ description: "`whsec_…`, shared with the receiver." }),
  },
  closed,
);

/** Where syncs may write to. It is the operator's to say: who defines a sync names one of these, and no file or address. */
export const sinksSchema = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$" }),
  Type.Union([sqlite, ndjson, postgres, webhook]),
  { default: {}, description: "Where syncs write to, by name. There is always `sqlite`: `<data>/sinks`, unless it is named here." },
);
