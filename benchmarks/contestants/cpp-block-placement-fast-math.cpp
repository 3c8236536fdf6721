// The same with exp and log as SIMD, which takes leave to reorder and to forget about infinities.
// flags: -ffast-math
#include "cpp-block-placement.cpp"
