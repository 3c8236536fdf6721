import { type SeveritySpec, severity } from "../../laws/severities/index.ts";
import { drawnMean } from "../line-tables.ts";
import type { Line } from "../plan.ts";
import { LEAST_SHARE, amountAt } from "./amount-at.ts";
import { AmountSeries } from "./amount-series.ts";
import { type Curve, curveOf } from "./curve.ts";
import { kinksAt } from "./kinks-at.ts";
import { Demand, EVERYWHERE, type Reach } from "./reach.ts";
import { withoutScale } from "./without-scale.ts";

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
      const key = keyOf(curvedLaw(line.severity), shareOf(line.survival));
      let demand = this.#demands.get(key);
      if (demand === undefined) {
        demand = new Demand();
        this.#demands.set(key, demand);
      }
      demand.add(claims, line.survival);
    }
  }

  /** Everywhere where a quantile table may be made of the curve. */
  of(spec: SeveritySpec, share: number): Reach {
    const demand = this.#demands.get(keyOf(curvedLaw(spec), share));
    return demand === undefined || demand.claims >= this.#repaying ? EVERYWHERE : demand.reach();
  }
}

/** The law whose curve a law has: all that differ in their scale alone have one. */
export function curvedLaw(spec: SeveritySpec): SeveritySpec {
  return withoutScale(spec)?.of ?? spec;
}

/** A curve that is another law's, but for the scale: log2 of all amounts is larger by `shift`. */
export interface ShiftedCurve extends Curve {
  readonly shift: number;
}

/** The curves of a plan's laws, each made once. */
export class LawCurves {
  readonly #known = new Map<string, Curve>();
  readonly #reaches: Reaches;
  /** Bytes of all of them. */
  bytes = 0;

  constructor(reaches: Reaches) {
    this.#reaches = reaches;
  }

  /** The curve of claims that are not thinned, or thinned to less than LEAST_SHARE: a curve of their own. */
  get(spec: SeveritySpec, survival: number): ShiftedCurve {
    const { of, shift } = withoutScale(spec) ?? { of: spec, shift: 0 };
    const share = shareOf(survival);
    const key = keyOf(of, share);
    let curve = this.#known.get(key);
    if (curve === undefined) {
      curve = this.#curveOf(of, share);
      this.#known.set(key, curve);
      this.bytes += curve.rows.byteLength;
    }
    return { ...curve, shift };
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
