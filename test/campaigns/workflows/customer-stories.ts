/** What systems tell of customers, and what is found out about them. */
import { mergeCustomers, unmergeCustomers } from '#subgraphs/operations/flows/merge-customers.ts'
import { upsertCustomer } from '#subgraphs/operations/flows/upsert-customer.ts'
import { systemClock } from '#platform/clock.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import { keyOf, LEGAL_ENTITY, type Order, otherCustomerIdOf, otherCustomerOf, TELLER } from './orders.ts'
import { type Story, starts } from './story.ts'

const NOTHING = { receivables: 0n, cash: 0n }

/** Name → story. */
export const CUSTOMER_STORIES: Readonly<Record<string, Story>> = {
  upsertCustomer: {
    flow: upsertCustomer,
    ends: 'COMPLETED',
    facts: () => ({}),
    start: starts(upsertCustomer, (order) => ({
      externalRefs: [{ system: TELLER, externalId: keyOf(order) }],
      name: `Customer ${order.number}`,
      region: 'NY',
      currency: 'USD',
      legalEntityId: LEGAL_ENTITY,
    })),
    effects: (order) => [`customer ${keyOf(order)}`],
    leaves: () => NOTHING,
  },
  // An ERP calls a customer of CRM by another name: that waits for a person, once.
  upsertForeignCustomer: {
    flow: upsertCustomer,
    ends: 'COMPLETED',
    facts: (order) => ({ customers: [otherCustomerOf(order)] }),
    start: starts(upsertCustomer, (order) => ({
      externalRefs: [
        { system: 'netsuite', externalId: keyOf(order) },
        ...otherCustomerOf(order).externalRefs,
      ],
      name: `Customer ${order.number}`,
      currency: 'USD',
      legalEntityId: LEGAL_ENTITY,
    })),
    effects: (order) => [`held customer.name ${otherCustomerIdOf(order)} 1`],
    leaves: () => NOTHING,
  },
  mergeCustomers: {
    flow: mergeCustomers,
    ends: 'COMPLETED',
    facts: (order) => ({ customers: [otherCustomerOf(order)] }),
    start: starts(mergeCustomers, (order) => ({
      survivorId: order.customerId,
      mergedId: otherCustomerIdOf(order),
    })),
    effects: (order) => [`merged ${otherCustomerIdOf(order)} ${order.customerId}`],
    leaves: () => NOTHING,
  },
  unmergeCustomers: {
    flow: unmergeCustomers,
    ends: 'COMPLETED',
    facts: (order) => ({ customers: [otherCustomerOf(order)] }),
    before: async ({ crm }, order) => {
      const merging = { survivorId: order.customerId, mergedId: otherCustomerIdOf(order) }
      const { violations } = await crm.mergeCustomers(effectBefore(order), merging)
      if (violations !== undefined) throw new Error(JSON.stringify(violations))
    },
    start: starts(unmergeCustomers, (order) => ({ mergedId: otherCustomerIdOf(order) })),
    effects: () => [],
    leaves: () => NOTHING,
  },
}

const effectBefore = (order: Order): StepEffect => ({
  effectKey: `before ${keyOf(order)}`,
  revision: 0,
  correlationId: 'campaign',
  traceparent: null,
  acceptedAt: systemClock.now(),
})
