import { simulate } from "lossmill";

/** Standard errors of a mean by the number of trials. */
export interface Convergence {
  readonly title: string;
  readonly methods: readonly {
    readonly method: "plain" | "sobol";
    readonly points: readonly (readonly [trials: number, se: number])[];
    /** The power of the trials that the error falls by: least squares of the logarithms. */
    readonly slope: number;
  }[];
}

const TITLE = "the mean of three lognormal claims";
/** 65,536 trials, a block for each sequence of Sobol points, to 4,194,304. */
const POWERS = [16, 17, 18, 19, 20, 21, 22];
const SEEDS = 4;

/** A smooth sum of three dimensions: policies that have one claim each, and no limit that is ever met. */
const BOOK = {
  name: TITLE,
  policies: [0, 1, 2].map((i) => ({
    id: `p${i}`,
    frequency: { law: "fixed", n: 1 },
    severity: { law: "lognormal", meanlog: 8 + i / 4, sdlog: 0.5 + i / 10 },
  })),
};

/** How the error of a mean falls with the trials, plain and by Sobol points: the root mean square over a few seeds. */
export async function convergence(): Promise<Convergence> {
  const methods = [];
  for (const method of ["plain", "sobol"] as const) {
    const points: [number, number][] = [];
    for (const power of POWERS) {
      const trials = 1 << power;
      let squares = 0;
      for (let seed = 1; seed <= SEEDS; seed++) {
        const config = { trials, seed: String(seed), sampling: method, workers: 1, tuning: "none" } as const;
        const { mean } = await simulate(BOOK, config, { at: [] });
        squares += mean.se! * mean.se!;
      }
      points.push([trials, Math.sqrt(squares / SEEDS)]);
    }
    methods.push({ method, points, slope: slopeOf(points) });
  }
  return { title: TITLE, methods };
}

function slopeOf(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([trials, se]) => [Math.log(trials), Math.log(se)]);
  const mean = (of: (point: number[]) => number) => logs.reduce((sum, point) => sum + of(point), 0) / logs.length;
  const [x, y] = [mean(([a]) => a), mean(([, b]) => b)];
  return mean(([a, b]) => (a - x) * (b - y)) / mean(([a]) => (a - x) * (a - x));
}
