import { aggregateCases } from "./reference-book.ts";
import { risksOf } from "../src/risk.ts";
import { assemble } from "../src/assemble.ts";
import { totalOver } from "../src/total.ts";
for (const [name, to] of [
  ["o16-kpw-9.63 S", 1600],
  ["o24-delaporte-weibull S", 12000],
  ["o15-nb-weibull-ded-agglimit S", 260000],
] as const) {
  const c = aggregateCases("continuous").find((c) => c.name === name)!;
  const { book } = assemble(risksOf(c.book!).risks, () => undefined);
  const xs = c.exact.cdf!.slice(0, 9);
  for (const cells of [30000, 65536, 131072, 262144, 300000, 500000]) {
    const t = totalOver(book, { from: 0, to }, cells);
    console.log(name, cells, t.step, xs.map(([x, F]) => (t.cdf(x) - F).toExponential(2)).join(" "));
  }
}
