/** Order of two texts by code units, so that it does not depend on a locale; for `toSorted`. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Order of two integers; for `toSorted`. */
export function compareInteger(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The smaller of two integers. */
export function minimum(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** The larger of two integers. */
export function maximum(a: bigint, b: bigint): bigint {
  return a < b ? b : a
}
