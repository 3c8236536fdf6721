import { aggregateCases, portfolioCases } from "./reference-book.ts";
import { exactAnswer } from "../src/index.ts";
const only = process.argv[2];
const rel = (a: any, b: any) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));
for (const c of [...aggregateCases("continuous"), ...aggregateCases("lattice"), ...portfolioCases()]) {
  if (only && !c.name.includes(only)) continue;
  if (!c.book) {
    console.log(c.name, "skipped");
    continue;
  }
  try {
    const at = c.exact.levels.map((l) => l.p);
    const s = performance.now();
    const a = exactAnswer(c.book, { at });
    const ms = performance.now() - s;
    let wv = 0,
      wt = 0,
      hv = 0,
      ht = 0,
      wp = 0;
    c.exact.levels.forEach((l, i) => {
      const q = a.quantiles[i];
      const dv = Math.abs(q.var.value! - l.var),
        dt = Math.abs(q.tvar.value! - Number(l.tvar));
      const xv = l.var === 0 ? (dv === 0 ? 0 : 1) : dv / Math.max(Math.abs(l.var) * 1e-6, l.varGridDiff ?? 0);
      if (xv > wv) {
        wv = xv;
        wp = l.p;
      }
      const xt = dt / Math.max(Number(l.tvar) * 1e-6, l.tvarGridDiff ?? 0) || 0;
      wt = Math.max(wt, xt);
      hv = Math.max(hv, (dv - (l.varGridDiff ?? 0)) / (q.var.error! + 1e-11 * l.var) || 0);
      ht = Math.max(ht, (dt - (l.tvarGridDiff ?? 0)) / (q.tvar.error! + 1e-11 * Number(l.tvar)) || 0);
    });
    let wc = 0,
      hc = 0;
    for (const [x, F, g] of c.exact.cdf ?? []) {
      const d = Math.abs(a.total.cdf(x) - F);
      const r = d / Math.max(F * 1e-6, g);
      if (!(x > a.total.upTo)) {
        wc = Math.max(wc, r);
      }
    }
    for (const [x, , F] of c.exact.rows ?? []) {
      const d = (Math.abs(a.total.cdf(x) - F) / F) * 1e6;
      if (!(x > a.total.upTo)) wc = Math.max(wc, d);
    }
    const flag = wv > 1 || wt > 1 || wc > 1 || rel(a.mean.value, c.exact.mean) > 1e-6 ? "  <<<" : "";
    console.log(
      c.name.padEnd(28),
      "mean",
      rel(a.mean.value, c.exact.mean).toExponential(0),
      "sd",
      a.sd.value === null ? a.sd.reason : rel(a.sd.value, c.exact.sd).toExponential(0),
      "var",
      wv.toPrecision(2),
      "@",
      wp,
      "tvar",
      wt.toPrecision(2),
      "cdf",
      wc.toPrecision(2),
      "honest",
      hv.toPrecision(2),
      ht.toPrecision(2),
      "kurt",
      a.kurtosis?.toPrecision(4),
      "N",
      a.grid.points,
      a.grid.isLattice,
      "err",
      a.total.error.toExponential(1),
      Math.round(ms) + "ms",
      flag,
    );
  } catch (e: any) {
    console.log(c.name, "THROWS", e.code, e.message, e.code ? "" : e.stack);
  }
}
