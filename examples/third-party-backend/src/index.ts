export { backend, kernel } from "./kernel.ts";
export { type EventList, NO_CLAIM, eventList } from "./event-list.ts";
