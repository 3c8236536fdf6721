/** The contestants that are Lossmill itself; all others are its rivals. */
export const OURS: readonly string[] = ["wasm", "wasm-sfc64", "vectorized", "naive-rewritten", "naive"];
/** What `auto` chooses. */
export const FASTEST = "wasm";
/** The best of NumPy, which the short figures compare with. */
export const NUMPY = "numpy-block-placement";
