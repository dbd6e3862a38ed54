import { expect } from 'vitest'

const temporalTag = /^\[object Temporal\./

/**
 * Makes `toMatchObject` compare Temporal values by what they print. Without this it takes any two of one type for
 * equal, since they have no fields of their own. Called once at the top of a test file that matches dates.
 */
export function matchTemporal(): void {
  expect.addEqualityTesters([
    (a: unknown, b: unknown): boolean | undefined =>
      isTemporal(a) && isTemporal(b) ? tagOf(a) === tagOf(b) && a.toString() === b.toString() : undefined,
  ])
}

function isTemporal(value: unknown): value is { toString(): string } {
  return temporalTag.test(tagOf(value))
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}
