import * as pc from "./colors.ts";
import type { ExactResult, ExactResultFigure } from "../exact-result.ts";
import { decimalsFor, formatError, formatNumber, formatPercent, formatSeconds } from "./number.ts";
import { shortened } from "./printable.ts";
import { type Column, table } from "./table.ts";
import { wrap } from "./wrap.ts";

const NOTE =
  "± is an estimate of what is open: of VaR and TVaR by a second lattice, of OEP by its search. VaR and TVaR are of the " +
  "year's total after all terms; OEP is of its largest claim before aggregate terms.";

/** From this width on every figure's error stands beside it. */
const WIDE = 90;
/** Below this width figures lose two digits. */
const NARROW = 64;

/** The exact answer for a person, `width` characters wide at most where its numbers allow. */
export function exactText(result: ExactResult, width: number): string {
  const { mean, sd, claims, quantiles, grid, currency } = result;
  const decimals = Math.min(8, decimalsFor(mean.value ?? 0) + (width >= NARROW ? 2 : 0));
  const withError = (figure: ExactResultFigure) => [
    figure.value === null ? "–" : formatNumber(figure.value, decimals),
    figure.error === null ? (figure.reason ?? "") : formatError(figure.error),
  ];
  const shown = (figure: ExactResultFigure) => (width >= WIDE ? withError(figure) : withError(figure).slice(0, 1));
  const columns = (title: string): Column[] => (width >= WIDE ? [{ title }, { title: "±" }] : [{ title }]);
  const facts = [
    "exact: no random number",
    ...(currency === "XXX" ? [] : [`amounts in ${shortened(currency, 20)}`]),
    `${formatNumber(grid.points)} points ${grid.isLattice ? "that hold all mass" : `${formatNumber(grid.step, decimalsFor(grid.step))} apart`}`,
    formatSeconds(result.seconds),
  ];
  return [
    pc.bold(shortened(result.portfolio, Math.max(20, width))),
    ...wrap(facts, " · ", width).map((line) => pc.dim(line)),
    "",
    table(
      [{ title: "a year", align: "left" }, { title: "value" }, { title: "±" }],
      [
        ["mean", ...withError(mean)],
        ["sd", ...withError(sd)],
        ["paid claims", formatNumber(claims.value, 4), "0"],
      ],
    ),
    "",
    table(
      [{ title: "years" }, { title: "level" }, ...["VaR", "TVaR", "OEP"].flatMap(columns)],
      quantiles.map(({ p, returnPeriod, var: valueAtRisk, tvar, oep }) => [
        formatNumber(returnPeriod, Number.isInteger(returnPeriod) ? 0 : 1),
        formatPercent(p),
        ...[valueAtRisk, tvar, oep].flatMap(shown),
      ]),
    ),
    "",
    ...wrap(NOTE.split(" "), " ", width).map((line) => pc.dim(line)),
  ].join("\n");
}
