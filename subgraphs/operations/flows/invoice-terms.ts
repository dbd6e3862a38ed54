import type { CollectionMethod } from '#domain/billing.ts'
import type { ViolationCode } from '#domain/failure.ts'

/** Net 30 where the contract says nothing else. */
export const DAYS_TO_PAY = 30
/** How invoices of a subscription that flows open are collected. */
export const COLLECTION: CollectionMethod = 'SEND_INVOICE'

/** Why a document that is due is not issued: a person mends that in the outside system that issues it. */
export const ISSUE_REFUSALS: readonly ViolationCode[] = ['OUTSIDE_REFUSED']

/** Why a draft has no tax: a person mends the rules, and the workflow goes on. */
export const TAX_REFUSALS: readonly ViolationCode[] = [
  'TAX_UNAVAILABLE',
  'TAX_RULE_MISSING',
  'TAX_CODE_MISSING',
  'ROUTE_MISSING',
  'MAPPING_MISSING',
]
