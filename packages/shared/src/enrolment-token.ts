import { LongarmError } from "./errors.ts";
import { Secret } from "./secret.ts";

/** What lets a process into the broker: a user JWT, and the seed that proves it is meant for whoever shows it. */
export interface EnrolmentLogin {
  readonly jwt: string;
  readonly seed: Secret;
}

const mark = "longarm1";
const pattern = /^longarm1\.(SU[A-Z2-7]{56})\.([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/** One line of text that holds both: `longarm1.<seed>.<jwt>`. */
export function writeEnrolmentToken({ jwt, seed }: EnrolmentLogin): Secret {
  return new Secret(`${mark}.${seed.reveal()}.${jwt}`);
}

/** The other way round. Throws `enrolment_refused` for text that is no such token, without showing it. */
export function readEnrolmentToken(token: Secret): EnrolmentLogin {
  const match = pattern.exec(token.reveal().trim());
  const [, seed = "", jwt = ""] = match ?? [];
  if (!match)
    throw new LongarmError(
      "enrolment_refused",
      `The enrolment token is not one: it begins with "${mark}." and is one long line. Copy it whole.`,
    );
  return { jwt, seed: new Secret(seed) };
}
