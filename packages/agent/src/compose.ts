import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { type AgentId, type Clock, type ControllerId, field, Rejections, systemClock } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { createRestExecutor, type RestExecutor } from "@longarm/shared/rest";
import { container as root, type DependencyContainer, type InjectionToken, instancePerContainerCachingFactory } from "tsyringe";
import { Agent } from "./agent.ts";
import { CallDesk } from "./call/call-desk.ts";
import { ChangeDesk } from "./call/change-desk.ts";
import type { AgentConfiguration } from "./configuration.ts";
import { ResolvingExecutor } from "./credentials/resolving-executor.ts";
import { SiteCredentials } from "./credentials/site-credentials.ts";
import { VaultClient } from "./credentials/vault/vault-client.ts";
import { ClockReader } from "./enrol/clock-reader.ts";
import { Controllers } from "./enrol/controllers.ts";
import { Enrolment } from "./enrol/enrolment.ts";
import type { AgentKeyRing } from "./keys/agent-keys.ts";
import type { KnownInstallation } from "./keys/known-installation.ts";
import type { Membership } from "./enrol/membership.ts";
import { RightsKeeper } from "./enrol/rights-keeper.ts";
import type { FieldLink } from "./link.ts";
import type { Journal } from "./journal/journal.ts";
import type { PolicyFile } from "./policy/policy-file.ts";
import { SiteGate } from "./policy/site-gate.ts";
import { Beats } from "./presence/beats.ts";
import { readFacts } from "./presence/facts.ts";
import { LoadMeter } from "./presence/load.ts";
import { CallGate } from "./seal/call-gate.ts";
import { FieldWords, type FieldWordsDeps } from "./seal/field-words.ts";
import { sealedLink } from "./seal/sealed-link.ts";
import { agentVersion } from "./version.ts";

/** What exists before the parts are put together. */
export interface AgentGround {
  readonly configuration: AgentConfiguration;
  readonly agentId: AgentId;
  readonly link: FieldLink;
  readonly journal: Journal;
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly policy: PolicyFile;
  readonly membership: Membership;
  /** Gets fresh rights at the broker by a connection of its own. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  /** Goes on with the newest rights. */
  readonly renewLink: () => Promise<void>;
  /** Calls `listener` whenever the broker refuses the rights that there are. */
  readonly onRefused: (listener: () => void) => void;
  readonly logger: Logger;
  /** Tests give their own; it is not closed here. */
  readonly executor?: RestExecutor;
  readonly clock?: Clock;
}

const token = <T>(name: string): InjectionToken<T> => Symbol.for(`longarm.agent.${name}`);
const REJECTIONS = token<Rejections>("Rejections");
const GATE = token<CallGate>("CallGate");
const CONTROLLERS = token<Controllers>("Controllers");
const EXECUTOR = token<RestExecutor>("RestExecutor");
const METER = token<LoadMeter>("LoadMeter");
const CLOCKS = token<ClockReader>("ClockReader");
const CHANGES = token<ChangeDesk>("ChangeDesk");
const DESK = token<CallDesk>("CallDesk");
const ENROLMENT = token<Enrolment>("Enrolment");
const BEATS = token<Beats>("Beats");
const AGENT = token<Agent>("Agent");

type Maker<T> = (parts: DependencyContainer) => T;
type Register = <T>(name: InjectionToken<T>, make: Maker<T>) => void;

