import { derivedId, type AgentId, type ControllerId } from "@longarm/shared";
import { KeyRing } from "@longarm/shared/seal";
import { createCatalogue, type Catalogue } from "@longarm/spoke";
import { MemoryDefinitionStore } from "../../../packages/controller/src/memory/memory-definition-store.ts";
import { type AgentGrant, writtenKeys } from "../../../packages/controller/src/ports/agent-store.ts";
import type { Connection } from "../../../packages/controller/src/ports/connection-store.ts";
import type { Credential } from "../../../packages/controller/src/ports/credential-store.ts";
import { agentGrantCodec, connectionCodec, credentialCodec } from "../../../packages/controller/src/ports/definition-codec.ts";
import { SharedHolds } from "../adapters/sim-hold-store.ts";
import type { Bugs } from "../bugs/bugs.ts";
import { SimDisk } from "../world/sim-disk.ts";
import type { World } from "../world/world.ts";
import { keys, SimAgent, type AgentHome } from "./sim-agent.ts";
import { SimController, type Installation } from "./sim-controller.ts";
import { simSpoke } from "./sim-spoke.ts";
import type { Mortal, Place } from "./troubles.ts";

const ring = new KeyRing([{ id: 1, bytes: new Uint8Array(32).fill(7) }], 1);
const catalogues = new Map<Bugs, Catalogue>();

const base = { baseUrl: "https://org.example", timeoutMs: 5_000, maxResponseBytes: 1_000_000 };
const connections: readonly Connection[] = [
  // Longer than a lease, so that one may lapse while a connection is made.
  { ...base, name: "here", timeoutMs: 15_000, placement: { on: "local", whenNone: "fail" } },
  { ...base, name: "there", placement: { on: "agent", whenNone: "wait" } },
  { ...base, name: "bold", placement: { on: "agent", whenNone: "fail" } },
  { ...base, name: "anywhere", placement: { on: "either", whenNone: "local" } },
];

/** What the controllers of one world share. */
export async function install(world: World, bugs: Bugs): Promise<Installation> {
  const store = new MemoryDefinitionStore<Connection>(connectionCodec);
  for (const connection of connections) await store.put(connection.name, connection);
  const catalogue =
    catalogues.get(bugs) ?? createCatalogue([{ ...simSpoke, definitions: simSpoke.definitions.map((each) => bugs.definition(each)) }]);
  catalogues.set(bugs, catalogue);
  const agents = new MemoryDefinitionStore<AgentGrant>(agentGrantCodec);
  // They were let in before; joining has tests of its own.
  for (const name of ["agent-1", "agent-2"]) {
    const id = idOf("agent", name);
    await agents.put(id, { id, name, labels: {}, desired: "up", enrolledAt: 0, keys: writtenKeys(keys.public) });
  }
  const credentials = new MemoryDefinitionStore<Credential>(credentialCodec);
  return { world, ring, catalogue, agents, connections: store, credentials, holds: new SharedHolds(), bugs };
}

/** Ids that a seed gives again. */
function idOf(kind: "agent", name: string): AgentId;
function idOf(kind: "controller", name: string): ControllerId;
function idOf(kind: "agent" | "controller", name: string): string {
  return derivedId(kind, Buffer.from(name.padEnd(16, ".")));
}

/** The place of one controller: its lives, one after the other. */
export class ControllerPlace implements Place {
  readonly #installation: Installation;
  readonly #name: string;
  #life = 0;
  #current: SimController | undefined;

  constructor(installation: Installation, name: string) {
    this.#installation = installation;
    this.#name = name;
  }

  get controller(): SimController | undefined {
    return this.#current;
  }

  current(): Mortal | undefined {
    const controller = this.#current;
    return controller && { process: controller.process, stop: () => void controller.stop() };
  }

  revive(): void {
    const before = this.#current;
    before?.process.kill();
    this.#life += 1;
    const name = `${this.#name}.${this.#life}`;
    this.#current = new SimController(this.#installation, { id: idOf("controller", name), name });
    this.#installation.world.tell(`${name} starts`);
    this.#current.start(before?.id);
  }
}

/** The place of one agent. */
export class AgentPlace implements Place {
  readonly #world: World;
  readonly #home: AgentHome;
  #life = 0;
  #current: SimAgent | undefined;

  constructor({ world, bugs }: Installation, name: string) {
    this.#world = world;
    this.#home = { id: idOf("agent", name), name, disk: new SimDisk(), bugs };
  }

  current(): Mortal | undefined {
    return this.#current;
  }

  revive(): void {
    this.#current?.process.kill();
    this.#life += 1;
    const { random, tally } = this.#world;
    // A process that is killed leaves what it wrote to the system; a machine that loses its power does not.
    if (this.#life > 1 && random.chance(0.5)) {
      tally.add("powerCut");
      this.#home.disk.loseUnsynced(random);
    }
    this.#current = new SimAgent(this.#world, this.#home, this.#life);
    this.#world.tell(`${this.#current.process.name} starts`);
    this.#current.start();
  }
}
