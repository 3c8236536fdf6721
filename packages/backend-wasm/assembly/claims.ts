// A chunk of a line's claims: what they are before any terms, and what is paid for them.
import { curve, franchise, lookUp, ordinary, powers, quantiles, scaled, split, tails, touch, uniforms } from "./amounts";
import { steps } from "./counts";
import { CLAIMS, NORMALS, region } from "./layout";
import { amountsOf, LINE, QUANTILE, Scale, Severity, STEPS, Tables, Terms } from "./lines";

/** Writes the amounts of those of the first `n` CLAIMS whose NORMALS lie in a hole of the line's curve. */
// @ts-ignore: decorator
@external("index", "fillHoles")
declare function fillHoles(line: i32, n: i32): void;

/** So few claims of a line in a block that its rows are fetched anew each time where there are many lines. */
const FEW: i32 = 256;

/** The words, or uniforms, of the first `n` CLAIMS to ground-up amounts. */
export function amounts(
  line: i32,
  scale: Scale,
  severity: Severity,
  tables: Tables,
  curvesAt: usize,
  n: i32,
  areUniforms: bool,
): void {
  const claims = region + CLAIMS;
  const table = curvesAt + (<usize>severity.start << 3);
  if (severity.form == STEPS) {
    if (!areUniforms) uniforms(claims, n);
    steps(claims, n, amountsOf(tables), table);
    return;
  }
  if (areUniforms) scaled(claims, n, scale.share);
  else tails(claims, n, scale.share);
  if (severity.form == LINE) {
    lookUp(claims, n, curvesAt, 0);
    split(claims, n, scale.offset, scale.slope);
    powers(claims, n);
    return;
  }
  if (severity.form == QUANTILE) {
    quantiles(claims, n, table);
    return;
  }
  lookUp(claims, n, curvesAt, NORMALS - CLAIMS);
  if (n < FEW) touch(claims, n, NORMALS - CLAIMS, table, scale.offset, scale.slope);
  const isHoled = curve(claims, n, NORMALS - CLAIMS, table, scale.offset, scale.slope);
  powers(claims, n);
  if (isHoled) fillHoles(line, n);
}

/** The amounts of the first `n` CLAIMS to what is paid for each before the share. */
export function pay(terms: Terms, n: i32): void {
  const claims = region + CLAIMS;
  const deductible = terms.deductible;
  const attachment = terms.attachment;
  const limit = terms.limit;
  if (deductible + attachment == 0 && limit == Infinity) return;
  if (terms.franchise != 0) franchise(claims, n, deductible, attachment, limit);
  else ordinary(claims, n, deductible, attachment, limit);
}
