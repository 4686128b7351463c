import assert from "node:assert/strict";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LongarmError } from "@longarm/shared";
import { withTemporaryDirectory } from "../../../../../test/support/directories.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { brokerCacheDirectory, cachedName } from "./cache.ts";
import { type BrokerSearch, findBroker, type FoundBroker } from "./find.ts";

const test = suite("finding a broker");

async function putBinary(path: string, version: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho "nats-server: v${version}"\n`, { mode: 0o755 });
  return path;
}

interface Places {
  readonly named?: string;
  readonly onPath?: string;
  readonly cached?: string;
  readonly fetched?: string;
}

/** Looks for a broker on a machine where these versions stand in these places. */
async function find(places: Places, body: (found: FoundBroker, directory: string) => void | Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const cacheDirectory = join(directory, "cache");
    const { named, onPath, cached, fetched } = places;
    const environment = {
      PATH: join(directory, "bin"),
      ...(named && { LONGARM_NATS_SERVER: await putBinary(join(directory, "named/nats"), named) }),
    };
    if (onPath) await putBinary(join(directory, "bin/nats-server"), onPath);
    if (cached) await putBinary(join(cacheDirectory, cachedName(cached)), cached);
    const fetch: BrokerSearch["fetch"] = async () => {
      if (fetched) return putBinary(join(cacheDirectory, cachedName(fetched)), fetched);
      throw new Error("no mirror answers");
    };
    await body(await findBroker({ environment, cacheDirectory, fetch, systemDirectories: [] }), directory);
  });
}

test("takes the one that the environment names before all others", async () => {
  await find({ named: "2.13.0", onPath: "2.15.1", cached: "2.15.1", fetched: "2.15.1" }, (found, directory) => {
    assert.deepEqual(found, { path: join(directory, "named/nats"), version: "2.13.0", source: "environment", skipped: [] });
  });
});

test("takes the one on PATH before the cache", async () => {
  await find({ onPath: "2.14.0", cached: "2.15.1" }, (found) => assert.equal(found.source, "path"));
});

test("takes the cached one before it fetches", async () => {
  await find({ cached: "2.15.1", fetched: "2.16.0" }, (found) => assert.equal(found.source, "cache"));
});

test("fetches one where none is found", async () => {
  await find({ fetched: "2.15.1" }, (found) => assert.deepEqual([found.source, found.version], ["fetched", "2.15.1"]));
});

test("passes over a version below the floor and says so", async () => {
  await find({ named: "2.9.10", onPath: "2.12.6", cached: "2.12.7" }, (found, directory) => {
    assert.equal(found.source, "cache");
    assert.deepEqual(found.skipped, [
      `${join(directory, "named/nats")} is version 2.9.10, older than 2.12.7`,
      `${join(directory, "bin/nats-server")} is version 2.12.6, older than 2.12.7`,
    ]);
  });
});

test("passes over a file that is no nats-server", async () => {
  await withTemporaryDirectory(async (directory) => {
    const wrong = join(directory, "wrong");
    await writeFile(wrong, "#!/bin/sh\necho hello\n", { mode: 0o755 });
    const good = await putBinary(join(directory, "bin/nats-server"), "2.15.1");
    const found = await findBroker({ environment: { LONGARM_NATS_SERVER: wrong, PATH: dirname(good) }, cacheDirectory: directory });
    assert.deepEqual(found, {
      path: good,
      version: "2.15.1",
      source: "path",
      skipped: [`${wrong} does not run (it does not answer --version as nats-server does)`],
    });
  });
});

test("takes the newest of the cache", async () => {
  await withTemporaryDirectory(async (directory) => {
    for (const version of ["2.13.9", "2.15.1", "2.9.1", "2.15.0"]) await putBinary(join(directory, cachedName(version)), version);
    const found = await findBroker({ environment: {}, cacheDirectory: directory, systemDirectories: [] });
    assert.equal(found.version, "2.15.1");
  });
});

test("says in one sentence what was tried and what to do when there is none", async () => {
  const search = find({ named: "2.9.10" }, () => assert.fail("there is none"));
  await assert.rejects(search, (fault: LongarmError) => {
    assert.equal(fault.code, "broker_not_found");
    const expected =
      /^No usable nats-server: .*named\/nats is version 2\.9\.10, older than 2\.12\.7; no nats-server is on PATH; the cache .* holds none; fetching it failed \(no mirror answers\)\. To go on, install .* LONGARM_NATS_SERVER\.$/;
    assert.match(fault.message, expected);
    return true;
  });
});

test("stops when it is told to", async () => {
  await withTemporaryDirectory(async (directory) => {
    const reason = new Error("enough");
    const search = findBroker({ environment: {}, cacheDirectory: directory, systemDirectories: [], signal: AbortSignal.abort(reason) });
    await assert.rejects(search, reason);
    await assert.rejects(access(join(directory, "fetch.lock")));
  });
});

test("fetches once, however many look at the same time", async () => {
  await withTemporaryDirectory(async (directory) => {
    let fetches = 0;
    const fetch = async (): Promise<string> => {
      fetches++;
      // It appears whole, as a fetched one does: what is still written to cannot be run.
      const path = join(directory, cachedName("2.15.1"));
      await rename(await putBinary(join(directory, "partial"), "2.15.1"), path);
      return path;
    };
    const search = { environment: {}, cacheDirectory: directory, systemDirectories: [], fetch };
    const found = await Promise.all([findBroker(search), findBroker(search), findBroker(search)]);
    assert.deepEqual(new Set(found.map(({ version }) => version)), new Set(["2.15.1"]));
    assert.equal(fetches, 1);
  });
});

test("fetches although a killed process left its lock", async () => {
  await withTemporaryDirectory(async (directory) => {
    await writeFile(join(directory, "fetch.lock"), "999999999");
    const fetch = (): Promise<string> => putBinary(join(directory, cachedName("2.15.1")), "2.15.1");
    const found = await findBroker({ environment: {}, cacheDirectory: directory, systemDirectories: [], fetch });
    assert.equal(found.source, "fetched");
  });
});

test("keeps fetched ones where every copy of the project finds them", () => {
  assert.equal(brokerCacheDirectory({ XDG_CACHE_HOME: "/var/cache/me", HOME: "/home/me" }), "/var/cache/me/longarm/nats-server");
  assert.equal(brokerCacheDirectory({ HOME: "/home/me" }), "/home/me/.cache/longarm/nats-server");
});

test.run();
