import { suite } from "../support/suite.ts";
import { revokeMany } from "./revocation.fixture.ts";

const test = suite("agents that are revoked while they write");
const patient = { timeoutMs: 50_000 };
const promise = "are cut off within five seconds, end by themselves, do not come back, and carry nothing afterwards";

test(`in ten trials with changes that are made once open ${promise}`, () => revokeMany(10, { method: "POST", effect: "once" }), patient);

test(
  `in ten trials with bodies on the way ${promise}`,
  () => revokeMany(10, { method: "PUT", effect: "converge", body: Buffer.alloc(300_000, "x") }),
  patient,
);

test.run();
