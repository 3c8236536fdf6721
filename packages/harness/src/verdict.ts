import type { AgreementEntry, Certificate, Check, LargestDifference } from "./certificate.ts";

/** What failed, a short sentence each: which backend, at which level, which figure, by how much. Empty: nothing did. */
export function verdict({ backends, runs, agreements, limits }: Certificate): string[] {
  const checks = runs.flatMap(({ backend, level, checks: all }) =>
    all.filter(({ passed }) => !passed).map((check) => `${backend}, level ${level}: ${checkText(check, limits)}`),
  );
  const pairs = agreements
    .filter(({ passed }) => !passed)
    .map((entry) => `${entry.backends[1]} and ${entry.backends[0]}, level ${entry.level}: ${agreementText(entry)}`);
  const idle = backends
    .filter(({ name }) => runs.every(({ backend, notRun }) => backend !== name || notRun !== undefined))
    .map(({ name }) => `${name}: no level was run`);
  return [...checks, ...pairs, ...idle];
}

function checkText(check: Check, limits: Certificate["limits"]): string {
  const { name, p, limit, simulated, exact, distance, difference, pValue, reason } = check;
  const figure = `${name}${p === null ? "" : ` at ${p}`}${limit === null ? "" : ` up to ${shown(limit)}`}`;
  if (distance !== null) {
    const values = `${shown(simulated)} simulated, ${shown(exact)} exact`;
    return `${figure}: ${values}, ${shown(distance)} standard errors apart (limit ${limits.standardErrors})`;
  }
  if (pValue !== null) {
    return `${figure}: distributions differ by ${shown(difference)}, p-value ${shown(pValue)} (limit ${limits.pValue})`;
  }
  return `${figure}: ${reason}`;
}

/** What two backends differ in. */
export function agreementText({ promised, total, maxOccurrence, claims }: AgreementEntry): string {
  const amounts = [
    ["total", total],
    ["maxOccurrence", maxOccurrence],
  ] as const;
  const parts = amounts
    .filter(([, { relative }]) => relative === null || relative > promised)
    .map(([name, largest]) => `${name} differs ${differenceText(largest)} (promised ${promised})`);
  if (claims.unexplained > 0) parts.push(`claims differ in ${claims.unexplained} trials`);
  return parts.join("; ");
}

function differenceText({ relative, trial }: LargestDifference): string {
  const size = relative === null ? "beyond measure" : `by ${shown(relative)} of the ground-up sum`;
  return `${size} in trial ${trial}`;
}

function shown(value: number | null): string {
  return value === null ? "nothing" : String(Number(value.toPrecision(4)));
}
