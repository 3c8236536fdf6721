/** Uniforms on (0, 1) with 53 bits from a linear congruential generator: fixed inputs for tests, no statistics. */
export function uniforms(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return (Number(state >> 11n) + 0.5) / 9007199254740992;
  };
}
