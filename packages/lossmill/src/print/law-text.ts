import type { FrequencySpec, LineTerms, SeveritySpec } from "@lossmill/core";
import { formatNumber } from "./number.ts";

/** A law as one would write it: lognormal(meanlog 8.1, sdlog 1.2). */
export function lawText(spec: FrequencySpec | SeveritySpec): string {
  const { law, ...parameters } = spec;
  const shown = Object.entries(parameters).map(([name, value]) => `${name} ${valueText(value)}`);
  return `${law}(${shown.join(", ")})`;
}

function valueText(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  if (Array.isArray(value)) return value.length > 4 ? `[${value.length}]` : `[${value.map(valueText).join(" ")}]`;
  if (typeof value === "object" && value !== null) return lawText(value as SeveritySpec);
  return String(value);
}

/** Terms in the order in which they apply. */
export function termsText(terms: LineTerms): string {
  const { deductible, deductibleKind, attachment, limit, aggregateDeductible, aggregateLimit, insurerShare } = terms;
  const parts = [
    deductible > 0 && `${deductibleKind === "franchise" ? "franchise" : "deductible"} ${formatNumber(deductible)}`,
    attachment > 0 && `xs ${formatNumber(attachment)}`,
    limit !== null && `limit ${formatNumber(limit)}`,
    aggregateDeductible > 0 && `annual deductible ${formatNumber(aggregateDeductible)}`,
    aggregateLimit !== null && `annual limit ${formatNumber(aggregateLimit)}`,
    insurerShare < 1 && `share ${insurerShare}`,
  ];
  return parts.filter((part) => part !== false).join(", ") || "none";
}
