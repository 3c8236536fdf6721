export { isSupported } from "./instance.ts";
export { backend, kernel } from "./kernel.ts";
