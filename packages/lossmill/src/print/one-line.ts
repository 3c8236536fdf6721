/** Writes one line on a terminal, over the last one; elsewhere nothing. An empty text clears it. */
export function tellOver(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}
