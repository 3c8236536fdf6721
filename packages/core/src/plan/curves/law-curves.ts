import { type SeveritySpec, severity } from "../../laws/severities/index.ts";
import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { ROW } from "../compiled-plan.ts";
import { LEAST_SHARE, amountAt } from "./amount-at.ts";
import { type Curve, curveOf } from "./curve.ts";
import { kinksAt } from "./kinks-at.ts";

const LN2 = LN2_HIGH + LN2_LOW;
/** The largest |log2 x| of a cell's middle when it is moved: as far again as its ends may be off, `exp2` still takes it. */
const MOST_MOVED = 900;

/** The curves of a plan's laws, each made once. Laws that differ in their scale alone have the same, moved. */
export class LawCurves {
  readonly #known = new Map<string, Curve>();
  /** Bytes of all of them. */
  bytes = 0;

  /** The curve of claims that are not thinned, or thinned to less than LEAST_SHARE: a curve of their own. */
  get(spec: SeveritySpec, survival: number): Curve {
    const share = survival < LEAST_SHARE ? survival : 1;
    const key = JSON.stringify([spec, share]);
    let curve = this.#known.get(key);
    if (curve === undefined) {
      curve = this.#make(spec, share);
      this.#known.set(key, curve);
      this.bytes += curve.rows.byteLength;
    }
    return curve;
  }

  #make(spec: SeveritySpec, share: number): Curve {
    // The scale of a law with a location is not that of its amounts.
    if ("scale" in spec && !("location" in spec) && spec.scale !== 1) {
      return moved(this.get({ ...spec, scale: 1 }, share), log(spec.scale) / LN2);
    }
    const law = severity(spec);
    return curveOf(amountAt(law, share), kinksAt(law, share));
  }
}

/** The curve of log2 x + shift. */
function moved({ rows, offset, slope, hasHoles }: Curve, shift: number): Curve {
  const copy = rows.slice();
  let isTorn = hasHoles;
  for (let at = 0; at < copy.length; at += ROW) {
    copy[at] += shift;
    if (Math.abs(copy[at]) <= MOST_MOVED) continue;
    if (!Number.isNaN(copy[at])) isTorn = true;
    copy[at] = NaN;
  }
  return { rows: copy, offset, slope, hasHoles: isTorn };
}
