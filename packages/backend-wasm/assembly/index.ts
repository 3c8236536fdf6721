// A block of trials, whole: line by line, copy by copy, a chunk of claims at a time.
import { amounts, pay } from "./claims";
import { setThresholds } from "./counts";
import {
  BLOCK_TRIALS,
  CHUNK,
  COUNTING,
  LINES,
  PICKED,
  PLACES,
  POLICY,
  region,
  setRegion,
  SEVERITIES,
  SIZING,
  TRIALS,
} from "./layout";
import {
  HANDS_CLAIMS,
  HANDS_COUNTS,
  HANDS_PAYMENTS,
  hasYearTerms,
  Line,
  PER_TRIAL,
  placesOf,
  Scale,
  SCATTER,
  Severity,
  sizesOf,
  Tables,
  Terms,
} from "./lines";
import { clusterCount, countAt, drawPlaces, pick, search, toCounts } from "./places";
import { PoissonMode } from "./poisson";
import { advance, seekKey, seekPurpose, Stream, STREAM_BYTES, words } from "./streams";
import { uniformOf } from "./tails";
import { addListed, begin, end, isByPolicy, payPackedClaims, setOutputs, settle } from "./trials";

export { chunk, claimsAt, holesAt, linesAt, normalsAt, outAt, placesAt, policyAt, rootsAt, trialsAt } from "./layout";
export { setSeed } from "./streams";
// For tests alone, which show them the words that a run would never draw.
export { uniformOf, uniforms } from "./tails";
export { poissonCount } from "./poisson";

/** Takes the loss of line `line` by trial from POLICY. */
declare function takePolicy(line: i32): void;
/** Changes the first `n` uniforms of PLACES, those of the counts of trials `first` on. */
declare function driveCounts(line: i32, copy: i32, first: i32, n: i32): void;
/** Looks at the first `n` payments of CLAIMS and at their TRIALS. */
declare function seePayments(line: i32, n: i32): void;

let termsAt: usize = 0;
let scalesAt: usize = 0;
let curvesAt: usize = 0;
let countsAt: usize = 0;
let severitiesAt: usize = 0;
/** Where the host writes the lines' PoissonModes, behind the lines themselves. */
let modesAt: usize = 0;
let lineCount: i32 = 0;

// The streams of the copy in hand.
let counting: Stream = 0;
let sizing: Stream = 0;
let severities: Stream = 0;

/** Bytes of an instance's region for a plan of `lines` lines. */
export function regionBytes(lines: i32): usize {
  return LINES + <usize>lines * (offsetof<Line>() + offsetof<PoissonMode>());
}

/** Takes the addresses of the instance's region and of the compiled plan's arrays. */
export function configure(
  at: usize,
  lines: i32,
  byPolicy: bool,
  totalsAlone: bool,
  terms: usize,
  scales: usize,
  thresholds: usize,
  curves: usize,
  countRows: usize,
  severityRows: usize,
  guide: usize,
): void {
  setRegion(at);
  counting = at + COUNTING;
  sizing = at + SIZING;
  severities = at + SEVERITIES;
  lineCount = lines;
  modesAt = at + LINES + <usize>lines * offsetof<Line>();
  setOutputs(byPolicy, totalsAlone);
  termsAt = terms;
  scalesAt = scales;
  curvesAt = curves;
  countsAt = countRows;
  severitiesAt = severityRows;
  setThresholds(thresholds, guide);
}

// The line in hand, and the copy of it.
let line: i32 = 0;
let terms: Terms = changetype<Terms>(0);
let scale: Scale = changetype<Scale>(0);
let severity: Severity = changetype<Severity>(0);
let tables: Tables = changetype<Tables>(0);
let hasAggregate: bool = false;
/** What it hands to the plan's sampling, and which copy of it. */
let handed: i32 = 0;
let copy: u32 = 0;
/** Claims that are listed in TRIALS and wait for their amounts. */
let waiting: i32 = 0;
/** Chunks of claims that the copy has had, and the claims of the last one. */
let chunks: i32 = 0;
let lastChunk: i32 = 0;
let draws: f64 = 0;

/** Computes block `block`, of which `trials` trials are asked for. Returns the number of uniforms drawn. */
export function compute(block: u32, trials: i32): f64 {
  begin();
  draws = 0;
  for (line = 0; line < lineCount; line++) {
    const planned = changetype<Line>(region + LINES + <usize>line * offsetof<Line>());
    terms = changetype<Terms>(termsAt + <usize>line * offsetof<Terms>());
    scale = changetype<Scale>(scalesAt + <usize>line * offsetof<Scale>());
    severity = changetype<Severity>(severitiesAt + <usize>line * offsetof<Severity>());
    tables = changetype<Tables>(countsAt + <usize>line * offsetof<Tables>());
    hasAggregate = hasYearTerms(terms);
    handed = planned.handed;
    if (isByPolicy) memory.fill(region + POLICY, 0, 8 * BLOCK_TRIALS);
    for (copy = 0; copy < planned.copies; copy++) {
      seekKey(planned.firstStream + copy, block);
      seekPurpose(counting, 0);
      chunks = 0;
      if (planned.placement == SCATTER) scatter();
      else if (planned.placement == PER_TRIAL) perTrial(trials);
      else skip(trials);
      if (waiting > 0) claim(waiting, false);
      waiting = 0;
      // A list that was full has begun anew: the trials without claims that came after it wrote their number over its first.
      if (hasAggregate && chunks > 0) settle(terms, chunks == 1 && lastChunk < CHUNK ? lastChunk : -1);
    }
    if (isByPolicy) takePolicy(line);
  }
  end();
  return draws;
}

