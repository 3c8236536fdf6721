/**
 * Text from a file or an argument, made safe for a terminal: control and format characters (escape sequences, line
 * breaks, direction overrides) are shown as \u{…} and cannot act.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

/** At most `most` characters (as a reader counts them) of a printable text, the cut shown by an ellipsis. */
export function shortened(text: string, most: number): string {
  const characters = charactersOf(printable(text));
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}

/** The engine's segmenter takes 14 ms to begin with; what is plain ASCII needs none. */
function charactersOf(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return text.split("");
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
