import { lanes, everyScope } from "@longarm/shared";
import { durationString } from "@longarm/shared/config";
import { expectsKeyword } from "@longarm/shared/schema";
import { Type, type Static } from "typebox";
import { scopes } from "../ports/scopes.ts";

const closed = { additionalProperties: false } as const;
const words = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });

/** What tokens with a certain claim are granted. */
const claimGrant = Type.Object(
  {
    when: Type.Optional(
      Type.Object(
        { claim: Type.String({ minLength: 1 }), has: Type.String({ minLength: 1 }) },
        { ...closed, description: "The claim holds this value, as a whole, as one of a list, or as one of its words; absent: any token." },
      ),
    ),
    scopes: Type.Array(Type.Enum([...scopes, everyScope]), { minItems: 1 }),
    connections: Type.Optional(words),
    lanes: Type.Optional(Type.Array(Type.Enum([...lanes]), { minItems: 1 })),
    ownRuns: Type.Optional(Type.Boolean()),
  },
  closed,
);

const issuer = Type.Object(
  {
    name: Type.String({
      // These stand before the names of what starts runs by itself.
      pattern: "^(?!(?:trigger|schedule|flow|hook)$)[a-z][a-z0-9-]{0,31}$",
      [expectsKeyword]: "a short name: small letters, digits and -, and not trigger, schedule, flow or hook",
      description: "Stands before the principal's own name: `okta:ada@example.com`.",
    }),
    issuer: Type.String({ pattern: "^https?://", [expectsKeyword]: "the issuer's address, exactly as its tokens name it" }),
    audience: Type.String({ minLength: 1, description: "What `aud` must name." }),
    jwksUri: Type.Optional(Type.String({ pattern: "^https?://", [expectsKeyword]: "the address of the issuer's keys" })),
    algorithms: Type.Array(Type.Enum(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]), {
      minItems: 1,
      default: ["RS256", "ES256"],
    }),
    principalClaim: Type.String({ minLength: 1, default: "sub" }),
    clockTolerance: durationString({ default: "30s", description: "How far the issuer's clock may be off." }),
    grants: Type.Array(claimGrant, { minItems: 1, description: "The first that fits counts; a token that none fits may do nothing." }),
  },
  closed,
);

/** Who may ask this controller's API, from where, and how much. */
export const accessSchema = Type.Object(
  {
    longestKeyLife: Type.Optional(durationString({ description: "No API key is made for longer; absent: they need not expire." })),
    rateLimit: Type.Object(
      { perSecond: Type.Number({ exclusiveMinimum: 0, default: 1_000 }), burst: Type.Integer({ minimum: 1, default: 5_000 }) },
      { ...closed, default: {}, description: "Requests of each principal to this controller." },
    ),
    corsOrigins: Type.Array(
      Type.String({ pattern: "^https?://[^/*?#]+$", [expectsKeyword]: "an origin such as https://portal.example.com" }),
      { default: [], description: "Pages of these origins may call the API." },
    ),
    oidc: Type.Array(issuer, { default: [], description: "Issuers whose bearer tokens are accepted." }),
  },
  { ...closed, default: {} },
);

/** An issuer whose tokens are accepted. */
export type IssuerSettings = Static<typeof issuer>;
