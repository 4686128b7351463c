import assert from "node:assert/strict";
import { type AuditHead, type AuditItem, type AuditReport, AuditVerifier, hashAuditRecord } from "@longarm/shared/audit";
import { suite } from "../support/suite.ts";
import { writeAudit, type WrittenAudit } from "./audit-chains.fixture.ts";

const test = suite("an audit that somebody has changed");
const slow = { timeoutMs: 50_000 };
const damages = 1_000;
type RecordItem = Extract<AuditItem, { type: "record" }>;
type Draw = (below: number) => number;

// A fixed sequence: the same damages everywhere.
function drawing(seed: number): Draw {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}

function verify({ fingerprint, messages, records }: WrittenAudit, heads: readonly AuditHead[]): AuditReport {
  const verifier = new AuditVerifier(fingerprint);
  verifier.take({ type: "installation", fingerprint, runsUpTo: 1_000, exportedAt: "" });
  for (const item of [...messages, ...records]) verifier.take(item);
  for (const head of heads) verifier.take({ type: "head", ...head });
  return verifier.conclude();
}

/** The hashes of all that comes behind it made to fit again, as far as whoever holds the data key can do that. */
function relinked(records: readonly RecordItem[]): readonly RecordItem[] {
  const last = new Map<string, { number: number; hash: string }>();
  return records.map((item) => {
    const before = last.get(item.chain) ?? { number: 0, hash: "" };
    const record = { ...item.record, number: before.number + 1, previous: before.hash };
    last.set(item.chain, { number: record.number, hash: hashAuditRecord(record) });
    return { ...item, record };
  });
}

function edited({ record, ...item }: RecordItem): RecordItem {
  const { body } = record;
  if (body.kind === "act") return { ...item, record: { ...record, body: { ...body, principal: "somebody-else" } } };
  if (body.kind === "anchor") return { ...item, record: { ...record, body: { ...body, runs: {} } } };
  return { ...item, record: { ...record, timeMs: record.timeMs + 1 } };
}

interface Damage {
  readonly what: string;
  readonly records: readonly RecordItem[];
  /** From which record on its chain is not what it was. */
  readonly chain: string;
  readonly number: number;
}

function damage({ records }: WrittenAudit, draw: Draw): Damage {
  const at = draw(records.length);
  const item = records[at] as RecordItem;
  const {
    chain,
    record: { number },
  } = item;
  const place = { chain, number };
  switch (draw(5)) {
    case 0:
      return { ...place, what: `edited ${at}`, records: records.with(at, edited(item)) };
    case 1:
      return { ...place, what: `deleted ${at}`, records: records.toSpliced(at, 1) };
    case 2:
      return { ...place, what: `truncated from ${at}`, records: records.filter((one, n) => one.chain !== chain || n < at) };
    case 3:
      return { ...place, what: `repeated ${at}`, records: records.toSpliced(draw(records.length), 0, edited(item)) };
    default: {
      const own = records.filter((one) => one.chain === chain);
      const other = own[draw(own.length)] as RecordItem;
      if (other === item) return damage({ records } as WrittenAudit, draw);
      const swapped = records.map((one) =>
        one === item ? { ...other, sequence: one.sequence } : one === other ? { ...item, sequence: one.sequence } : one,
      );
      return { chain, number: Math.min(number, other.record.number), what: `swapped ${at} and ${other.sequence}`, records: swapped };
    }
  }
}

test(
  `is found out ${damages} of ${damages} times by who knows how far its chains had come, and the first bad record is named`,
  () => {
    const of = writeAudit();
    assert.deepEqual(verify(of, of.heads).faults, []);
    const draw = drawing(0x2545_f491);
    for (let n = 0; n < damages; n += 1) {
      const { what, records, chain, number } = damage(of, draw);
      const { faults } = verify({ ...of, records }, of.heads);
      const fault = faults.find((one) => one.chain === chain);
      assert(fault, `${what} was not noticed`);
      // Whoever only sees that a record is repeated, or missing at the end, sees it later than where it was done.
      if (!/^(?:repeated|truncated)/.test(what)) assert.equal(fault.number, number, `${what}: ${JSON.stringify(fault)}`);
    }
  },
  slow,
);

