/**
 * The name of `allowed` that `word` was probably meant to be, or undefined. Case, hyphens and the like do not count;
 * otherwise at most a third of the letters may be missing, added, different or swapped, or all be missing after the third.
 */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  const meant = bare(word);
  let best: string | undefined;
  let bestDistance = Math.floor(meant.length / 3) + 1;
  for (const name of allowed) {
    const away = distance(meant, bare(name));
    if (away < bestDistance) {
      best = name;
      bestDistance = away;
    }
  }
  return best ?? allowed.find((name) => meant.length > 2 && bare(name).startsWith(meant));
}

/** ` (did you mean "x"?)`, or nothing. */
export function suggestion(word: string, allowed: readonly string[]): string {
  const name = nearest(word, allowed);
  return name === undefined ? "" : ` (did you mean "${name}"?)`;
}

/** Lower case letters and digits only, and no more of them than any name has. */
function bare(text: string): string {
  return text
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + differs);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length];
}
