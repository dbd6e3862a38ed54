/**
 * Set up before every test file: matchers compare Temporal values by what they print. Without this `toMatchObject`
 * takes any two of one type for equal, since they have no fields of their own.
 */
import { expect } from 'vitest'

const temporalTag = /^\[object Temporal\./

expect.addEqualityTesters([
  (a: unknown, b: unknown): boolean | undefined =>
    isTemporal(a) && isTemporal(b) ? tagOf(a) === tagOf(b) && a.toString() === b.toString() : undefined,
])

function isTemporal(value: unknown): value is { toString(): string } {
  return temporalTag.test(tagOf(value))
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}
