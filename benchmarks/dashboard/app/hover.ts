/** What a chart shows of the point under the pointer: a heading, lines of name and value, and small print, as HTML. */
export function hover(
  heading: string,
  lines: readonly (readonly [name: string, value: string])[],
  small: readonly string[] = [],
): string {
  const rows = lines.map(([name, value]) => `<tr><td>${escaped(name)}</td><td><b>${escaped(value)}</b></td></tr>`);
  const print = small.map((text) => `<div class="small">${escaped(text)}</div>`);
  return `<b>${escaped(heading)}</b><table>${rows.join("")}</table>${print.join("")}`;
}

/** Records are data: nothing in them is markup. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
