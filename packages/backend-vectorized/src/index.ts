export { backend, kernel } from "./kernel.ts";
