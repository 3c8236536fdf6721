/** Joins parts into as few lines of at most `width` characters as can be. */
export function wrap(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + separator.length + part.length <= width) {
      lines[lines.length - 1] = last + separator + part;
    } else lines.push(part);
  }
  return lines;
}
