import { onTestFinished, vi } from "vitest";

/**
 * For the rest of a test, a clock by which all that is timed takes as long: what `auto` then takes is a matter of the figures
 * alone, not of what else the machine does.
 */
export function evenClock(): void {
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => ++now);
  onTestFinished(() => clock.mockRestore());
}
