/**
 * A picture without what is for the pointer, which the library numbers over all charts, so that a picture depended on those before
 * it; and with coordinates of two places, so that it does not depend on the last bits of the engine's logarithm.
 */
export function plainSvg(svg: string): string {
  return svg
    .replace(/<style.*?<\/style>\n?/s, "")
    .replaceAll(/ (class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="visible")/g, "")
    .replaceAll(/\bzr\d+-c(\d+)/g, "c$1")
    .replaceAll(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}
