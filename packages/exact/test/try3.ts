import { aggregateCases, portfolioCases } from "./reference-book.ts";
import { exactAnswer } from "../src/index.ts";
const only = process.argv[2];
for (const c of [...aggregateCases("continuous"), ...aggregateCases("lattice"), ...portfolioCases()]) {
  if (!c.name.includes(only) || !c.book) continue;
  const a = exactAnswer(c.book, { at: c.exact.levels.map((l) => l.p) });
  console.log(c.name, a.grid);
  c.exact.levels.forEach((l, i) => {
    const q = a.quantiles[i];
    console.log(
      l.p,
      l.var,
      (q.var.value! - l.var).toExponential(2),
      "err",
      q.var.error!.toExponential(2),
      "gd",
      l.varGridDiff?.toExponential(1),
      "| tvar",
      l.tvar,
      (q.tvar.value! - Number(l.tvar)).toExponential(2),
      "err",
      q.tvar.error!.toExponential(2),
      "gd",
      l.tvarGridDiff?.toExponential(1),
    );
  });
  for (const [x, F, g] of c.exact.cdf ?? [])
    console.log("  ", x, F.toPrecision(6), (a.total.cdf(x) - F).toExponential(2), g);
}
