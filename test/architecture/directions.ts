import { posix } from "node:path";
import type { Import } from "./imports.ts";
import type { SourceFile } from "./source-file.ts";

/** Which packages a package may import (docs/ARCHITECTURE.md, "The rooms"). */
const siblings: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  spoke: ["shared"],
  okta: ["shared", "spoke"],
  sync: ["shared", "spoke", "okta"],
  controller: ["shared", "spoke"],
  agent: ["shared"],
  sandbox: ["shared"],
  cli: ["shared"],
  console: ["shared"],
  mcp: ["shared"],
};

/** Single files that may import more: the composition root names the spokes; the command starts the other processes, and
 * plans what a file asks of an org. */
const widerDoors: readonly { readonly file: RegExp; readonly specifier: RegExp }[] = [
  { file: /^packages\/controller\/src\/compose\.ts$/, specifier: /^@longarm\/(?:okta|sync)$/ },
  { file: /^packages\/cli\/src\//, specifier: /^@longarm\/(?:controller|agent|sandbox)(?:\/main)?$/ },
  { file: /^packages\/cli\/src\/(?:apply|commands)\//, specifier: /^@longarm\/sync\/apply$/ },
];

/** Which rooms of the same package a room may import beside itself. Rooms that are not named here are free. */
const rooms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  controller: {
    decide: [],
    ports: [],
    run: ["decide", "ports"],
    loops: ["decide", "ports", "run", "hooks"],
    hooks: ["decide", "ports", "run"],
    http: ["decide", "ports", "run", "access"],
    live: ["decide", "ports", "run"],
    access: ["ports"],
    enrol: ["decide", "ports"],
    metrics: ["decide", "ports"],
    nats: ["ports"],
    // The index over the agents' labels is a twin of nothing: it is memory by nature, and it chooses by the rules of decide.
    memory: ["ports", "decide"],
    history: ["ports"],
  },
  agent: { decide: [] },
  sync: {
    decide: [],
    apply: [],
    ports: ["decide"],
    run: ["decide", "ports"],
    sinks: ["decide", "ports"],
  },
};

/** Files at the top of src/ that any room may import: they know nobody. */
const neutralFiles = new Set(["configuration.ts", "version.ts"]);

/** Rooms that know neither spokes nor HTTP: of the packages they may import `shared` alone. */
const sharedOnly: Readonly<Record<string, readonly string[]>> = {
  controller: ["decide", "nats", "memory", "history"],
  sync: ["decide", "apply", "sinks"],
};

/** Where a package reaches for a package, or past its own walls, that it must not know. */
export function packageViolations(file: SourceFile): string[] {
  const own = file.package;
  if (own === undefined) return [];
  return file.imports.flatMap((each) => {
    const fault = each.specifier.startsWith(".") ? leavesPackage(file, each) : knowsStranger(file, each, own);
    return fault === undefined ? [] : [place(file, each, fault)];
  });
}

/** Where a room of a package reaches for a room that it must not know. Tests may bring two rooms together. */
export function roomViolations(file: SourceFile): string[] {
  const table = rooms[file.package ?? ""];
  const own = roomOf(file.inside);
  const allowed = table?.[own];
  if (file.isTest || allowed === undefined) return [];
  return file.imports.flatMap((each) => {
    if (each.specifier.startsWith("@longarm/")) {
      const isForbidden = sharedOnly[file.package ?? ""]?.includes(own) && !/^@longarm\/shared(?:\/|$)/.test(each.specifier);
      return isForbidden ? [place(file, each, `${own}/ may import @longarm/shared only`)] : [];
    }
    const target = each.specifier.startsWith(".") ? posix.join(posix.dirname(file.inside), each.specifier) : undefined;
    if (target === undefined || neutralFiles.has(target)) return [];
    const room = roomOf(target);
    return room === own || allowed.includes(room) ? [] : [place(file, each, `${own}/ must not know ${room}`)];
  });
}

function leavesPackage(file: SourceFile, { specifier }: Import): string | undefined {
  const target = posix.join(posix.dirname(file.path), specifier);
  if (target.startsWith(`packages/${file.package}/src/`)) return undefined;
  if (file.isTest && /^(?:test\/support|tools)\//.test(target)) return undefined;
  return `leaves the package for ${target}; packages meet by their names, and tests of two packages stand in test/`;
}

function knowsStranger(file: SourceFile, { specifier }: Import, own: string): string | undefined {
  const sibling = /^@longarm\/([^/]+)/.exec(specifier)?.[1];
  if (sibling === undefined || siblings[own]?.includes(sibling)) return undefined;
  if (widerDoors.some((door) => door.file.test(file.path) && door.specifier.test(specifier))) return undefined;
  if (siblings[own] === undefined) return `the package ${own} has no entry in test/architecture/directions.ts`;
  return `${own} must not know ${sibling}`;
}

function roomOf(inside: string): string {
  return inside.split("/", 1)[0] ?? inside;
}

function place(file: SourceFile, { specifier, line }: Import, fault: string): string {
  return `${file.path}:${line} imports "${specifier}": ${fault}`;
}
