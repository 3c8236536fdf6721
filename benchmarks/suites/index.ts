import { countLaws } from "./count-laws.ts";
import { grid } from "./grid.ts";
import { severityLaws } from "./severity-laws.ts";
import type { Suite, SuiteSize } from "./suite.ts";
import { terms } from "./terms.ts";

/** Every suite, in the order in which they run. */
export function allSuites(size: SuiteSize): Suite[] {
  return [grid, severityLaws, countLaws, terms].map((suite) => suite(size));
}
