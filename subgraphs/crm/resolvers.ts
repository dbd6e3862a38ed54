import { anchorOf, lineValue } from '#domain/contract.ts'
import type { ContractLine, QuoteLine } from '#domain/crm.ts'
import { money, sum } from '#domain/money.ts'
import { multiply, parseDecimal, rational, round } from '#domain/rational.ts'
import { found } from '#platform/graphql.ts'
import { readConnection } from '#platform/loaders.ts'
import type { Resolvers } from '#schema/crm.generated.ts'
import { previewAmendment } from './preview.ts'
import { contractList, customerList, customerSearch, linesOf, opportunityList } from './store.ts'

export const resolvers: Resolvers = {
  Query: {
    customer: async (_, { id }, { customer }) => found(await customer.load(id), 'customer', id),
    customers: (_, { search, ...args }, { db }) =>
      readConnection(db, customerList, args, customerSearch(search ?? '')),
    contract: async (_, { id }, { contract }) => found(await contract.load(id), 'contract', id),
    previewAmendment: async (_, { input }, { wholeContract, customer, today }) => {
      const contract = found(await wholeContract.load(input.contractId), 'contract', input.contractId)
      return previewAmendment(contract, input, today, (id) => customer.load(id))
    },
    contracts: (_, args, { db }) => readConnection(db, contractList, args),
    opportunity: async (_, { id }, { opportunity }) => found(await opportunity.load(id), 'opportunity', id),
    opportunities: (_, args, { db }) => readConnection(db, opportunityList, args),
  },
  Customer: {
    __resolveReference: async ({ id }, { customer }) => found(await customer.load(id), 'customer', id),
    parent: ({ parentId }, _, { customer }) => (parentId === null ? null : customer.load(parentId)),
    subsidiaries: ({ id }, _, { subsidiaries }) => subsidiaries.load(id),
    mergedInto: ({ mergedIntoId }, _, { customer }) =>
      mergedIntoId === null ? null : customer.load(mergedIntoId),
    mergedCustomers: ({ id }, _, { mergedCustomers }) => mergedCustomers.load(id),
    contacts: ({ id }, _, { contactsOfCustomer }) => contactsOfCustomer.load(id),
    opportunities: ({ id }, args, { opportunitiesOfCustomer }) => opportunitiesOfCustomer.load(id, args),
    contracts: ({ id }, args, { contractsOfCustomer }) => contractsOfCustomer.load(id, args),
    contractSummary: ({ id }, _, { contractSummary }) => contractSummary.load(id),
  },
  Contact: {
    __resolveReference: async ({ id }, { contact }) => found(await contact.load(id), 'contact', id),
    customer: async ({ customerId }, _, { customer }) =>
      found(await customer.load(customerId), 'customer', customerId),
  },
  Opportunity: {
    __resolveReference: async ({ id }, { opportunity }) =>
      found(await opportunity.load(id), 'opportunity', id),
    customer: async ({ customerId }, _, { customer }) =>
      found(await customer.load(customerId), 'customer', customerId),
    amount: ({ amount, currency }) => money(amount, currency),
    quotes: ({ id }, _, { quotesOfOpportunity }) => quotesOfOpportunity.load(id),
    contract: async ({ id }, _, { contractsOfOpportunity }) =>
      (await contractsOfOpportunity.load(id))[0] ?? null,
  },
  Quote: {
    __resolveReference: async ({ id }, { quote }) => found(await quote.load(id), 'quote', id),
    opportunity: async ({ opportunityId: id }, _, { opportunity }) =>
      found(await opportunity.load(id), 'opportunity', id),
    lines: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
    total: ({ lines, currency }) => money(sum(lines.map(quoteLineAmount)), currency),
  },
  QuoteLine: {
    product: ({ productId: id }) => ({ id }),
    unitPrice: ({ unitPrice, currency }) => money(unitPrice, currency),
  },
  Contract: {
    __resolveReference: async ({ id }, { contract }) => found(await contract.load(id), 'contract', id),
    customer: async ({ customerId }, _, { customer }) =>
      found(await customer.load(customerId), 'customer', customerId),
    opportunity: ({ opportunityId }, _, { opportunity }) =>
      opportunityId === null ? null : opportunity.load(opportunityId),
    legalEntity: ({ legalEntityId: id }) => ({ id }),
    renewalOf: ({ renewalOfId }, _, { contract }) =>
      renewalOfId === null ? null : contract.load(renewalOfId),
    billingAnchor: (contract) => anchorOf(contract),
    lines: (contract) => linesOf(contract).toSorted(byStart),
    totalContractValue: ({ totalContractValue, currency }) => money(totalContractValue, currency),
    amendments: ({ id }, _, { amendmentsOfContract }) => amendmentsOfContract.load(id),
  },
  ContractLine: {
    __resolveReference: async ({ id }, { contractLine }) =>
      found(await contractLine.load(id), 'contract line', id),
    product: ({ productId: id }) => ({ id }),
    unitPrice: ({ unitPrice, currency }) => money(unitPrice, currency),
    value: (line) => money(lineValue(line, line.anchor), line.currency),
  },
  Amendment: {
    __resolveReference: async ({ id }, { amendment }) => found(await amendment.load(id), 'amendment', id),
    contract: async ({ contractId: id }, _, { contract }) => found(await contract.load(id), 'contract', id),
    contractValueDelta: ({ contractValueDelta, currency }) => money(contractValueDelta, currency),
  },
}

const byStart = (one: ContractLine, other: ContractLine): number =>
  Temporal.PlainDate.compare(one.servicePeriod.start, other.servicePeriod.start)

const quoteLineAmount = ({ quantity, unitPrice }: QuoteLine): bigint =>
  round(multiply(parseDecimal(quantity), rational(unitPrice)))
