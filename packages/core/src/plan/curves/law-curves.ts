import { type SeveritySpec, severity } from "../../laws/severities/index.ts";
import { LN2_HIGH, LN2_LOW } from "../../math/exp.ts";
import { log } from "../../math/log.ts";
import { ROW } from "../compiled-plan.ts";
import { drawnMean } from "../line-tables.ts";
import type { Line } from "../plan.ts";
import { LEAST_SHARE, amountAt } from "./amount-at.ts";
import { AmountSeries } from "./amount-series.ts";
import { type Curve, curveOf } from "./curve.ts";
import { kinksAt } from "./kinks-at.ts";
import { Demand, EVERYWHERE, type Reach } from "./reach.ts";

const LN2 = LN2_HIGH + LN2_LOW;
/** The largest |log2 x| of a cell's middle when it is moved: as far again as its ends may be off, `exp2` still takes it. */
const MOST_MOVED = 900;

/** How far the claims of lines that have curves go, by law. Laws that differ in their scale alone go together. */
export class Reaches {
  readonly #demands = new Map<string, Demand>();
  readonly #repaying: number;

  /** `repaying` claims repay a quantile table. */
  constructor(lines: readonly Line[], horizon: number, repaying: number) {
    this.#repaying = repaying;
    for (const line of lines) {
      // Importance sampling draws more claims of the tail than the law.
      const claims = line.tilt === undefined ? drawnMean(line) * line.copies * horizon : Infinity;
      const { of, scale } = withoutScale(line.severity) ?? { of: line.severity, scale: 1 };
      const key = keyOf(of, shareOf(line.survival));
      let demand = this.#demands.get(key);
      if (demand === undefined) {
        demand = new Demand();
        this.#demands.set(key, demand);
      }
      demand.add(claims, line.survival, scale);
    }
  }

  /** Everywhere where a quantile table may be made of the curve. */
  of(spec: SeveritySpec, share: number): Reach {
    const demand = this.#demands.get(keyOf(withoutScale(spec)?.of ?? spec, share));
    return demand === undefined || demand.claims >= this.#repaying ? EVERYWHERE : demand.reach();
  }

  /** Whether the curve of scale 1 is only wanted for one other scale. */
  isForOne(ofScale1: SeveritySpec, share: number): boolean {
    return this.#demands.get(keyOf(ofScale1, share))?.hasOneScale ?? false;
  }
}

/** The curves of a plan's laws, each made once. Laws that differ in their scale alone have the same, moved. */
export class LawCurves {
  readonly #known = new Map<string, Curve>();
  readonly #reaches: Reaches;
  /** Bytes of all of them. */
  bytes = 0;

  constructor(reaches: Reaches) {
    this.#reaches = reaches;
  }

  /** The curve of claims that are not thinned, or thinned to less than LEAST_SHARE: a curve of their own. */
  get(spec: SeveritySpec, survival: number): Curve {
    const share = shareOf(survival);
    const key = keyOf(spec, share);
    let curve = this.#known.get(key);
    if (curve === undefined) {
      curve = this.#make(spec, share);
      this.#known.set(key, curve);
      this.bytes += curve.rows.byteLength;
    }
    return curve;
  }

  #make(spec: SeveritySpec, share: number): Curve {
    const base = withoutScale(spec);
    if (base === null) return this.#curveOf(spec, share);
    const shift = log(base.scale) / LN2;
    // In its place where nobody else has it: of ten thousand such laws the copies took a tenth of the time.
    if (this.#reaches.isForOne(base.of, share)) return moved(this.#curveOf(base.of, share), shift);
    const curve = this.get(base.of, share);
    return moved({ ...curve, rows: curve.rows.slice() }, shift);
  }

  #curveOf(spec: SeveritySpec, share: number): Curve {
    const law = severity(spec);
    const series = law.elasticity === undefined ? null : new AmountSeries(law, law.elasticity, share);
    return curveOf(amountAt(law, share), series, kinksAt(law, share), this.#reaches.of(spec, share));
  }
}

/** The share that a curve is made for. */
export function shareOf(survival: number): number {
  return survival < LEAST_SHARE ? survival : 1;
}

function keyOf(spec: SeveritySpec, share: number): string {
  return JSON.stringify([spec, share]);
}

/** The law of scale 1, and the scale; null where it is that law. The scale of a law with a location is not that of its amounts. */
function withoutScale(spec: SeveritySpec): { readonly of: SeveritySpec; readonly scale: number } | null {
  if (!("scale" in spec) || "location" in spec || spec.scale === 1) return null;
  return { of: { ...spec, scale: 1 }, scale: spec.scale };
}

/** Makes the curve that of log2 x + shift. */
function moved(curve: Curve, shift: number): Curve {
  const { rows } = curve;
  let isTorn = curve.hasHoles;
  for (let at = 0; at < rows.length; at += ROW) {
    rows[at] += shift;
    if (Math.abs(rows[at]) <= MOST_MOVED) continue;
    if (!Number.isNaN(rows[at])) isTorn = true;
    rows[at] = NaN;
  }
  return { ...curve, hasHoles: isTorn };
}
