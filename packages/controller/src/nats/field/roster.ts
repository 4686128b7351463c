import { isDeepStrictEqual } from "node:util";
import type { AgentId, Clock } from "@longarm/shared";
import type { BeatMessage, EnrolMessage, StableFacts } from "@longarm/shared/wire";
import type { AgentState, AgentView } from "../../ports/agent-directory.ts";
import { type AgentGrant, fingerprintOf } from "../../ports/agent-store.ts";
import type { KnownAgent } from "./seal/field-seals.ts";
import { FormerBoots } from "./former-boots.ts";

/*
 * Presence:  up ──3 s silent──▶ suspect ──10 s silent──▶ lost          any beat of the enrolled process ──▶ up
 *            `leaving` ──▶ lost at once
 */
type Presence = "up" | "suspect" | "lost";

/** Three missed beats make an agent suspect, ten make it lost. */
export const suspectAfterMs = 3_000;
export const lostAfterMs = 10_000;
// A process that was itself held up for this long does not blame the agents for the beats that it did not read.
const ownStallMs = 1_000;

interface Entry {
  /** The highest number of a beat of this process. */
  beatSeq: number;
  grant: AgentGrant;
  presence: Presence;
  bootId: string | undefined;
  /** The process that said it was leaving; an asking of it that is answered late does not bring it back. */
  leftBootId: string | undefined;
  /** Processes before the present one: they are to be gone. */
  readonly formerBoots: FormerBoots;
  beatMonotonicMs: number;
  view: AgentView;
}

/** What a change means for others. */
export interface RosterListener {
  /** The agent as it is now. */
  onView(view: AgentView): void;
  /** Something that a run may have waited for. */
  onChange(): void;
  /** The process that carried this agent's open calls is gone. */
  onLost(agent: AgentId, why: "silent" | "left" | "restarted"): void;
  /** It has missed beats: what may safely be done twice is better done elsewhere. */
  onSuspect(agent: AgentId): void;
  /** Two processes work as this agent at the same time. */
  onTwins(agent: AgentId): void;
}

const blankFacts: AgentView["facts"] = { os: "", arch: "", version: "", hostname: "", addresses: [], freeSlots: 0, load: 0, reach: {} };

/** The agents as this controller sees them: grants from the store, presence from beats, on this controller's monotonic clock. */
export class Roster {
  readonly #clock: Clock;
  readonly #listener: RosterListener;
  readonly #entries = new Map<AgentId, Entry>();
  #sweptAtMs: number;

  constructor(clock: Clock, listener: RosterListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#sweptAtMs = clock.monotonicMs();
  }