/** A count for each trial. */
function perTrial(trials: i32): void {
  const table = placesOf(tables);
  for (let first = 0; first < trials; first += CHUNK) {
    const n = min(CHUNK, trials - first);
    drawPlaces(counting, n);
    if (handed & HANDS_COUNTS) driveCounts(line, copy, first, n);
    toCounts(line, table, 0, n);
    for (let i = 0; i < n; i++) list(first + i, load<i64>(region + PLACES + (<usize>i << 3)));
  }
  draws += trials;
}

/** The trials before the next with claims, its count, and so on; the gap that leaves the block is drawn. */
function skip(trials: i32): void {
  const gaps = placesOf(tables);
  const sizes = sizesOf(tables);
  let next = CHUNK;
  for (let t: i64 = 0; ; t++) {
    // A gap and a count are two neighbours of a chunk, whose length is even.
    if (next == CHUNK) {
      drawPlaces(counting, CHUNK);
      next = 0;
    }
    t += countAt(gaps, next);
    draws++;
    if (t >= trials) return;
    if (sizes.length < 0) {
      // The search is of the first place, whose gap is known by now.
      store<f64>(region + PLACES, load<f64>(region + PLACES + (<usize>(next + 1) << 3)));
      search(line, 1, 1);
      list(i32(t), countAt(sizes, 0));
    } else {
      list(i32(t), countAt(sizes, next + 1));
    }
    draws++;
    next += 2;
  }
}

/** The number of the block's clusters, the trial of each, and the size of each where it has one. Always the whole block. */
function scatter(): void {
  const places = placesOf(tables);
  const sizes = sizesOf(tables);
  if (sizes.length != 0) memory.copy(sizing, counting, STREAM_BYTES);
  // Words come in pairs: the second is the first of the trials' words, and so on from chunk to chunk.
  words(counting, region + PLACES, 2);
  let carried = load<u64>(region + PLACES, 8);
  store<f64>(region + PLACES, uniformOf(load<u64>(region + PLACES)));
  const clusters = clusterCount(line, places, changetype<PoissonMode>(modesAt + <usize>line * offsetof<PoissonMode>()));
  const wordCount: i64 = (clusters + 4) / 5;
  draws += <f64>wordCount + 1;
  if (sizes.length != 0) {
    draws += <f64>clusters;
    advance(sizing, 1 + wordCount);
  }
  for (let first: i64 = 0; first < clusters; first += CHUNK) {
    const n = i32(min(<i64>CHUNK, clusters - first));
    store<u64>(region + PLACES, carried);
    words(counting, region + PLACES + 8, n / 5);
    carried = load<u64>(region + PLACES, 8 * CHUNK / 5);
    if (sizes.length == 0) {
      claim(n, true);
      continue;
    }
    pick(region + PICKED, n);
    drawPlaces(sizing, n);
    toCounts(line, sizes, 1, n);
    for (let i = 0; i < n; i++) {
      list(load<u16>(region + PICKED + (<usize>i << 1)), load<i64>(region + PLACES + (<usize>i << 3)));
    }
  }
}

/** Lists `count` claims in trial t; a chunk of them gets its amounts as soon as it is full. */
// @ts-ignore: decorator
@inline
function list(t: i32, count: i64): void {
  // One claim is the rule where there are any; a list with room takes them without a jump.
  store<u16>(region + TRIALS + (<usize>waiting << 1), <u16>t);
  if (count <= 1 && waiting < CHUNK - 1) {
    waiting += <i32>count;
    return;
  }
  const eight = i16x8.splat(<i16>t);
  while (count > 0) {
    const taken = <i32>min<i64>(count, CHUNK - waiting);
    const end = region + TRIALS + (<usize>(waiting + taken) << 1);
    for (let to = region + TRIALS + (<usize>waiting << 1); to < end; to += 16) v128.store(to, eight);
    count -= taken;
    waiting += taken;
    if (waiting < CHUNK) return;
    claim(CHUNK, false);
    waiting = 0;
  }
}

/** Computes the amounts of the copy's next `n` claims, whose trials are listed, or packed in words, and adds what is paid for them. */
function claim(n: i32, arePacked: bool): void {
  const trials = region + TRIALS;
  // Where nothing but totals is asked for they need no list.
  const staysPacked = arePacked && !hasAggregate && handed == 0 && !isByPolicy;
  if (arePacked && !staysPacked) pick(trials, n);
  // Many a copy has no claim in a block.
  if (chunks == 0) seekPurpose(severities, 1);
  chunks++;
  lastChunk = n;
  draws += n;
  amounts(line, scale, severity, tables, curvesAt, severities, copy, n, (handed & HANDS_CLAIMS) != 0);
  if (staysPacked && terms.franchise == 0) {
    payPackedClaims(terms, n);
    return;
  }
  if (staysPacked) pick(trials, n);
  pay(terms, n);
  if (handed & HANDS_PAYMENTS) seePayments(line, n);
  addListed(terms, n);
}
