/** One thing that must work before the controller may be sent requests. */
export interface ReadinessCheck {
  readonly ok: boolean;
  /** What was found, and when it is not well what to do. */
  readonly sentence: string;
}

/** What `GET /readyz` answers: ready when every check is well. */
export interface Readiness {
  readonly ready: boolean;
  /** By the name of what was checked: `broker`, `storage`, `history`. */
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}
