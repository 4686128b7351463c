#!/usr/bin/env node
/**
 * Starts Longarm with a Node that can run it. An older Node finds the one that the lock file brings along and hands over to
 * it: arguments, terminal, signals and exit code pass through. Written for old Nodes: nothing newer than Node 16 here, and no
 * import but Node's own before the version is known.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { constants, homedir } from "node:os";
import { fileURLToPath } from "node:url";

const neededMajor = 24;
const wrongUsage = 2;

if (majorVersion() >= neededMajor) {
  silenceExperimentalWarnings();
  keepCompiledCode();
  await import("../src/main.ts");
} else {
  const pinned = findPinnedNode();
  if (pinned === undefined) refuse();
  else handOver(pinned);
}

function majorVersion() {
  return Number(process.versions.node.split(".")[0]);
}

/** A start takes half the processor time when what an earlier one compiled is at hand. In a directory of the user's own, as it is run. */
function keepCompiledCode() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  // Child processes take it from the environment.
  process.env.NODE_COMPILE_CACHE ||= join(cache, "longarm", "compiled");
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

/** SQLite works in Node 24 and is called experimental; users of a finished command cannot do anything about it. */
function silenceExperimentalWarnings() {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    const type = typeof rest[0] === "object" && rest[0] !== null ? rest[0].type : rest[0];
    if (type !== "ExperimentalWarning") emitWarning.call(process, warning, ...rest);
  };
}

/** The Node in the platform package that package.json names, or undefined where there is none. */
function findPinnedNode() {
  try {
    const description = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`);
    const path = join(dirname(description), "bin", "node");
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function refuse() {
  process.stderr.write(
    `Longarm needs Node ${neededMajor} or newer; this is Node ${process.versions.node}, and for ${process.platform} on ${process.arch} ` +
      `none is installed with Longarm. Install Node ${neededMajor} (https://nodejs.org) and start again.\n`,
  );
  process.exitCode = wrongUsage;
}

function handOver(node) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  child.on("error", (error) => {
    process.stderr.write(`The Node that Longarm brings along (${node}) could not be started: ${error.message}\n`);
    process.exit(wrongUsage);
  });
  const forwarders = forwardSignals(child);
  child.on("exit", (code, signal) => {
    for (const [name, listener] of forwarders) process.off(name, listener);
    if (signal === null) process.exit(code);
    // Ends this process by the same signal; where that is not deadly, by the exit code that shells give it.
    process.kill(process.pid, signal);
    process.exitCode = 128 + constants.signals[signal];
  });
}

function forwardSignals(child) {
  const forwarders = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2", "SIGCONT"].map((name) => [name, () => passOn(child, name)]);
  for (const [name, listener] of forwarders) process.on(name, listener);
  return forwarders;
}

/** A terminal sends Ctrl-C to the child too; forwarded, it would arrive twice, and the second one means "at once". */
function passOn(child, name) {
  const sentByTerminal = process.stdin.isTTY && (name === "SIGINT" || name === "SIGQUIT" || name === "SIGHUP");
  if (!sentByTerminal) child.kill(name);
}
