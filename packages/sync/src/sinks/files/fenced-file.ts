import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { replacePrivateFile } from "@longarm/shared/seal";
import type { WriterIdentity } from "../../ports/sink.ts";
import { checkIdentity, overtaken } from "../identity.ts";

/*
 * A text in a directory, with a fence. Every epoch writes a file of its own, `N.json`, and leaves `N.claim` beside it before it reads
 * anything. Whoever saves looks for a higher claim afterwards: what a writer saved that is shut out may stand in its own file, but it
 * is told so, and nobody reads that file any more once a higher epoch has one.
 */
const namePattern = /^(\d{16})\.(claim|json)$/;

interface Kept {
  readonly sync: string;
  readonly epoch: number;
  readonly content: string | null;
}

function fileOf(directory: string, epoch: number, ending: "claim" | "json"): string {
  return join(directory, `${String(epoch).padStart(16, "0")}.${ending}`);
}

function epochsIn(directory: string, ending: "claim" | "json"): number[] {
  const matches = readdirSync(directory).map((name) => namePattern.exec(name));
  return matches.flatMap((match) => (match?.[2] === ending ? [Number(match[1])] : [])).toSorted((a, b) => a - b);
}

function readKept(file: string): Kept {
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as Kept;
    if (typeof kept.sync === "string" && Number.isSafeInteger(kept.epoch)) return kept;
  } catch (reason) {
    if (!(reason instanceof SyntaxError)) throw reason;
  }
  throw new LongarmError("sink_rejected", `${file} does not hold what a sync keeps there; put the file back, or name an empty directory.`);
}

/** A text in a directory that one writer holds at a time. */
export class FencedFile {
  readonly #directory: string;
  readonly #writer: WriterIdentity;
  readonly content: string | null;

  private constructor(directory: string, { writer, content }: { readonly writer: WriterIdentity; readonly content: string | null }) {
    this.#directory = directory;
    this.#writer = writer;
    this.content = content;
  }

  /** Takes the text for a writer, making the directory when absent. Throws `overtaken`, or `conflict` for another sync's. */
  static hold(directory: string, writer: WriterIdentity): FencedFile {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const before = latestIn(directory);
    checkIdentity(writer, before, directory);
    writeFileSync(fileOf(directory, writer.epoch, "claim"), "", { mode: 0o600 });
    checkFence(directory, writer);
    // Read behind the claim: from here on nobody of a lower epoch saves without being told.
    const held = new FencedFile(directory, { writer, content: latestIn(directory)?.content ?? null });
    held.save(held.content);
    held.#removeOlder();
    return held;
  }

  /** Throws `overtaken` once a higher epoch holds the text. */
  checkFence(): void {
    checkFence(this.#directory, this.#writer);
  }

  /** On disk when it returns, whole. Throws `overtaken` once a higher epoch holds the text. */
  save(content: string | null): void {
    checkFence(this.#directory, this.#writer);
    const kept: Kept = { ...this.#writer, content };
    replacePrivateFile(fileOf(this.#directory, this.#writer.epoch, "json"), JSON.stringify(kept));
    checkFence(this.#directory, this.#writer);
  }

  #removeOlder(): void {
    for (const ending of ["json", "claim"] as const) {
      const older = epochsIn(this.#directory, ending).filter((epoch) => epoch < this.#writer.epoch);
      for (const epoch of older) rmSync(fileOf(this.#directory, epoch, ending), { force: true });
    }
  }
}

function latestIn(directory: string): Kept | undefined {
  const epoch = epochsIn(directory, "json").at(-1);
  return epoch === undefined ? undefined : readKept(fileOf(directory, epoch, "json"));
}

function checkFence(directory: string, writer: WriterIdentity): void {
  const highest = epochsIn(directory, "claim").at(-1) ?? 0;
  if (highest > writer.epoch) throw overtaken(writer, highest);
}
