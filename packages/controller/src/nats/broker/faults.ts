import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { constants } from "node:os";
import { LongarmError } from "@longarm/shared";
import { brokerFiles } from "./configuration.ts";
import type { ProgramExit } from "./guarded.ts";

const shownLines = 8;

async function lastLines(directory: string): Promise<readonly string[]> {
  const files = brokerFiles(directory);
  const texts = await Promise.all([files.output, files.log].map((file) => readFile(file, "utf8").catch(() => "")));
  return texts.flatMap((text) => text.split("\n").filter(Boolean).slice(-shownLines)).map((line) => line.replace(/^\[\d+\] \S+ \S+ /, ""));
}

/** Why a server did not start, as far as its log tells: `port_in_use`, `storage_full`, else `broker_unavailable` with its own words. */
export async function startFault(directory: string, what: string): Promise<LongarmError> {
  const log = await lastLines(directory);
  const taken = log.map((line) => /(\S*):(\d+): bind: address already in use/.exec(line)).find((match) => match !== null);
  if (taken)
    return new LongarmError("port_in_use", `Port ${taken[2]} is taken by another process; choose another one for the broker.`, {
      details: { port: Number(taken[2]) },
    });
  if (log.some((line) => /no space left on device|disk quota exceeded/i.test(line)))
    return new LongarmError(
      "storage_full",
      `The disk that holds ${directory} is full; free some space there, or choose another directory.`,
      {
        details: { log, directory },
      },
    );
  const fault =
    log.findLast((line) => line.startsWith("[FTL]") || line.startsWith(basename("nats-server"))) ?? log.at(-1) ?? "it said nothing";
  return new LongarmError("broker_unavailable", `nats-server ${what}: ${fault}`, { details: { log, directory } });
}

function howItEnded({ code }: ProgramExit): string {
  if (code === null) return "its guard was killed";
  const name = Object.entries(constants.signals).find(([, number]) => code === 128 + number)?.[0];
  return name === undefined ? `exit code ${code}` : name;
}

/** What to say when a server that was up has ended by itself: how, what to do, and the last lines of its log. */
export async function endSentence(directory: string, exit: ProgramExit): Promise<string> {
  const lines = (await lastLines(directory)).map((line) => `\n  ${line}`);
  const log = lines.length === 0 ? "It wrote no log." : `The end of its log, ${brokerFiles(directory).log}:${lines.join("")}`;
  return `The embedded broker (nats-server) has ended (${howItEnded(exit)}). What was accepted is kept: start the controller again. ${log}`;
}
