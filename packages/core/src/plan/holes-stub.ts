export const holeFiller = (_plan: unknown, _compiled: unknown) => (_line: number, _z: Float64Array, _x: Float64Array, _n: number) => {};
