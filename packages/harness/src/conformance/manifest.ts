import { mismatch } from "./mismatch.ts";
import type { Suite } from "./suite.ts";

/** What a backend says of itself makes sense: all other tests rest on it. */
export function manifest({ test, backend }: Suite): void {
  test("a name, an agreement, what is supported, knobs", async () => {
    const { name, agreement, supports, knobs } = backend;
    const { outputs, placements, samplings = [], generators = ["pcg64"] } = supports;
    if (typeof name !== "string" || name.trim() === "") throw mismatch("name", "a name", JSON.stringify(name));
    if (!(agreement >= 0 && agreement < 1)) throw mismatch("agreement", "a number from 0 to below 1", agreement);
    if (!outputs.includes("total")) throw mismatch("supports.outputs", "total among them", outputs.join(", "));
    if (!generators.includes("pcg64")) {
      throw mismatch("supports.generators", "pcg64 among them", generators.join(", ") || "none");
    }
    if (placements.length === 0) throw mismatch("supports.placements", "at least one", "none");
    for (const [what, list] of Object.entries({
      outputs,
      placements,
      samplings,
      generators,
      knobs: knobs.map((knob) => knob.name),
    })) {
      if (new Set<string>(list).size < list.length) throw mismatch(what, "each once", list.join(", "));
    }
    for (const { name: knob, description } of knobs) {
      if (description.trim() === "") throw mismatch(`knobs, ${knob}`, "a description", "none");
    }
  });
}
