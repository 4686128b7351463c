/** An event without its data. */
export interface EventRow {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly depth: number;
  readonly isEcho: boolean;
  readonly receivedAt: string;
  readonly publishedAt: string | null;
  readonly connection: string | null;
}

/** What became of a posted event. */
export interface PostedEvent extends EventRow {
  readonly duplicate: boolean;
  readonly differs?: boolean;
}

/** A page of events, newest first. */
export interface EventPage {
  readonly events: readonly EventRow[];
  readonly nextCursor: string | null;
}

/** An event with its data. */
export interface ShownEvent extends EventRow {
  readonly data: unknown;
}
