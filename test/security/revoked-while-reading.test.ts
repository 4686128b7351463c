import { suite } from "../support/suite.ts";
import { revokeMany } from "./revocation.fixture.ts";

const test = suite("agents that are revoked while they read");
const patient = { timeoutMs: 50_000 };
const promise = "are cut off within five seconds, end by themselves, do not come back, and carry nothing afterwards";

test(`in ten trials with reads open ${promise}`, () => revokeMany(10, {}), patient);

test(
  `in ten trials with reads that may take a minute ${promise}`,
  () => revokeMany(10, { timeoutMs: 60_000, maxResponseBytes: 10 }),
  patient,
);

test.run();