test(
  `is found out ${damages} of ${damages} times, or told as unanchored, when it was written anew with the data key but without the signing key`,
  () => {
    const of = writeAudit();
    const draw = drawing(0x1234_5678);
    let found = 0;
    for (let n = 0; n < damages; n += 1) {
      const { what, records, chain, number } = damage(of, draw);
      const rewritten = relinked(records);
      const withWitness = verify({ ...of, records: rewritten }, of.heads);
      // What is put behind the end of a chain is signed by nobody.
      const isNoticed = withWitness.faults.length > 0 || (what.startsWith("repeated") && withWitness.unanchored.records > 0);
      assert(isNoticed, `${what}, written anew, was not noticed by who knew the chains' heads`);
      // Without anybody who knows the heads only what an anchor covers is certain.
      const alone = verify({ ...of, records: rewritten }, []);
      const lastAnchor = rewritten.findLast((one) => one.chain === chain && one.record.body.kind === "anchor")?.record.number ?? 0;
      if (alone.faults.length > 0) found += 1;
      else assert(number > lastAnchor || alone.unanchored.records > 0, `${what}, written anew, passed for anchored`);
    }
    assert(found > damages / 2, `${found} were found without a witness`);
  },
  slow,
);

test("is none when nobody has touched it, and tells how much of it nobody has signed yet", () => {
  const of = writeAudit();
  const { faults, unanchored, chains, anchors } = verify(of, of.heads);
  assert.deepEqual([faults, unanchored, chains, anchors], [[], { records: 0, messages: 0, firstMessage: null }, 2, 6]);
  const [last] = of.records.slice(-1);
  const late = { ...of, records: of.records.filter((item) => item !== last) };
  assert.deepEqual(verify(late, []).unanchored, { records: 3, messages: 2, firstMessage: 11 });
});

test("is found out by the controller that started next when a chain was cut, or taken away whole", () => {
  const of = writeAudit();
  const [first = ""] = of.records.map(({ chain }) => chain);
  const named = of.records.find(({ record }) => record.number > 1 && record.body.kind === "act")?.record.number ?? 0;
  for (const records of [
    of.records.filter(({ chain }) => chain !== first),
    of.records.filter((one) => one.chain !== first || one.record.number < named),
  ])
    assert.deepEqual(verify({ ...of, records }, []).faults.map(({ kind, chain }) => [kind, chain])[0], ["truncated", first]);
});

test("is found out when a run's message was changed, taken away, or put on another subject", () => {
  const of = writeAudit();
  const [one] = of.messages;
  assert(one);
  const spoilt: readonly (readonly [string, readonly (typeof one)[]])[] = [
    ["edited", of.messages.with(0, { ...one, hash: "AAAA" })],
    ["edited", of.messages.with(0, { ...one, subject: of.messages.at(-1)?.subject ?? "" })],
    ["deleted", of.messages.slice(1)],
  ];
  for (const [kind, messages] of spoilt) {
    const [fault] = verify({ ...of, messages }, of.heads).faults;
    assert.deepEqual([fault?.kind, fault?.chain, fault?.sequence], [kind, null, one.sequence]);
  }
});

test("is sound without the messages of a run whose removal it holds, and keeps their hashes", () => {
  const of = writeAudit();
  const [one] = of.messages;
  const run = one?.subject.slice("runs.log.".length) ?? "";
  const [last] = of.records.slice(-1);
  assert(last);
  const act = { kind: "act", principal: "retention", what: "sweepRuns", on: [run] } as const;
  const record = { ...last.record, number: last.record.number + 1, previous: hashAuditRecord(last.record), body: act };
  const messages = of.messages.filter(({ subject }) => subject !== one?.subject);
  const report = verify({ ...of, messages, records: [...of.records, { ...last, sequence: last.sequence + 1, record }] }, of.heads);
  assert.deepEqual([report.faults, report.anchoredMessages], [[], of.messages.length]);
  assert.equal(report.unanchored.records, 1, "nobody has signed that it was removed");
});

test("counts for nothing when another installation has signed it", () => {
  const [of, other] = [writeAudit(), writeAudit()];
  const report = verify({ ...other, fingerprint: of.fingerprint }, []);
  assert(report.faults.every(({ kind }) => kind === "unsigned") && report.faults.length === 2);
});

test.run();
