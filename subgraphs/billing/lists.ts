import type { Product, Subscription } from '#domain/billing.ts'
import type { ListSpec } from '#platform/page.ts'
import {
  type InvoiceHeader,
  invoiceHeaders,
  type PaymentHeader,
  paymentHeaders,
  products,
  subscriptions,
} from './tables.ts'

export const invoiceList: ListSpec<InvoiceHeader> = {
  name: 'invoices',
  table: invoiceHeaders,
  parent: null,
  sortKeys: {
    ISSUE_DATE: { column: 'issue_date', type: 'date' },
    DUE_DATE: { column: 'due_date', type: 'date' },
    TOTAL: { column: 'total', type: 'bigint' },
    BALANCE: { column: 'balance', type: 'bigint' },
  },
  defaultOrder: { field: 'ISSUE_DATE', direction: 'DESC' },
  filters: {
    status: { column: 'status', type: 'text' },
    number: { column: 'number', type: 'text' },
    legalEntity: { column: 'legal_entity_id', type: 'text' },
    currency: { column: 'currency', type: 'text' },
    issueDate: { column: 'issue_date', type: 'date' },
    dueDate: { column: 'due_date', type: 'date' },
  },
}

export const paymentList: ListSpec<PaymentHeader> = {
  name: 'payments',
  table: paymentHeaders,
  parent: null,
  sortKeys: {
    RECEIVED_AT: { column: 'received_at', type: 'timestamptz' },
    AMOUNT: { column: 'amount', type: 'bigint' },
  },
  defaultOrder: { field: 'RECEIVED_AT', direction: 'DESC' },
  filters: {
    status: { column: 'status', type: 'text' },
    legalEntity: { column: 'legal_entity_id', type: 'text' },
    currency: { column: 'currency', type: 'text' },
    receivedOn: { column: 'received_on', type: 'date' },
  },
}

export const subscriptionList: ListSpec<Subscription> = {
  name: 'subscriptions',
  table: subscriptions,
  parent: null,
  sortKeys: { START_DATE: { column: 'start_date', type: 'date' } },
  defaultOrder: { field: 'START_DATE', direction: 'DESC' },
  filters: {
    status: { column: 'status', type: 'text' },
    legalEntity: { column: 'legal_entity_id', type: 'text' },
  },
}

export const productList: ListSpec<Product> = {
  name: 'products',
  table: products,
  parent: null,
  sortKeys: {
    SKU: { column: 'sku', type: 'text' },
    NAME: { column: 'name', type: 'text' },
  },
  defaultOrder: { field: 'SKU', direction: 'ASC' },
  filters: { active: { column: 'active', type: 'boolean' } },
}

/** The same list below each customer. */
export const ofCustomer = <State extends { readonly id: string }>(
  list: ListSpec<State>,
): ListSpec<State> => ({ ...list, name: `Customer.${list.name}`, parent: 'customer_id' })

/** The same list below each contract. */
export const ofContract = <State extends { readonly id: string }>(
  list: ListSpec<State>,
): ListSpec<State> => ({ ...list, name: `Contract.${list.name}`, parent: 'contract_id' })
