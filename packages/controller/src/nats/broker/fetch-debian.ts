import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type DebianArchive, debianArchives } from "./apt-sources.ts";
import { keepBinary } from "./cache.ts";

const run = promisify(execFile);

/** Fetches a nats-server into the cache directory; resolves to its path, rejects with an error whose message says why not. */
export type BrokerFetch = (cacheDirectory: string, signal: AbortSignal) => Promise<string>;

// Per command; a mirror that answers at all needs some 5 s for everything.
const commandTimeoutMs = 60_000;
const systemKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

// The machine's own settings (proxy, certificates) stay in force, but not its hooks, which would act on the system.
const aptConfiguration = `#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
`;

function sourceOf(archive: DebianArchive): string {
  return `Types: deb\nURIs: ${archive.uri}\nSuites: testing\nComponents: main\nSigned-By: ${archive.signedBy ?? systemKeyring}\n`;
}

function aptOptions(work: string): readonly string[] {
  const settings = {
    "Dir::State": join(work, "state"),
    "Dir::State::status": join(work, "status"),
    "Dir::Cache": join(work, "cache"),
    "Dir::Etc::sourcelist": join(work, "testing.sources"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::Etc::preferences": "/dev/null",
    "Dir::Etc::preferencesparts": "/dev/null",
    "Dir::Log": join(work, "log"),
  };
  return ["-c", join(work, "apt.conf"), ...Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`])];
}

async function prepare(work: string, archive: DebianArchive): Promise<void> {
  for (const directory of ["state/lists/partial", "cache/archives/partial", "log", "download"]) {
    await mkdir(join(work, directory), { recursive: true });
  }
  await writeFile(join(work, "status"), "");
  await writeFile(join(work, "apt.conf"), aptConfiguration);
  await writeFile(join(work, "testing.sources"), sourceOf(archive));
}

async function downloadFrom(archive: DebianArchive, work: string, signal: AbortSignal): Promise<string> {
  await prepare(work, archive);
  const download = join(work, "download");
  const options = {
    cwd: download,
    signal,
    timeout: commandTimeoutMs,
    env: { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" },
  };
  await run("apt-get", [...aptOptions(work), "-q", "update"], options);
  await run("apt-get", [...aptOptions(work), "-q", "download", "nats-server"], options);
  const deb = (await readdir(download)).find((name) => name.endsWith(".deb"));
  if (deb === undefined) throw new Error("apt-get left no package");
  await run("dpkg-deb", ["-x", join(download, deb), join(work, "unpacked")], options);
  return join(work, "unpacked/usr/sbin/nats-server");
}

// apt-get prints progress and warnings too: its own lines that begin with E: or W: are the reason.
function reasonOf(fault: unknown): string {
  const { stderr, message, killed } = fault as { stderr?: string; message?: string; killed?: boolean };
  if (killed === true) return `it took longer than ${commandTimeoutMs / 1000} s`;
  const lines = (stderr ?? "").split("\n").filter((line) => /^(E|W|Err):/.test(line) || line.startsWith("dpkg-deb"));
  return lines.slice(0, 2).join(" ") || (message ?? String(fault)).split("\n")[0] || "unknown reason";
}

async function assertDebian(): Promise<void> {
  for (const program of ["/usr/bin/apt-get", "/usr/bin/dpkg-deb"]) {
    await access(program).catch(() => {
      throw new Error("this is not a Debian-like system (no apt-get)");
    });
  }
}

/**
 * Fetches nats-server from the testing suite on the mirror that the machine's own apt sources already use, signature checked
 * against the system's keyring. Needs no root and changes nothing outside `cacheDirectory`. Source: apt-get(8), apt.conf(5).
 */
export const fetchDebian: BrokerFetch = async (cacheDirectory, signal) => {
  await assertDebian();
  const archives = await debianArchives("/etc/apt");
  if (archives.length === 0) throw new Error("the machine's apt sources name no Debian mirror");
  const faults: string[] = [];
  for (const archive of archives) {
    const work = await mkdtemp(join(cacheDirectory, "fetch-"));
    try {
      return await keepBinary(await downloadFrom(archive, work, signal), cacheDirectory, signal);
    } catch (fault) {
      signal.throwIfAborted();
      faults.push(`${archive.uri}: ${reasonOf(fault)}`);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  throw new Error(faults.join("; "));
};
