import { multiply, rational, round } from './rational.ts'
import type { CarriedPart, Posting } from './erp.ts'

/** A balance in a foreign currency and what the books carry it at: minor units of both. */
export interface Carrying {
  readonly amount: bigint
  /** In the functional currency. */
  readonly worth: bigint
}

/**
 * Takes a part off a balance at its average worth. The last part takes all that is left, so that nothing stays behind
 * in one currency only; what exceeds the balance is not of it.
 */
export function release(
  balance: Carrying,
  part: bigint,
): { readonly released: Carrying; readonly left: Carrying } {
  if (balance.amount <= 0n || part <= 0n) return { released: nothing, left: balance }
  if (part >= balance.amount) return { released: balance, left: nothing }
  const amount = balance.amount - part
  const worth = round(multiply(rational(balance.worth), rational(amount, balance.amount)))
  return { released: { amount: part, worth: balance.worth - worth }, left: { amount, worth } }
}

/**
 * Revenue that was deferred is worth what it was when it was billed: it is not monetary, and no rate changes it
 * (ASC 830-10-45-18, IFRIC 22). What is recognised beyond that was not billed yet: it has the rate of its day.
 */
export function carryDeferred(
  posting: Posting,
  deferred: Carrying,
): { readonly posting: Posting; readonly left: Carrying } {
  const part = posting.lines.find(({ role }) => role === 'DEFERRED_REVENUE')?.debit ?? 0n
  const { released, left } = release(deferred, part)
  if (released.amount === 0n) return { posting, left }
  const carried: CarriedPart[] = [released]
  return { posting: { ...posting, lines: posting.lines.map((line) => ({ ...line, carried })) }, left }
}

const nothing: Carrying = { amount: 0n, worth: 0n }
