import type { WsSocketFactory } from "@nats-io/nats-core";
import { WebSocket } from "ws";

/** PEM texts for a TLS connection. */
export interface Certificates {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Makes the sockets of the WebSocket transport with the `ws` package, since the global one takes no certificates. */
export function webSocketFactory(certificates: Certificates): WsSocketFactory {
  return (url) => {
    const socket = new WebSocket(url, { ...certificates, perMessageDeflate: false });
    return Promise.resolve({ socket: socket as unknown as globalThis.WebSocket, encrypted: url.startsWith("wss:") });
  };
}
