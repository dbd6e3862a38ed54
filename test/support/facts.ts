/** Facts as CRM's source states them: complete and valid, so that a test names only what it is about. */
import type {
  AmendmentFact,
  ContactFact,
  ContractFact,
  CustomerFact,
  OpportunityFact,
  QuoteFact,
} from '#domain/crm.ts'
import type { ExternalRef } from '#domain/entity.ts'
import { day } from '#test/domain/documents.ts'

/** When its source stated a fact: a later statement has a higher version. */
export interface Stated {
  readonly sourceVersion?: bigint
}

/** The object of a source that goes by `sf-<id>` there. */
export function externalRef(objectType: string, id: string, sourceVersion = 1n): ExternalRef {
  return {
    system: 'salesforce',
    instance: 'test',
    objectType,
    externalId: `sf-${id}`,
    url: null,
    sourceVersion,
  }
}

/** An active customer of which the name is all that is known. */
export function customerFact({
  sourceVersion,
  ...fields
}: Partial<CustomerFact> & Stated = {}): CustomerFact {
  const id = fields.id ?? 'cus_acme'
  return {
    id,
    externalRefs: [externalRef('Account', id, sourceVersion)],
    name: 'Acme',
    legalName: null,
    status: 'ACTIVE',
    parentId: null,
    mergedIntoId: null,
    email: null,
    domain: null,
    taxIds: [],
    address: null,
    region: null,
    segment: null,
    owner: null,
    currency: 'USD',
    ...fields,
  }
}

/** Somebody at Acme. */
export function contactFact({ sourceVersion, ...fields }: Partial<ContactFact> & Stated = {}): ContactFact {
  const id = fields.id ?? 'con_ada'
  return {
    id,
    externalRefs: [externalRef('Contact', id, sourceVersion)],
    customerId: 'cus_acme',
    name: 'Ada',
    email: null,
    phone: null,
    title: null,
    ...fields,
  }
}

/** A deal with Acme that is not decided. */
export function opportunityFact({
  sourceVersion,
  ...fields
}: Partial<OpportunityFact> & Stated = {}): OpportunityFact {
  const id = fields.id ?? 'opp_1'
  return {
    id,
    externalRefs: [externalRef('Opportunity', id, sourceVersion)],
    customerId: 'cus_acme',
    name: 'First deal',
    stage: 'OPEN',
    currency: 'USD',
    amount: 1_000_00n,
    expectedCloseDate: day('2026-09-30'),
    closedOn: null,
    owner: null,
    ...fields,
  }
}

/** An offer without lines for the deal. */
export function quoteFact({ sourceVersion, ...fields }: Partial<QuoteFact> & Stated = {}): QuoteFact {
  const id = fields.id ?? 'quo_1'
  return {
    id,
    externalRefs: [externalRef('Quote', id, sourceVersion)],
    opportunityId: 'opp_1',
    number: 'Q-1',
    status: 'PRESENTED',
    currency: 'USD',
    lines: [],
    validUntil: day('2026-08-31'),
    ...fields,
  }
}

/** A contract of Acme for 2026 without lines. */
export function contractFact({
  sourceVersion,
  ...fields
}: Partial<ContractFact> & Stated = {}): ContractFact {
  const id = fields.id ?? 'ctr_1'
  return {
    id,
    externalRefs: [externalRef('Contract', id, sourceVersion)],
    customerId: 'cus_acme',
    opportunityId: null,
    legalEntityId: 'ent_us',
    number: 'C-1',
    status: 'ACTIVE',
    currency: 'USD',
    signedOn: day('2025-12-15'),
    startDate: day('2026-01-01'),
    endDate: day('2027-01-01'),
    billingAnchor: null,
    autoRenew: true,
    renewalOfId: null,
    lines: [],
    suspension: null,
    ...fields,
  }
}

/** A change of the contract that is in force. */
export function amendmentFact({
  sourceVersion,
  ...fields
}: Partial<AmendmentFact> & Stated = {}): AmendmentFact {
  const id = fields.id ?? 'amd_1'
  return {
    id,
    externalRefs: [externalRef('Amendment__c', id, sourceVersion)],
    contractId: 'ctr_1',
    kind: 'UPDATE',
    status: 'APPLIED',
    effectiveDate: day('2026-07-01'),
    reason: null,
    currency: 'USD',
    contractValueDelta: 0n,
    ...fields,
  }
}