/** An agent put together in a container of its own, and the way to close what it opened. */
export function composeAgent(ground: AgentGround): { readonly agent: Agent; close(): Promise<void> } {
  const parts = root.createChildContainer();
  const { clock = systemClock, logger, configuration, agentId, journal, policy, keys, installation, membership, enter, renewLink } = ground;
  const identity = { id: agentId, name: configuration.name, bootId: randomUUID() };
  const { slots, vault } = configuration;
  const server = vault && new VaultClient(vault, clock);
  const credentials = new SiteCredentials({ settings: configuration, environment: process.env, vault: server, clock });
  const facts = (): ReturnType<typeof readFacts> => readFacts({ version: agentVersion, credentials: credentials.names });
  const rejections = new Rejections({ clock, logger });
  const link = linkOf(ground, {
    ...{ bootId: identity.bootId, rejections, clock },
    timeOf: (controller) => timeOf(parts.resolve(CONTROLLERS), controller),
    onLate: (controller) => parts.resolve(CLOCKS).mistrust(controller),
  });
  const register: Register = (name, make) => {
    parts.register(name, { useFactory: instancePerContainerCachingFactory(make) });
  };
  const own = ground.executor ? undefined : createRestExecutor({ clock, logger });
  register(EXECUTOR, () => new ResolvingExecutor(ground.executor ?? (own as RestExecutor), credentials));
  register(METER, () => new LoadMeter());
  register(CONTROLLERS, () => new Controllers(clock));
  register(ENROLMENT, (from) => {
    const known = { link, controllers: from.resolve(CONTROLLERS), identity, rejections, facts, clock };
    const own = { keys, installation, slots, journalId: journal.id, generation: () => membership.generation };
    return new Enrolment({ ...known, ...own, logger });
  });
  register(BEATS, (from) => {
    const freeSlots = (): number => from.resolve(DESK).freeSlots;
    return new Beats({ link, identity, slots, freeSlots, facts, journal, policy, meter: from.resolve(METER), clock });
  });
  register(REJECTIONS, () => rejections);
  registerGate(register, { ...ground, clock });
  registerCalls(register, { ...ground, link, clock }, identity);
  register(AGENT, (from) => {
    const rooms = { desk: from.resolve(DESK), changes: from.resolve(CHANGES), clocks: from.resolve(CLOCKS) };
    const rights = new RightsKeeper({ membership, enter, renewLink, clock, logger });
    ground.onRefused(() => rights.look());
    const presence = { enrolment: from.resolve(ENROLMENT), beats: from.resolve(BEATS), rights };
    const known = { journal, policy, id: agentId, link, clock, logger };
    return new Agent({ ...rooms, ...presence, ...known, drainMs: configuration.drainSeconds * 1_000 });
  });
  const close = async (): Promise<void> => {
    parts.resolve(METER).close();
    credentials.forget();
    await own?.close();
  };
  return { agent: parts.resolve(AGENT), close };
}

/** The way to the controllers, with words sealed on it. */
function linkOf(
  { agentId, keys, installation, link }: AgentGround,
  own: Omit<FieldWordsDeps, "agentId" | "keys" | "installation">,
): FieldLink {
  return sealedLink(link, agentId, new FieldWords({ agentId, keys, installation, ...own }));
}

function timeOf(controllers: Controllers, id: ControllerId): ReturnType<FieldWordsDeps["timeOf"]> {
  return { nowMs: controllers.nowOf(id), uncertaintyMs: controllers.uncertaintyOf(id) };
}

function registerGate(
  register: Register,
  { agentId, keys, installation, clock }: Pick<AgentGround, "agentId" | "keys" | "installation"> & { readonly clock: Clock },
): void {
  register(GATE, (from) => {
    const onUnknownKey = (): void => from.resolve(ENROLMENT).askSoon();
    return new CallGate({ agentId, keys, installation, rejections: from.resolve(REJECTIONS), clock, onUnknownKey });
  });
}

/** The parts that a call goes through. */
function registerCalls(
  register: Register,
  { link, logger, configuration, agentId, journal, policy, clock }: AgentGround & { readonly clock: Clock },
  identity: { readonly id: AgentId; readonly name: string; readonly bootId: string },
): void {
  const { slots } = configuration;
  const site = new SiteGate({ policy: () => policy.policy, clock });
  register(CLOCKS, (from) => new ClockReader({ link, id: agentId, controllers: from.resolve(CONTROLLERS), clock }));
  register(CHANGES, (from) => {
    const controllers = from.resolve(CONTROLLERS);
    return new ChangeDesk({
      ...{ executor: from.resolve(EXECUTOR), journal, clock, logger },
      knows: (controller) => controllers.grantOf(controller) !== undefined,
      timeOf: (controller) => timeOf(controllers, controller),
      tell: (controller, told) => link.publish(field.told(controller, agentId), told),
    });
  });
  register(DESK, (from) => {
    const controllers = from.resolve(CONTROLLERS);
    // Asked for at each call: the container is left out of that.
    const subjects = new Map<ControllerId, string>();
    const subjectOf = (controller: ControllerId): string =>
      subjects.get(controller) ?? remember(subjects, controller, field.frame(controller, agentId));
    let beats: Beats | undefined;
    return new CallDesk({
      ...{ executor: from.resolve(EXECUTOR), changes: from.resolve(CHANGES), site, seal: from.resolve(GATE), slots, clock, logger },
      publish: (controller, frame) => link.publish(subjectOf(controller), frame),
      onLate: (controller) => from.resolve(CLOCKS).mistrust(controller),
      situation: (controller) => ({
        agent: identity,
        grant: controllers.grantOf(controller),
        isLeaving: (beats ??= from.resolve(BEATS)).isLeaving,
        controllerNowMs: controllers.nowOf(controller),
      }),
    });
  });
}

// Controllers come and go under new ids.
const rememberedSubjects = 256;

function remember(subjects: Map<ControllerId, string>, controller: ControllerId, subject: string): string {
  if (subjects.size >= rememberedSubjects) subjects.clear();
  subjects.set(controller, subject);
  return subject;
}
