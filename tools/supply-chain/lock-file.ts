import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package as the lock file names it. */
export interface LockedPackage {
  /** Where it is installed: `node_modules/ws`. */
  readonly place: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  /** Needed to build and test only. */
  readonly isDevelopment: boolean;
  readonly hasInstallScript: boolean;
  readonly dependencies: readonly string[];
}

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, "../..");
const folder = "node_modules/";

/** Everything that `npm ci` installs. */
export class LockFile {
  readonly #entries: Readonly<Record<string, Entry>>;

  constructor(directory = root) {
    this.#entries = (
      JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8")) as { packages: Record<string, Entry> }
    ).packages;
  }

  /** The packages of others, by place. */
  foreign(): readonly LockedPackage[] {
    const places = Object.entries(this.#entries).filter(([place, { link }]) => place.startsWith(folder) && link !== true);
    return places.map(([place, entry]) => toPackage(place, entry));
  }

  /** What a workspace's own manifest asks for at run time, itself and through the workspaces that it stands on; others' packages only. */
  directOf(workspace: string): readonly string[] {
    return [...new Set(this.#directOf(workspace, new Set()))].toSorted();
  }

  /** All that is installed for a workspace at run time, also what its packages ask for in turn. */
  closureOf(workspace: string): readonly LockedPackage[] {
    const found = new Map<string, LockedPackage>();
    const visit = (from: string, name: string): void => {
      const place = this.#resolve(from, name);
      if (place === undefined || found.has(place)) return;
      const one = toPackage(place, this.#entries[place] ?? {});
      found.set(place, one);
      for (const next of one.dependencies) visit(place, next);
    };
    for (const name of this.directOf(workspace)) visit(workspace, name);
    return [...found.values()];
  }

  #directOf(workspace: string, seen: Set<string>): readonly string[] {
    if (seen.has(workspace)) return [];
    seen.add(workspace);
    return Object.keys(this.#entries[workspace]?.dependencies ?? {}).flatMap((name) => {
      const { link, resolved = "" } = this.#entries[`${folder}${name}`] ?? {};
      return link ? this.#directOf(resolved, seen) : [name];
    });
  }

  /** As Node looks for it: beside whoever asks, then further out. */
  #resolve(from: string, name: string): string | undefined {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf(`/${folder.slice(0, -1)}`)))) {
      const place = at === "" ? `${folder}${name}` : `${at}/${folder}${name}`;
      if (this.#entries[place]) return place;
      if (at === "") return undefined;
    }
  }
}

function toPackage(place: string, entry: Entry): LockedPackage {
  return {
    place,
    name: place.slice(place.lastIndexOf(folder) + folder.length),
    version: entry.version ?? "",
    licence: entry.license,
    isDevelopment: entry.dev === true || entry.devOptional === true,
    hasInstallScript: entry.hasInstallScript === true,
    dependencies: Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }),
  };
}
