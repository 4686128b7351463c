import { statSync } from "node:fs";
import { resolve } from "node:path";
import { LongarmError, systemClock, type Lifecycle } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { AnyFlow, Catalogue } from "@longarm/spoke";
import type { TSchema } from "typebox";
import type { ControllerConfiguration } from "../configuration.ts";
import type { OwnFlows } from "../ports/own-flows.ts";
import { flowFiles } from "./flow-files.ts";
import { nameFaults } from "./judge-names.ts";
import type { FileFault, FlowFacts } from "./messages.ts";
import { unpackSchema } from "./pack-schema.ts";
import { ThreadFlows } from "./thread-flows.ts";

interface Opening {
  /** Of the spokes, whose names nobody else's flow may bear. */
  readonly catalogue: Catalogue;
  readonly logger: Logger;
  readonly lifecycle: Lifecycle;
}

// Files only declare their flows.
const loadWithinMs = 30_000;

/**
 * The flows of the directory that the configuration names; undefined: it names none. Throws `invalid_configuration` with every fault of every
 * file at once.
 */
export async function openOwnFlows(
  settings: ControllerConfiguration["flows"],
  { catalogue, logger, lifecycle }: Opening,
): Promise<OwnFlows | undefined> {
  if (settings.directory === undefined) return undefined;
  const directory = resolve(settings.directory);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new LongarmError("invalid_configuration", `flows.directory: ${directory} is no directory; make it, or name another one.`);
  const { blockedAfterMs, idleAfterMs, memoryMb } = settings;
  const files = await flowFiles(directory);
  const own = new ThreadFlows({
    directory,
    files,
    limits: { blockedAfterMs, idleAfterMs, memoryMb, loadWithinMs },
    clock: systemClock,
    logger,
  });
  lifecycle.add("flows", () => own.close());
  const loaded = await own.load();
  const faults = [...loaded.faults, ...nameFaults(loaded.flows, catalogue)];
  if (faults.length > 0) throw refusal(directory, faults);
  own.serve(loaded.flows.map(flowOf));
  logger.info({ directory, flows: loaded.flows.map(({ name, version }) => `${name} ${version}`) }, "Flows of one's own are loaded.");
  return own;
}

function refusal(directory: string, faults: readonly FileFault[]): LongarmError {
  const lines = faults.map(({ file, problem }) => `${file}: ${problem}`);
  const sentence = `The flows in ${directory} have ${faults.length === 1 ? "a fault" : `${faults.length} faults`}: ${lines.join("; ")}. Correct them, then start the controller again.`;
  return new LongarmError("invalid_configuration", sentence, { details: { directory, faults } });
}

function flowOf({ name, title, summary, version, input, output }: FlowFacts): AnyFlow {
  const schemas = { input: unpackSchema(input) as TSchema, output: unpackSchema(output) as TSchema };
  return { kind: "flow", ...{ name, title, summary, version }, ...schemas, run: () => Promise.reject(new LongarmError("internal")) };
}
