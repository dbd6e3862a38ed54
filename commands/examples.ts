import { readFile } from 'node:fs/promises'
import { lastDay } from '#domain/calendar.ts'
import type { Execute } from '#gateway/engine.ts'
import type { Example } from '#gateway/http/graphiql.ts'
import { type Clock, today } from '#platform/clock.ts'

const FOLDER = new URL('../schema/examples/', import.meta.url)

const SAMPLE = `query Sample {
  customers(first: 1, filter: { status: { in: [ACTIVE] } }) { nodes { id name } }
  contracts(first: 1, filter: { status: { in: [ACTIVE] } }, orderBy: { field: END_DATE, direction: DESC }) {
    nodes { id endDate lines { id servicePeriod { end } } }
  }
  legalEntities { id }
}`

/** It only counts. */
const REPLAY = {
  mode: 'REDELIVER',
  types: ['revgraph.billing.invoice.issued.v1'],
  dryRun: true,
  reason: 'To see what it would come to.',
}

interface Sample {
  readonly data: {
    readonly customers: { readonly nodes: readonly { readonly id: string; readonly name: string }[] }
    readonly contracts: { readonly nodes: readonly SampleContract[] }
    readonly legalEntities: readonly { readonly id: string }[]
  } | null
}

interface SampleContract {
  readonly id: string
  readonly endDate: string
  readonly lines: readonly { readonly id: string; readonly servicePeriod: { readonly end: string } }[]
}

/** Consumers' documents, with variables that find something in the store as it is now. */
export async function readExamples(execute: Execute, clock: Clock): Promise<Example[]> {
  const { body } = await execute(
    { query: SAMPLE },
    { requestId: 'examples', signal: new AbortController().signal, identity: { kind: 'anonymous' } },
  )
  const { data } = JSON.parse(body) as Sample
  const customer = data?.customers.nodes[0]
  const lastMonth = today(clock).toPlainYearMonth().subtract({ months: 1 })
  const examples = [
    { name: 'customer-standing', variables: { id: customer?.id ?? '' } },
    { name: 'preview-amendment', variables: { input: amendmentOf(data?.contracts.nodes[0]) } },
    { name: 'billing-state', variables: { search: customer?.name.split(' ')[0] ?? '', first: 10 } },
    { name: 'documents-in-the-books', variables: { id: customer?.id ?? '' } },
    {
      name: 'revenue-metrics',
      variables: {
        from: lastMonth.subtract({ months: 11 }).toString(),
        to: lastMonth.toString(),
        currency: 'USD',
      },
    },
    {
      name: 'explain-metric',
      variables: { metric: 'RECOGNIZED_REVENUE', period: lastMonth.toString(), currency: 'USD' },
    },
    {
      name: 'trial-balance',
      variables: {
        legalEntityId: data?.legalEntities[0]?.id ?? '',
        asOf: lastDay(lastMonth).toString(),
        from: lastMonth.subtract({ months: 2 }).toString(),
        through: lastMonth.toString(),
      },
    },
  ]
  const systems = [
    { name: 'reconciliation', variables: { period: lastMonth.toString() } },
    { name: 'process-health', variables: { from: null } },
    { name: 'customer-standings', variables: { currency: 'USD', first: 10, after: null } },
  ]
  const events = [
    { name: 'event-log', variables: { after: null, first: 20, types: null } },
    { name: 'invoice-events', variables: { after: null, customerId: null } },
    { name: 'payment-events', variables: { after: null } },
    { name: 'standing-changes', variables: {} },
    { name: 'replay-events', variables: { input: REPLAY } },
  ]
  return Promise.all(
    [...examples, ...systems, ...events].map(async ({ name, variables }) => ({
      name,
      document: await readFile(new URL(`${name}.graphql`, FOLDER), 'utf8'),
      variables: JSON.stringify(variables, null, 2),
    })),
  )
}

/** Twenty units of the line that runs longest, for the last month of the contract. */
function amendmentOf(contract: SampleContract | undefined): object {
  const line = contract?.lines.findLast(({ servicePeriod }) => servicePeriod.end === contract.endDate)
  const lastMonth = contract && Temporal.PlainDate.from(contract.endDate).subtract({ months: 1 })
  return {
    contractId: contract?.id ?? '',
    effectiveDate: lastMonth?.toString() ?? '2027-05-01',
    changes: [{ lineId: line?.id ?? '', quantity: '20' }],
  }
}
