export { availableCores } from "./available-cores.ts";
export { workers } from "./workers.ts";
