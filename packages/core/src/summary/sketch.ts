import type { Buckets } from "./buckets.ts";
import { UPPER } from "./words.ts";

/** Counts of values in buckets. */
export interface Sketch {
  add(values: Float64Array): void;
  buckets(): Buckets;
  /** Adds what another sketch counted. */
  absorb(buckets: Buckets): void;
}

/** Exponents that a double can have, and buckets of one of them. */
const EXPONENTS = 2048;
const PER_EXPONENT = 1024;

/** Values of even and of odd places are counted apart: a run of equal ones would wait for each other's counts. */
const ODD = PER_EXPONENT;
const PAGE = 2 * PER_EXPONENT;

/** The most that a count of 32 bits can take. */
const MOST = 2_147_483_647;

/**
 * Counts values in buckets given by exponent and leading 10 bits of the mantissa: the upper bits of the double, read as
 * they are, so that every engine counts alike. 0 has a bucket of its own (with what is below 2^-1032). Buckets have
 * pages, one an exponent (8 kB), made when a value needs one. Counts are added up in 32 bits, and carried over to
 * doubles, whole to 2^53, after at most `carryAfter` values. Values are 0 or more; no NaN.
 */
export function sketch(carryAfter = MOST): Sketch {
  /** By exponent: where its page begins. The first page, at 0, takes the values of exponents that have none yet. */
  const pages = new Int32Array(EXPONENTS);
  let counts = new Int32Array(PAGE);
  /** By bucket, as in `counts`: what was carried over. Empty until something is. */
  let carried = new Float64Array(0);
  let used = PAGE;
  let added = 0;

  function makePage(exponent: number): void {
    if (used + PAGE > counts.length) {
      const more = new Int32Array(2 * counts.length);
      more.set(counts);
      counts = more;
    }
    pages[exponent] = used;
    used += PAGE;
  }

  function carry(): void {
    const sums = new Float64Array(used);
    sums.set(carried);
    for (let i = PAGE; i < used; i++) sums[i] += counts[i];
    counts.fill(0);
    carried = sums;
    added = 0;
  }

  /** Counts the values that had no page. */
  function addMissing(words: Int32Array): void {
    counts.fill(0, 0, PAGE);
    const first = used;
    for (let i = UPPER; i < words.length; i += 2) {
      const exponent = exponentOf(words[i]);
      if (pages[exponent] === 0) makePage(exponent);
      if (pages[exponent] >= first) counts[pages[exponent] + placeOf(words[i])]++;
    }
  }

  return {
    add(values) {
      added += values.length;
      if (added > carryAfter) {
        carry();
        added = values.length;
      }
      const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
      if (!count(words, pages, counts)) addMissing(words);
    },
    buckets() {
      carry();
      return bucketsOf(pages, carried);
    },
    absorb({ numbers, counts: more }) {
      numbers.forEach((number) => {
        if (pages[Math.floor(number / PER_EXPONENT)] === 0) makePage(Math.floor(number / PER_EXPONENT));
      });
      carry();
      numbers.forEach((number, i) => {
        carried[pages[Math.floor(number / PER_EXPONENT)] + (number % PER_EXPONENT)] += more[i];
      });
    },
  };
}

// Not imported, and words are read once: otherwise counting takes twice the time.

function exponentOf(word: number): number {
  return (word >>> 20) & (EXPONENTS - 1);
}

/** The number of a bucket among those of its exponent. */
function placeOf(word: number): number {
  return (word >>> 10) & (PER_EXPONENT - 1);
}

/** Counts values, given by their words, on their pages; returns false where one of them has no page yet. */
function count(words: Int32Array, pages: Int32Array, counts: Int32Array): boolean {
  const end = words.length;
  let firstPage = PAGE;
  let i = UPPER;
  for (; i + 2 < end; i += 4) {
    const even = words[i];
    const odd = words[i + 2];
    const page = pages[exponentOf(even)];
    const oddPage = pages[exponentOf(odd)];
    counts[page + placeOf(even)]++;
    counts[oddPage + ODD + placeOf(odd)]++;
    firstPage = Math.min(firstPage, page, oddPage);
  }
  if (i < end) {
    const page = pages[exponentOf(words[i])];
    counts[page + placeOf(words[i])]++;
    firstPage = Math.min(firstPage, page);
  }
  return firstPage > 0;
}

/** The buckets with values, from their counts. */
function bucketsOf(pages: Int32Array, counts: Float64Array): Buckets {
  const numbers: number[] = [];
  const found: number[] = [];
  pages.forEach((page, exponent) => {
    if (page === 0) return;
    for (let place = 0; place < PER_EXPONENT; place++) {
      const values = counts[page + place] + counts[page + place + ODD];
      if (values === 0) continue;
      numbers.push(exponent * PER_EXPONENT + place);
      found.push(values);
    }
  });
  return { numbers: Int32Array.from(numbers), counts: Float64Array.from(found) };
}
