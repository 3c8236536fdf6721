import type { PageData } from "./app/selection.ts";

/** The texts of a page that are not its data. */
export interface Sheets {
  readonly style: string;
  /** A classic script: modules do not load from files. */
  readonly script: string;
}

/** The whole page as one file that needs no other: it opens from a disk as it does from any folder of a site. */
export function page(data: PageData, { style, script }: Sheets): string {
  const [oldest, latest] = [data.records[0], data.records.at(-1)];
  const span =
    oldest === undefined || latest === undefined
      ? "No records yet."
      : `${data.records.length} records, of commits from ${oldest.committed.slice(0, 10)} to ${latest.committed.slice(0, 10)}.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="How fast, how large and how exact Lossmill is, commit by commit, beside its rivals.">
<title>Lossmill: benchmarks</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>Lossmill: benchmarks</h1></header>
<main><noscript><p>The charts are drawn by a script. Without scripts, the README has the newest figures as a table.</p></noscript></main>
<footer><p>${span} Every answer was checked against its closed form before it got a time. How it is measured, and what the contestants are: docs/benchmarking.md in the repository.</p></footer>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script>${script.replaceAll(/<(?=\/script|!--)/gi, "\\x3c")}</script>
</body>
</html>
`;
}
