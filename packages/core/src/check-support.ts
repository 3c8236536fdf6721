import type { Supports } from "./contract.ts";
import { LossmillError } from "./errors.ts";
import type { Plan } from "./plan/plan.ts";

/** Refuses a plan that asks for what the backend does not promise. */
export function checkSupport(name: string, supports: Supports, plan: Plan): void {
  for (const output of plan.outputs) {
    if (supports.outputs.includes(output)) continue;
    const message = `backend ${name} has no output ${output}; it has ${supports.outputs.join(", ")}`;
    throw new LossmillError("NOT_SUPPORTED", { place: "outputs", message });
  }
  const method = plan.sampling?.method;
  const { samplings = [] } = supports;
  if (method !== undefined && !samplings.includes(method)) {
    const message = `backend ${name} has no sampling ${method}; it has ${samplings.join(", ") || "none"}`;
    throw new LossmillError("NOT_SUPPORTED", { place: "sampling", message });
  }
  const { generator = "pcg64" } = plan;
  const { generators = ["pcg64"] } = supports;
  if (!generators.includes(generator)) {
    const message = `backend ${name} has no generator ${generator}; it has ${generators.join(", ")}`;
    throw new LossmillError("NOT_SUPPORTED", { place: "generator", message });
  }
  plan.lines.forEach(({ placement }, i) => {
    if (supports.placements.includes(placement)) return;
    const message = `backend ${name} has no placement ${placement}; it has ${supports.placements.join(", ")}`;
    throw new LossmillError("NOT_SUPPORTED", { place: `lines[${i}].placement`, message });
  });
}
