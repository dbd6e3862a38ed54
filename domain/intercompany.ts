import { sum } from './money.ts'
import { type Amounts, type CarriedOf, post, type Shares, type Source } from './post.ts'
import { POSTING_RULES } from './posting-rules.ts'
import type { AccountRole, Posting, PostingPurpose } from './erp.ts'

/** What a posting of the entity that bills is in the books of the entity that earns. */
const COUNTERPARTS = {
  INVOICE_ISSUED: 'INTERCOMPANY_INVOICED',
  INVOICE_VOIDED: 'INTERCOMPANY_INVOICE_VOIDED',
  CREDIT_NOTE_ISSUED: 'INTERCOMPANY_CREDITED',
  CREDIT_NOTE_VOIDED: 'INTERCOMPANY_CREDIT_VOIDED',
} as const satisfies Partial<Record<PostingPurpose, PostingPurpose>>

/**
 * Posts a bill, or what takes it back. Where the contract is of another entity, that one earns: the entity that bills
 * owes it the net amount (IFRS 15.B36, ASC 606-10-55-38: it collects for another), and keeps the receivable and the
 * tax. Both postings have the same source, date and amounts, so that nothing is left of them in consolidation
 * (IFRS 10.B86, ASC 810-10-45-1).
 */
export function postBilled(
  earnerId: string,
  source: Source,
  purpose: keyof typeof COUNTERPARTS,
  date: Temporal.PlainDate,
  amounts: Amounts,
  carriedOf?: CarriedOf,
  shares: Shares = {},
): Posting[] {
  if (earnerId === source.legalEntityId) return post(source, purpose, date, amounts, carriedOf, shares)
  const counterpart = COUNTERPARTS[purpose]
  const { debit, credit } = POSTING_RULES[counterpart]
  const isEarned = (role: AccountRole): boolean => [...debit, ...credit].includes(role)
  const due = sum([...debit, ...credit].map((role) => amounts[role] ?? 0n))
  const kept = { ...without(isEarned, amounts), DUE_TO_AFFILIATES: due }
  const earned = { ...amounts, DUE_FROM_AFFILIATES: due }
  return [
    ...post(source, purpose, date, kept, carriedOf, without(isEarned, shares)),
    ...post({ ...source, legalEntityId: earnerId }, counterpart, date, earned, carriedOf, shares),
  ]
}

function without<Value>(
  isLeftOut: (role: AccountRole) => boolean,
  byRole: Partial<Record<AccountRole, Value>>,
): Partial<Record<AccountRole, Value>> {
  return Object.fromEntries(Object.entries(byRole).filter(([role]) => !isLeftOut(role as AccountRole)))
}
