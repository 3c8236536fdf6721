/** The colours of a page or picture, on light or on dark ground; each has a contrast of 4.5 with it at least. */
export interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly rival: string;
  /** In the order of OURS. */
  readonly ours: readonly string[];
}

export const palettes: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    ground: "#ffffff",
    text: "#1b2330",
    faint: "#5a6675",
    line: "#dde2e8",
    rival: "#66717f",
    ours: ["#0b62c4", "#0a7d5f", "#8244b8", "#b4520b"],
  },
  dark: {
    ground: "#12161c",
    text: "#e6eaf0",
    faint: "#9aa5b3",
    line: "#2b333e",
    rival: "#93a0b0",
    ours: ["#62abff", "#3fd0a2", "#c79bff", "#ff9f5f"],
  },
};

/** The colour of a contestant; rivals share one. */
export function colourOf(palette: Palette, ours: readonly string[], contestant: string): string {
  const index = ours.indexOf(contestant);
  return index === -1 ? palette.rival : palette.ours[index % palette.ours.length];
}

/** Without quotes: the library writes it into attributes. */
export const FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";
