import { checkPortfolio } from "@lossmill/core";
import { risksOf } from "../src/risk.ts";
import { assemble } from "../src/assemble.ts";
import { roughTotal, totalOver } from "../src/total.ts";
const P = (policies: any[]) =>
  checkPortfolio({ name: "x", currency: "EUR", policies: policies.map((p, i) => ({ id: "p" + i, ...p })) });
const { book, moments } = assemble(
  risksOf(P([{ frequency: { law: "poisson", lambda: 1e9 }, severity: { law: "lognormal", meanlog: 8, sdlog: 1 } }]))
    .risks,
  () => undefined,
);
const { mean, variance } = moments;
const sd = Math.sqrt(variance);
let st = { from: 0, to: mean + sd * 31.6 };
for (let i = 0; i < 6; i++) {
  const t = roughTotal(book, st, 4096);
  console.log(
    st.from,
    st.to,
    t.step / sd,
    [1e-12, 1e-9, 1e-6, 0.001, 0.5, 0.999].map((p) => ((t.quantile(p) - mean) / sd).toFixed(3)).join(" "),
  );
  st = {
    from: Math.max(0, t.quantile(1e-9) - 0.35 * (t.quantile(0.999) - t.quantile(1e-9))),
    to: t.quantile(0.999) + 3 * t.step,
  };
}
