import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type AgentId, LongarmError, newId, readId } from "@longarm/shared";
import { asStorageFault, makeDataDirectory } from "@longarm/shared/config";

/** The agent's own directory, held by this process until `release()`. */
export interface DataDirectory {
  readonly agentId: AgentId;
  release(): Promise<void>;
}

/**
 * Takes hold of the directory (mode 700, made when absent) and reads the agent's id from it, or makes one (`agent.json`, mode 600).
 * Throws `data_directory_in_use` when another live process holds it, `invalid_configuration` when it cannot be used or the file is not
 * ours, `storage_full`.
 */
export async function holdDataDirectory(path: string): Promise<DataDirectory> {
  makeDataDirectory(path);
  try {
    await chmod(path, 0o700);
    return await hold(path);
  } catch (reason) {
    throw asStorageFault(reason, resolve(path));
  }
}

async function hold(path: string): Promise<DataDirectory> {
  const lock = join(path, "agent.lock");
  await takeLock(lock, path);
  try {
    return { agentId: await readOrMakeId(join(path, "agent.json")), release: () => rm(lock, { force: true }) };
  } catch (reason) {
    await rm(lock, { force: true });
    throw reason;
  }
}

async function takeLock(lock: string, directory: string): Promise<void> {
  const own = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await createdWith(lock, own)) return;
    const holder = await readFile(lock, "utf8").catch(() => "");
    if (isAlive(holder)) {
      const sentence = `Another agent (process ${holder.split(" ")[0]}) runs on ${directory}; stop it or choose another directory.`;
      throw new LongarmError("data_directory_in_use", sentence, { details: { directory } });
    }
    await rm(lock, { force: true });
  }
  throw new LongarmError("data_directory_in_use", `Other agents keep taking ${directory}; choose another directory.`);
}

async function createdWith(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw reason;
  }
}

function isAlive(holder: string): boolean {
  const [pid, start] = holder.split(" ");
  // An agent killed before it wrote its lock's text, or another process that has the same number since (always so in a container).
  if (!pid || startOf(Number(pid)) !== start) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (reason) {
    return (reason as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When the process began, in ticks since the machine did; empty where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

async function readOrMakeId(path: string): Promise<AgentId> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return makeId(path);
  const id = readStoredId(text);
  if (id) return id;
  throw new LongarmError("invalid_configuration", `${path} does not hold an agent's id; remove it to become a new agent.`);
}

function readStoredId(text: string): AgentId | undefined {
  try {
    const stored = JSON.parse(text) as { id?: unknown } | null;
    return typeof stored?.id === "string" ? readId("agent", stored.id) : undefined;
  } catch {
    return undefined;
  }
}

async function makeId(path: string): Promise<AgentId> {
  const id = newId("agent");
  // Renamed into place, so that a crash leaves no half file under the name.
  await writeFile(`${path}.new`, `${JSON.stringify({ id })}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return id;
}
