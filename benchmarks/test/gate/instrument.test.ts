import { main as compile } from "assemblyscript/asc";
import { expect, test } from "vitest";
import { instrument } from "../../../tools/wasm-coverage/instrument.ts";
import { coverageOf, coverageTable } from "../../../tools/wasm-coverage/report.ts";

const SOURCE = `
let calls: i32 = 0;
export function sign(x: i32): i32 {
  calls++;
  if (x < 0) return -1;
  else if (x == 0) return 0;
  for (let i = 0; i < 3; i++) calls += i;
  switch (x) {
    case 1: {
      calls--;
      break;
    }
    default:
      while (x > 100) x /= 2;
  }
  return 1;
}
export function never(): void {
  calls = 0;
}
`;

/** Runs what the source exports with its statements counted, and returns the lines of those that ran. */
async function linesRun(use: (exported: Record<string, (x?: number) => number>) => void): Promise<number[]> {
  const { text, starts } = instrument(SOURCE, 10);
  let binary: Uint8Array = new Uint8Array();
  const { error } = await compile(["a.ts", "--outFile", "a.wasm", "-O3", "--runtime", "stub"], {
    readFile: (name) => (name === "a.ts" ? text : null),
    writeFile: (_, contents) => void (typeof contents !== "string" && (binary = contents)),
  });
  if (error) throw error;
  const hits: number[] = [];
  const { WebAssembly } = globalThis as unknown as {
    readonly WebAssembly: {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object, imports: object) => { readonly exports: never };
    };
  };
  const imports = { coverage: { hit: (id: number) => void hits.push(id) } };
  use(new WebAssembly.Instance(new WebAssembly.Module(binary), imports).exports);
  expect(new Set(hits).size).toBe(hits.length);
  return hits.map((id) => SOURCE.slice(0, starts[id - 10]).split("\n").length).sort((a, b) => a - b);
}

test("the statements that ran tell it, once, and no others, and the answer is the same", async () => {
  expect(await linesRun(({ sign }) => expect([sign(-5), sign(-5)]).toEqual([-1, -1]))).toEqual([4, 5, 5]);
  expect(await linesRun(({ sign }) => expect(sign(0)).toBe(0))).toEqual([4, 5, 6, 6]);
  expect(await linesRun(({ sign }) => expect(sign(1)).toBe(1))).toEqual([4, 5, 6, 7, 7, 8, 10, 11, 16]);
  expect(await linesRun(({ sign }) => expect(sign(101)).toBe(1))).toEqual([4, 5, 6, 7, 7, 8, 14, 14, 16]);
});

test("every statement of every function is counted, and nothing else", () => {
  const { starts } = instrument(SOURCE, 0);
  const lines = starts.map((start) => SOURCE.slice(0, start).split("\n").length).sort((a, b) => a - b);
  expect(lines).toEqual([4, 5, 5, 6, 6, 7, 7, 8, 10, 11, 14, 14, 16, 19]);
});

test("the report says by file what did not run; 100 only where all did", () => {
  const statements = [1, 2, 2, 5].map((line) => ({ file: "a.ts", line })).concat({ file: "b.ts", line: 9 });
  const coverage = coverageOf(statements, "0\n4\n0\n2\n");
  expect(coverage).toMatchObject({ statements: 5, covered: 3, percent: 60 });
  expect(coverage.files["a.ts"]).toEqual({ statements: 4, covered: 2, percent: 50, uncoveredLines: [2, 5] });
  expect(coverageTable(coverage).split("\n")[0]).toBe("a.ts            2/4   50 %  2,5");
  const many = Array.from({ length: 30_000 }, () => ({ file: "a.ts", line: 1 }));
  expect(
    coverageOf(
      many,
      many
        .slice(1)
        .map((_, i) => `${i}\n`)
        .join(""),
    ).percent,
  ).toBe(99.99);
});
