import type { Secret } from "@longarm/shared";

/** How to come in at the broker: a user JWT, and the seed of the key that it was made for. */
export interface BrokerLogin {
  readonly jwt: string;
  readonly seed: Secret;
}

/** The agent's way to the controllers: core messages over one connection that comes back by itself. */
export interface FieldLink {
  /** Sent at once, or kept for a short while that the connection is away. */
  publish(subject: string, payload: Uint8Array): void;
  /** Calls `listener` with every message under `subject`. */
  subscribe(subject: string, listener: (message: { readonly subject: string; readonly payload: Uint8Array }) => void): void;
  /** Calls `listener` whenever the connection is there again after it was lost. */
  onReconnect(listener: () => void): void;
  /** Do messages stay on this machine, or travel encrypted? */
  readonly isPrivate: boolean;
  /** Resolves once everything published so far has reached the broker. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
