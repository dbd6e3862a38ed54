import { checkInvariants, type Finding, type Invariant } from '#platform/invariant.ts'
import type { Stores } from '#platform/stores.ts'
import { billingInvariants } from '#subgraphs/billing/store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { crossInvariants } from '#subgraphs/operations/store.ts'
import { type Command, say } from './command.ts'
import { withStores } from './stores.ts'

/** `npm run check-books`: every invariant with its count of offenders; fails if there is any. */
export const checkBooksCommand: Command = (input) =>
  withStores(input, async (stores) => {
    const findings = await checkBooks(stores)
    say(booksReport(findings))
    if (findings.some(({ ids }) => ids.length > 0)) process.exitCode = 1
  })

/** What holds in the stores, across the systems. */
export const INVARIANTS: readonly Invariant[] = [...billingInvariants, ...erpInvariants, ...crossInvariants]

/** Checks every invariant that a query can, across the systems. */
export const checkBooks = ({ owner }: Pick<Stores, 'owner'>): Promise<Finding[]> =>
  checkInvariants(owner, INVARIANTS)

const MAX_SHOWN_IDS = 10

/** A line for each invariant, with the first offenders below those that are broken. */
export function booksReport(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ invariant: { name, statement }, ids }) => [
    `  ${ids.length === 0 ? 'holds ' : 'BROKEN'}  ${name}: ${statement}`,
    ...(ids.length === 0
      ? []
      : [`          ${ids.length} offenders: ${ids.slice(0, MAX_SHOWN_IDS).join(', ')}`]),
  ])
  return ['The books:', ...lines].join('\n')
}
