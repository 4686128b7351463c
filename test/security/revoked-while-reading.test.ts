import { suite } from "../support/suite.ts";
import { revokeMany } from "./revocation.fixture.ts";

const test = suite("agents that are revoked while they read");
const patient = { timeoutMs: 50_000 };
const promise = "are cut off within five seconds, end by themselves, do not come back, and carry nothing afterwards";

test(`in 25 trials with reads open ${promise}`, () => revokeMany(25, {}), patient);

test(
  `in 25 trials with reads that may take a minute ${promise}`,
  () => revokeMany(25, { timeoutMs: 60_000, maxResponseBytes: 10 }),
  patient,
);

test.run();
