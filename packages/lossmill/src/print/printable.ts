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
  const characters = Array.from(new Intl.Segmenter().segment(printable(text)), ({ segment }) => segment);
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}
