import { readFile } from "node:fs/promises";
import { LongarmError } from "@longarm/shared";
import type { Shell } from "../shell.ts";

const longest = 16 * 1_048_576;

async function readStdin(shell: Shell, what: string): Promise<string> {
  if (shell.stdin.isTTY)
    throw new LongarmError(
      "invalid_usage",
      `${what} is to be read from standard input, but nothing is piped in; pipe it in or name a file with @FILE.`,
    );
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of shell.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > longest) throw new LongarmError("input_too_large", `${what} is larger than ${longest} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function readNamedFile(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (reason) {
    const { code } = reason as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EACCES"
          ? "it may not be read"
          : code === "EISDIR"
            ? "it is a directory"
            : (reason as Error).message;
    throw new LongarmError("invalid_usage", `${what} cannot be read from ${file}: ${why}.`, { cause: reason });
  }
}

/** The text that an argument stands for when it is `@FILE` or `-` (standard input); undefined for any other argument. */
export async function readReferred(shell: Shell, argument: string, what: string): Promise<string | undefined> {
  if (argument === "-") return readStdin(shell, what);
  return argument.startsWith("@") ? readNamedFile(argument.slice(1), what) : undefined;
}

/** JSON from `JSON`, `@FILE` or `-`. Throws `invalid_json` with the source, never with its text: it may hold secrets. */
export async function readJson(shell: Shell, argument: string, what: string): Promise<unknown> {
  const referred = await readReferred(shell, argument, what);
  try {
    return JSON.parse(referred ?? argument);
  } catch {
    const from = referred === undefined ? "the command line" : argument === "-" ? "standard input" : argument.slice(1);
    throw new LongarmError("invalid_json", `${what} from ${from} is not JSON.`);
  }
}
