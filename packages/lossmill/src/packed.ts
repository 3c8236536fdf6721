/** Where an array is among the doubles, in bytes from the first, and how long. */
interface Place {
  readonly doubles: number;
  readonly offset: number;
  /** Whether it was one of 32-bit whole numbers. */
  readonly isWhole: boolean;
}

/** What JSON cannot write: a bigint, or a number that it writes as another or as null. */
type Odd = { readonly bigint: string } | { readonly number: string };

/**
 * Plain data as JSON in which bigints, −0 and numbers that are not finite keep their value, and arrays of doubles and of
 * 32-bit whole numbers are places in the bytes that come with it.
 */
export function pack(data: unknown): { readonly text: string; readonly arrays: Uint8Array[] } {
  const arrays: Uint8Array[] = [];
  let offset = 0;
  const text = JSON.stringify(data, (_, value: unknown): unknown => {
    if (typeof value === "bigint") return { bigint: String(value) } satisfies Odd;
    if (typeof value === "number" && (Object.is(value, -0) || !Number.isFinite(value))) {
      return { number: Object.is(value, -0) ? "-0" : String(value) } satisfies Odd;
    }
    if (!(value instanceof Float64Array || value instanceof Int32Array)) return value;
    // Doubles all: whole numbers of 32 bits are among them, and there are few.
    const doubles = Float64Array.from(value);
    arrays.push(new Uint8Array(doubles.buffer));
    const place: Place = { doubles: doubles.length, offset, isWhole: value instanceof Int32Array };
    offset += doubles.byteLength;
    return place;
  });
  return { text, arrays };
}

/** The data that was packed; its arrays share `buffer`. */
export function unpack(text: string, buffer: ArrayBuffer): unknown {
  return JSON.parse(text, (_, value: unknown): unknown => {
    const { bigint, number, doubles, offset, isWhole } = (value ?? {}) as Record<string, unknown>;
    if (typeof bigint === "string") return BigInt(bigint);
    if (typeof number === "string") return Number(number);
    if (typeof doubles !== "number") return value;
    const array = new Float64Array(buffer, offset as number, doubles);
    return isWhole ? Int32Array.from(array) : array;
  });
}
