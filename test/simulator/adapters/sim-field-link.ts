import type { FieldLink } from "../../../packages/agent/src/link.ts";
import type { FieldAgentDirectoryDeps } from "../../../packages/controller/src/nats/field/index.ts";
import type { Connected } from "../world/field-network.ts";

type ControllerConnection = FieldAgentDirectoryDeps["connection"];

const flushMs = 2;

/** An agent's link over the simulated network. */
export function fieldLink(connected: Connected): FieldLink {
  const { process } = connected;
  const { network } = process.world;
  return {
    publish: (subject, payload) => network.publish(connected, subject, payload),
    subscribe: (subject, listener) => void network.subscribe(process, subject, (of, payload) => listener({ subject: of, payload })),
    onReconnect: () => undefined,
    isPrivate: true,
    flush: () => process.answer(flushMs, () => undefined),
    close: async () => undefined,
  };
}

/** What the controller's directory uses of its connection, over the simulated network. */
export function controllerConnection(connected: Connected): ControllerConnection {
  const { process } = connected;
  const { network } = process.world;
  const connection = {
    publish: (subject: string, payload: Uint8Array) => network.publish(connected, subject, payload),
    subscribe: (subject: string, { callback }: { callback: (fault: null, message: { subject: string; data: Uint8Array }) => void }) => {
      const unsubscribe = network.subscribe(process, subject, (of, data) => callback(null, { subject: of, data }));
      return { unsubscribe };
    },
    status: async function* () {
      // A line that is cut in silence is what is simulated: nobody is told.
    },
    flush: () => process.answer(flushMs, () => undefined),
  };
  return connection as unknown as ControllerConnection;
}
