import type { CallMessage } from "@longarm/shared/wire";

/** A call that is what it says it is, and the way in which its frames are sealed. */
export interface OpenedCall {
  readonly call: CallMessage;
  /** A frame as the controller takes it; one that closes the call is signed. */
  sealFrame(frame: Uint8Array, isClosing: boolean): Uint8Array | Promise<Uint8Array>;
  /** Nothing more is said on either side. */
  end(): void;
}

/** What stands between the wire and the desk: only what verifies comes through. */
export interface CallSeal {
  /** The call in an envelope; undefined: it was counted and dropped. */
  openCall(envelope: Uint8Array): OpenedCall | undefined;
  /** What a control says; undefined: it was counted and dropped, or its call has ended. */
  openControl(envelope: Uint8Array): Uint8Array | undefined;
}
