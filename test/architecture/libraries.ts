import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, type SourceFile } from "./source-file.ts";

/** A foreign library and the only places that may import it. A library without an entry has no room yet, and is refused. */
const libraryRooms: readonly { readonly library: RegExp; readonly rooms: readonly RegExp[] }[] = [
  { library: /^@nats-io\//, rooms: [/^packages\/(?:controller|agent)\/src\/nats\//] },
  { library: /^(?:fastify|@fastify\/.*)$/, rooms: [/^packages\/controller\/src\/http\//] },
  { library: /^ws$/, rooms: [/^packages\/agent\/src\/nats\//, /^packages\/controller\/src\/live\//] },
  { library: /^undici$/, rooms: [/^packages\/shared\/src\/rest\//] },
  {
    library: /^jose$/,
    rooms: [
      /^packages\/shared\/src\/rest\/oauth\//,
      /^packages\/controller\/src\/access\/oidc\//,
      /^packages\/sandbox\/src\/state\/oauth\//,
    ],
  },
  { library: /^protobufjs(?:\/|$)/, rooms: [/^packages\/shared\/src\/wire\//] },
  { library: /^(?:tsyringe|reflect-metadata)$/, rooms: [/^packages\/\w+\/src\/compose\.ts$/] },
  { library: /^node:sqlite$/, rooms: [/^packages\/controller\/src\/history\//, /^packages\/sync\/src\/sinks\//] },
  { library: /^pg$/, rooms: [/^packages\/sync\/src\/sinks\/postgres\//] },
  { library: /^prom-client$/, rooms: [/^packages\/controller\/src\/metrics\//] },
  { library: /^pino$/, rooms: [/^packages\/shared\/src\/logger\.ts$/] },
  { library: /^(?:@marcbachmann\/cel-js|@bufbuild\/cel)$/, rooms: [/^packages\/shared\/src\/selector\//] },
  { library: /^yaml$/, rooms: [/^packages\/shared\/src\/config\//] },
  { library: /^(?:commander|cli-progress)$/, rooms: [/^packages\/cli\/src\//] },
  { library: /^csv-parse$/, rooms: [/^packages\/cli\/src\/apply\//] },
  { library: /^typebox(?:\/|$)/, rooms: [/^packages\//] },
  { library: /^rolldown$/, rooms: [/^tools\/bundle\.ts$/] },
  { library: /^uvu$/, rooms: [/^test\/support\/suite\.ts$/] },
];

/** What tests and measurements alone may use. */
const testLibraries = /^(?:fast-check|@okta\/okta-sdk-nodejs)$/;

/** Where a library is imported outside its room, or without standing in the package's own dependencies. */
export function libraryViolations(file: SourceFile): string[] {
  return file.imports.flatMap(({ specifier, line }) => {
    const fault = isForeign(specifier) ? faultOf(file, specifier) : undefined;
    return fault === undefined ? [] : [`${file.path}:${line} imports "${specifier}": ${fault}`];
  });
}

function isForeign(specifier: string): boolean {
  return !/^(?:\.|@longarm\/|node:)/.test(specifier) || specifier === "node:sqlite";
}

function faultOf(file: SourceFile, specifier: string): string | undefined {
  if (testLibraries.test(specifier)) return file.isTest ? undefined : "only tests may use it";
  const entry = libraryRooms.find(({ library }) => library.test(specifier));
  if (entry === undefined) return "it has no room; give it one in test/architecture/libraries.ts";
  // Tests and measurements that cross packages look at the parts from outside, with the same libraries.
  const isOutside = file.package === undefined && specifier !== "uvu";
  if (!isOutside && !entry.rooms.some((room) => room.test(file.path))) return "this is not its room";
  return file.package === undefined || specifier.startsWith("node:") ? undefined : undeclared(file.package, specifier);
}

function undeclared(name: string, specifier: string): string | undefined {
  const library = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const description = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as Record<string, object | undefined>;
  return Object.hasOwn(description["dependencies"] ?? {}, library) ? undefined : `it is no dependency in packages/${name}/package.json`;
}
