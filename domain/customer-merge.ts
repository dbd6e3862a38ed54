import { joinedBy, joinedRefs, objectOf } from './customer-identity.ts'
import { violationIf } from './failure.ts'
import type { Customer, CustomerStatus, TaxId } from './crm.ts'
import type { ExternalRef } from './entity.ts'
import type { Violation } from './failure.ts'

/** What a merge moved from one customer to another: enough to move it back. */
export interface CustomerMerge {
  readonly mergedId: string
  readonly survivorId: string
  /** What the merged customer was to us. */
  readonly status: CustomerStatus
  /** What of the survivor is from the merged customer. */
  readonly externalRefs: readonly ExternalRef[]
  readonly taxIds: readonly TaxId[]
  /** Whether the survivor was a subsidiary of the merged customer. */
  readonly wasParent: boolean
  /** Ids of what belonged to the merged customer. */
  readonly contacts: readonly string[]
  readonly opportunities: readonly string[]
  readonly contracts: readonly string[]
  readonly subsidiaries: readonly string[]
  /** Customers that were merged into it before. */
  readonly merged: readonly string[]
}

/** What of a merge is known before what belongs to the customer is looked at. */
export type MergedIdentity = Omit<
  CustomerMerge,
  'contacts' | 'opportunities' | 'contracts' | 'subsidiaries' | 'merged'
>

/** What keeps two customers from being merged; an empty list if they can be. */
export function checkMerge(survivor: Customer, merged: Customer): Violation[] {
  return [
    ...violationIf(survivor.id === merged.id, 'SAME_CUSTOMER', 'mergedId', 'It is the same customer already'),
    ...violationIf(
      survivor.status === 'MERGED',
      'STATUS_FORBIDS',
      'survivorId',
      'It was merged into another',
    ),
    ...violationIf(merged.status === 'MERGED', 'STATUS_FORBIDS', 'mergedId', 'It was merged already'),
  ]
}

/** The survivor and the merged customer after a merge, and what it moved of their identities. */
export function mergeIdentities(
  survivor: Customer,
  merged: Customer,
): { readonly survivor: Customer; readonly merged: Customer; readonly moved: MergedIdentity } {
  const externalRefs = joinedRefs(survivor.externalRefs, merged.externalRefs)
  const taxIds = joinedBy(survivor.taxIds, merged.taxIds, textOf)
  const wasParent = survivor.parentId === merged.id
  const parentId = wasParent ? merged.parentId : survivor.parentId
  return {
    survivor: {
      ...survivor,
      externalRefs,
      taxIds,
      parentId: parentId === survivor.id ? null : parentId,
      status: merged.status === 'ACTIVE' ? 'ACTIVE' : survivor.status,
    },
    merged: { ...merged, status: 'MERGED', mergedIntoId: survivor.id },
    moved: {
      mergedId: merged.id,
      survivorId: survivor.id,
      status: merged.status,
      externalRefs: externalRefs.slice(survivor.externalRefs.length),
      taxIds: taxIds.slice(survivor.taxIds.length),
      wasParent,
    },
  }
}

/** Both customers after the merge is undone: what was moved is given back, what changed since stays. */
export function unmergeIdentities(
  survivor: Customer,
  merged: Customer,
  moved: MergedIdentity,
): { readonly survivor: Customer; readonly merged: Customer } {
  const givenRefs = new Set(moved.externalRefs.map(objectOf))
  const givenTaxIds = new Set(moved.taxIds.map(textOf))
  return {
    survivor: {
      ...survivor,
      externalRefs: survivor.externalRefs.filter((ref) => !givenRefs.has(objectOf(ref))),
      taxIds: survivor.taxIds.filter((taxId) => !givenTaxIds.has(textOf(taxId))),
      parentId: moved.wasParent ? merged.id : survivor.parentId,
    },
    merged: { ...merged, status: moved.status, mergedIntoId: null },
  }
}

const textOf = ({ type, value }: TaxId): string => `${type} ${value}`
