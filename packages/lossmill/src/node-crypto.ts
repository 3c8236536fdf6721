/** `node:crypto`, loaded when it is needed: with the run's other modules it would take a twentieth of a short run. */
export function nodeCrypto(): typeof import("node:crypto") {
  return process.getBuiltinModule("node:crypto");
}