  views(): readonly AgentView[] {
    return [...this.#entries.values()].map(({ view }) => view);
  }

  /** By id, or by name; among namesakes the one that is there, and no stranger before one that was let in. */
  find(idOrName: string): AgentView | undefined {
    const byId = this.#entries.get(idOrName as AgentId);
    if (byId) return byId.view;
    const namesakes = this.views().filter(({ name }) => name === idOrName);
    return namesakes.toReversed().toSorted((one, other) => nameRank(one) - nameRank(other))[0];
  }

  /** What is known of it that something is sealed to. */
  known(agent: AgentId): KnownAgent | undefined {
    const entry = this.#entries.get(agent);
    if (!entry?.grant.keys) return undefined;
    return { keys: entry.grant.keys, ...(entry.bootId !== undefined && { bootId: entry.bootId }) };
  }

  /** Another agent that was let in under this name, and not revoked since, whether it is there or not. */
  namesake(name: string, than: AgentId): AgentId | undefined {
    for (const { grant } of this.#entries.values()) {
      const bearsIt = grant.desired !== "revoked" && grant.desired !== "pending";
      if (bearsIt && grant.name === name && grant.id !== than) return grant.id;
    }
    return undefined;
  }

  /** How many wait for an administrator that asked with this join token. */
  waitingUnder(token: string): number {
    let count = 0;
    for (const { grant } of this.#entries.values()) if (grant.desired === "pending" && grant.token === token) count += 1;
    return count;
  }

  /** Takes in what the store holds; an agent not known yet counts as lost until it is heard. */
  granted(grant: AgentGrant): AgentView {
    const known = this.#entries.get(grant.id);
    // After an administrator's decision whichever process is left may go on, the one that came first included.
    if (known?.grant.desired === "quarantined" && grant.desired !== "quarantined") known.formerBoots.forget();
    if (known) return this.#update(known, { grant });
    const blank = { state: "lost", facts: blankFacts, slots: { total: 0, free: 0 }, version: "", protocol: 0, lastBeatAt: null } as const;
    const view: AgentView = { ...blank, id: grant.id, name: grant.name, labels: grant.labels };
    const entry: Entry = {
      grant,
      beatSeq: -1,
      presence: "lost",
      bootId: undefined,
      leftBootId: undefined,
      formerBoots: new FormerBoots(),
      beatMonotonicMs: 0,
      view,
    };
    this.#entries.set(grant.id, entry);
    this.#publish(entry, entry.view);
    return this.#update(entry, {});
  }

  /** An asking was granted: the process behind it is the agent from now on. */
  enrolled(grant: AgentGrant, enrol: EnrolMessage): void {
    this.granted(grant);
    const entry = this.#entries.get(grant.id) as Entry;
    if (entry.leftBootId === enrol.bootId) return;
    const isRestart = entry.bootId !== undefined && entry.bootId !== enrol.bootId;
    const isNew = entry.bootId !== enrol.bootId;
    // A straggler, a twin, or somebody who sends old words again: whoever came last stays.
    if (entry.formerBoots.has(enrol.bootId)) return;
    if (entry.bootId !== undefined && isRestart) entry.formerBoots.follow(entry.bootId, entry.beatSeq, this.#clock.monotonicMs());
    entry.bootId = enrol.bootId;
    if (isNew) entry.beatSeq = -1;
    if (isRestart) this.#listener.onLost(grant.id, "restarted");
    const slots = isNew ? { total: enrol.slots, free: enrol.slots } : entry.view.slots;
    const { version } = enrol.facts;
    this.#heard(entry, {
      facts: { ...entry.view.facts, ...enrol.facts, freeSlots: slots.free },
      slots,
      version,
      protocol: enrol.protocol,
      ...(enrol.journalId !== undefined && { journal: { id: enrol.journalId, state: "open" } }),
    });
  }

  /** False: this process of the agent is not enrolled here and should ask. */
  beat(agent: AgentId, beat: BeatMessage): boolean {
    const entry = this.#entries.get(agent);
    const isTwin = beat.state === "up" && entry?.formerBoots.takeBeat(beat, this.#clock.monotonicMs()) === true;
    if (isTwin && entry?.grant.desired !== "quarantined") this.#listener.onTwins(agent);
    if (!entry || entry.bootId !== beat.bootId) return false;
    // Heard before: somebody sends it again.
    if (beat.seq <= entry.beatSeq) return true;
    entry.beatSeq = beat.seq;
    const { load, reach, slots, journal, policy } = beat;
    const facts: AgentView["facts"] = {
      ...entry.view.facts,
      ...(beat.facts ?? ({} as Partial<StableFacts>)),
      freeSlots: slots.free,
      load,
      reach,
    };
    if (beat.state === "leaving") this.#leave(entry);
    else {
      const held = { ...(journal && { journal }), ...(policy && { policy }) };
      this.#heard(entry, { facts, slots, version: facts.version, isDraining: beat.state === "draining", ...held });
    }
    return true;
  }

  /** Notices who went silent. Call it a few times a second. */
  sweep(): void {
    const nowMs = this.#clock.monotonicMs();
    const stalledMs = nowMs - this.#sweptAtMs;
    this.#sweptAtMs = nowMs;
    for (const entry of this.#entries.values()) {
      if (entry.presence === "lost") continue;
      if (stalledMs > ownStallMs) entry.beatMonotonicMs += stalledMs;
      const silentMs = nowMs - entry.beatMonotonicMs;
      if (silentMs > lostAfterMs) this.#lose(entry, "silent");
      else if (silentMs > suspectAfterMs && entry.presence === "up") this.#suspect(entry);
    }
  }

  #heard(entry: Entry, more: Partial<AgentView> & { readonly isDraining?: boolean }): void {
    const { isDraining = false, ...members } = more;
    entry.beatMonotonicMs = this.#clock.monotonicMs();
    this.#update(entry, { presence: "up", isDraining, view: { ...members, lastBeatAt: this.#clock.nowMs() } });
  }

  #leave(entry: Entry): void {
    entry.leftBootId = entry.bootId;
    entry.bootId = undefined;
    this.#lose(entry, "left");
  }

  #suspect(entry: Entry): void {
    this.#update(entry, { presence: "suspect" });
    this.#listener.onSuspect(entry.grant.id);
  }

  #lose(entry: Entry, why: "silent" | "left"): void {
    this.#update(entry, { presence: "lost" });
    this.#listener.onLost(entry.grant.id, why);
  }

  #update(entry: Entry, change: { grant?: AgentGrant; presence?: Presence; isDraining?: boolean; view?: Partial<AgentView> }): AgentView {
    entry.grant = change.grant ?? entry.grant;
    entry.presence = change.presence ?? entry.presence;
    const { name, labels } = entry.grant;
    const isDraining = change.isDraining ?? entry.view.state === "draining";
    const before = entry.view;
    const { proposed: _, ...seen } = { ...before, ...change.view };
    const view = { ...seen, name, labels, ...toldOf(entry.grant), state: stateOf(entry, isDraining) };
    if (isDeepStrictEqual(view, before)) return before;
    entry.view = view;
    this.#publish(entry, before);
    return view;
  }

  #publish({ view }: Entry, before: AgentView): void {
    this.#listener.onView(view);
    const isHelpful =
      view.state === "up" && (before.state !== "up" || before.slots.free === 0 || !isDeepStrictEqual(stable(view), stable(before)));
    if (isHelpful) this.#listener.onChange();
  }
}

function stable({ labels, facts, name }: AgentView): unknown {
  const { os, arch, version, hostname, addresses, credentials } = facts;
  return { name, labels, os, arch, version, hostname, addresses, credentials };
}

function nameRank({ state }: AgentView): number {
  return { revoked: 3, pending: 2, lost: 1 }[state as string] ?? 0;
}

/** What people approve an agent by. */
function toldOf({ keys, proposed }: AgentGrant): Pick<AgentView, "fingerprint" | "proposed"> {
  const fingerprint = keys && fingerprintOf(keys);
  return { ...(fingerprint !== undefined && { fingerprint }), ...(proposed && { proposed }) };
}

function stateOf({ grant, presence }: Entry, isDraining: boolean): AgentState {
  const { desired } = grant;
  if (desired === "revoked" || desired === "pending" || desired === "quarantined") return desired;
  if (presence !== "up") return presence;
  if (isDraining) return "draining";
  return desired;
}
