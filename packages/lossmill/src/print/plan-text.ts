import type { FrequencySpec, LineTerms, Plan, PlanExplanation, SeveritySpec } from "@lossmill/core";
import pc from "picocolors";
import { formatNumber } from "./number.ts";
import { shortened } from "./printable.ts";
import { table } from "./table.ts";

/** Lines shown before the rest is only counted: the costliest are what a reader looks for. */
const MOST_LINES = 40;

/** A plan for a person: its lines, costliest first where there are many, and what they cost in all. */
export function planText(plan: Plan, { lines, claims, drawsPerBlock }: PlanExplanation, width: number): string {
  const order = plan.lines.map((_, i) => i);
  if (order.length > MOST_LINES) order.sort((a, b) => lines[b].drawsPerBlock - lines[a].drawsPerBlock || a - b);
  const shown = order.slice(0, MOST_LINES);
  const room = Math.max(12, Math.floor((width - 60) / 3));
  const rows = shown.map((i) => {
    const line = plan.lines[i];
    return [
      shortened(line.id, Math.max(8, room - 6)),
      formatNumber(line.copies),
      shortened(lawText(line.frequency), room),
      shortened(lawText(line.severity), room),
      shortened(termsText(line.terms), room),
      line.placement,
      formatNumber(lines[i].drawsPerBlock),
    ];
  });
  const hidden = plan.lines.length - shown.length;
  return [
    pc.bold(shortened(plan.portfolio, Math.max(20, width))),
    `${formatNumber(plan.lines.length)} ${plan.lines.length === 1 ? "line" : "lines"}, level ${plan.optimizationLevel}: the definition, nothing rewritten`,
    `${formatNumber(claims, 2)} ground-up claims a year, ${formatNumber(drawsPerBlock)} draws a block of 4,096 years`,
    "",
    table(
      [
        { title: "line", align: "left" },
        { title: "copies" },
        { title: "frequency", align: "left" },
        { title: "severity", align: "left" },
        { title: "terms", align: "left" },
        { title: "placement", align: "left" },
        { title: "draws" },
      ],
      rows,
    ),
    ...(hidden > 0 ? [pc.dim(`… and ${formatNumber(hidden)} cheaper lines; --json has all`)] : []),
  ].join("\n");
}

/** A law as one would write it: lognormal(meanlog 8.1, sdlog 1.2). */
function lawText(spec: FrequencySpec | SeveritySpec): string {
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

function termsText(terms: LineTerms): string {
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
