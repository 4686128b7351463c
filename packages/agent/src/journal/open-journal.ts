import type { Disk } from "./disk.ts";
import { Journal, type JournalDeps, journalLimits } from "./journal.ts";
import { KnownCalls, moved } from "./known-calls.ts";
import { type JournalSeal, readSegment, Segment, type SegmentContent, segmentName, segmentNumber, unfinished } from "./segment.ts";

/**
 * Opens the journal that stands on this disk, or begins one. Of a damaged one (a bit that flipped, a tail that is missing or was torn by
 * a power cut, a copy put back) everything sound is kept, under **a new id**: calls of which it might have told more are
 * then unknown to whoever relied on the old id, and not "never seen".
 */
export async function openJournal(deps: JournalDeps): Promise<Journal> {
  const { disk, seal } = deps;
  const contents = await readAll(disk, seal);
  const newest = contents[0];
  const calls = new KnownCalls(
    { ...journalLimits, ...deps.limits },
    contents.flatMap(({ header }) => header ?? []),
  );
  if (newest?.header && newest.damage === undefined) {
    learnAll(calls, newest);
    const file = await disk.open(segmentName(newest.number));
    const segment = new Segment(file, seal, { ...newest, header: newest.header });
    await removeBelow(disk, newest.number);
    return new Journal(deps, { id: newest.header.journalId, calls, segment, damage: [], wasteBytes: wasteOf(calls, newest) });
  }
  return beginAnew(deps, contents, calls);
}

async function readAll(disk: Disk, seal: JournalSeal): Promise<readonly SegmentContent[]> {
  const names = await disk.list();
  for (const name of names) if (name.endsWith(unfinished)) await disk.remove(name);
  const numbers = names.map(segmentNumber).filter((number) => number !== undefined);
  const contents: SegmentContent[] = [];
  for (const number of numbers.toSorted((a, b) => b - a)) {
    const content = readSegment(await disk.read(segmentName(number)), number, seal);
    contents.push(content);
    // What stands in older ones was moved to it, whole, before it got its name.
    if (content.damage === undefined) break;
  }
  return contents;
}

function learnAll(calls: KnownCalls, { header, entries }: SegmentContent): void {
  calls.learnSettled(header?.settled ?? []);
  for (const { entry, place } of entries) calls.learn(entry, place);
}

function wasteOf(calls: KnownCalls, { entries }: SegmentContent): number {
  const needless = entries.filter(({ entry }) => entry.kind === "ended" && calls.find(entry)?.state !== "ended");
  return needless.reduce((sum, { place }) => sum + place.bytes, 0);
}

async function beginAnew(deps: JournalDeps, contents: readonly SegmentContent[], calls: KnownCalls): Promise<Journal> {
  const { disk, seal, newId } = deps;
  const { segmentBytes } = { ...journalLimits, ...deps.limits };
  const entries = contents.flatMap((content) => content.entries.map(({ entry, place }) => moved(entry, place)));
  for (const { header } of contents) calls.learnSettled(header?.settled ?? []);
  const id = newId();
  const number = (contents[0]?.number ?? 0) + 1;
  const follows = contents[0]?.header && { follows: contents[0].hash };
  const plan = { journalId: id, number, ...follows, ...calls.horizons.kept, entries, settled: calls.settled(), leastBytes: segmentBytes };
  const { segment, places } = await Segment.create(disk, seal, plan);
  for (const [index, entry] of entries.entries()) calls.learn(entry, places[index]);
  await removeBelow(disk, number);
  const damage = contents.flatMap(({ number: of, damage: what }) => (what === undefined ? [] : [`${segmentName(of)}: ${what}`]));
  return new Journal(deps, { id, calls, segment, damage, wasteBytes: 0 });
}

async function removeBelow(disk: Disk, newest: number): Promise<void> {
  for (const name of await disk.list()) if ((segmentNumber(name) ?? newest) < newest) await disk.remove(name);
}
