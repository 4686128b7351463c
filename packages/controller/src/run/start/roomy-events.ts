import type { EventStore } from "../../ports/event-store.ts";
import type { StorageRoom } from "../steer/storage-room.ts";

/** The events as others bring them: while new runs are refused for want of room, so are new events, and a known id is still found. */
export function roomyEvents(
  events: EventStore,
  room: Pick<StorageRoom, "hasRoom" | "assertRoom">,
): Pick<EventStore, "store" | "get" | "list"> {
  return {
    async store(event) {
      // What is known needs no room.
      if (!room.hasRoom && !(await events.get(event.source, event.id))) room.assertRoom();
      return events.store(event);
    },
    get: (source, id) => events.get(source, id),
    list: (query) => events.list(query),
  };
}
