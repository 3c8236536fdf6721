// A chunk of a line's claims: what they are before any terms, and what is paid for them.
import { curve, franchise, listHoles, lookUp, ordinary, powers, quantiles, split, touch } from "./amounts";
import { steps } from "./counts";
import { CLAIMS, holesAt, NORMALS, region } from "./layout";
import { amountsOf, LINE, QUANTILE, Scale, Severity, STEPS, Tables, Terms } from "./lines";
import { Stream, tails, words } from "./streams";
import { scaled, uniforms } from "./tails";

/** Writes the amounts of those of CLAIMS whose NORMALS lie in a hole of the line's curve: the first `n` of the list `holesAt`. */
// @ts-ignore: decorator
@external("index", "fillHoles")
declare function fillHoles(line: i32, n: i32): void;
/** Changes the first `n` uniforms of CLAIMS, and their TRIALS. */
// @ts-ignore: decorator
@external("index", "driveClaims")
declare function driveClaims(line: i32, copy: i32, n: i32): void;

/** So few claims of a line in a block that its rows are fetched anew each time where there are many lines. */
const FEW: i32 = 256;

/** Draws the copy's next `n` claims, their ground-up amounts, into CLAIMS. */
export function amounts(
  line: i32,
  scale: Scale,
  severity: Severity,
  tables: Tables,
  curvesAt: usize,
  stream: Stream,
  copy: u32,
  n: i32,
  isDriven: bool,
): void {
  const claims = region + CLAIMS;
  const table = curvesAt + (<usize>severity.start << 3);
  const hasSteps = severity.form == STEPS;
  if (isDriven || hasSteps) {
    words(stream, claims, n);
    uniforms(claims, n);
    if (isDriven) driveClaims(line, copy, n);
    if (hasSteps) {
      steps(claims, n, amountsOf(tables), table);
      return;
    }
    scaled(claims, n, scale.share);
  } else {
    tails(stream, claims, n, scale.share);
  }
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
  const isHoled = curve(claims, n, NORMALS - CLAIMS, table, scale.offset, scale.slope, scale.shift);
  powers(claims, n);
  if (isHoled) fillHoles(line, listHoles(claims, n, holesAt()));
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
