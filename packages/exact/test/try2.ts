import { readFileSync } from "node:fs";
import { checkPortfolio } from "@lossmill/core";
import { exactAnswer } from "../src/index.ts";
const N = process.execPath;
const index = JSON.parse(readFileSync("/work/exact-wt/fixtures/workloads/index.json", "utf8"));
const f = (x: any) => (x === null ? "null" : x.toPrecision(9));
for (const name of process.argv.slice(2)) {
  const raw = JSON.parse(readFileSync("/work/exact-wt/fixtures/workloads/" + name + ".json", "utf8"));
  for (const gross of name.startsWith("typ") ? [false, true] : [false]) {
    if (gross) for (const p of raw.policies) delete p.terms;
    const s0 = performance.now();
    const book = checkPortfolio(raw);
    const s = performance.now();
    const a = exactAnswer(book);
    const ms = performance.now() - s;
    const e = index[name]?.expected;
    console.log(
      name,
      gross ? "gross" : "",
      "check",
      Math.round(s - s0),
      "exact",
      Math.round(ms) + "ms",
      "mean",
      f(a.mean.value),
      a.mean.error?.toExponential(1),
      "sd",
      f(a.sd.value),
      "claims",
      f(a.claims),
      "kurt",
      a.kurtosis,
      e?.exkurt,
      e ? (a.mean.value! / e.mean - 1).toExponential(1) + " " + (a.sd.value! / e.sd - 1).toExponential(1) : "",
      JSON.stringify(a.grid),
      "err",
      a.total.error.toExponential(1),
    );
    for (const q of a.quantiles.filter((q) => [0.5, 0.95, 0.99, 0.995, 0.999].includes(q.p)))
      console.log(
        "  ",
        q.p,
        f(q.var.value),
        q.var.error!.toExponential(1),
        f(q.tvar.value),
        q.tvar.error!.toExponential(1),
        f(q.oep.value),
      );
  }
}
