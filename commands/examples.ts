import { readFile } from 'node:fs/promises'
import type { Execute } from '#gateway/engine.ts'
import type { Example } from '#gateway/http/graphiql.ts'

const FOLDER = new URL('../schema/examples/', import.meta.url)

const SAMPLE_CUSTOMER = `query SampleCustomer {
  customers(first: 1, filter: { status: { in: [ACTIVE] } }) { nodes { id name } }
  contracts(first: 1, filter: { status: { in: [ACTIVE] } }, orderBy: { field: END_DATE, direction: DESC }) {
    nodes { id endDate lines { id servicePeriod { end } } }
  }
}`

interface Sample {
  readonly data: {
    readonly customers: { readonly nodes: readonly { readonly id: string; readonly name: string }[] }
    readonly contracts: { readonly nodes: readonly SampleContract[] }
  } | null
}

interface SampleContract {
  readonly id: string
  readonly endDate: string
  readonly lines: readonly { readonly id: string; readonly servicePeriod: { readonly end: string } }[]
}

/** Consumers' documents, with variables that find something in the store as it is now. */
export async function readExamples(execute: Execute): Promise<Example[]> {
  const { body } = await execute(
    { query: SAMPLE_CUSTOMER },
    { requestId: 'examples', signal: new AbortController().signal, identity: { kind: 'anonymous' } },
  )
  const { data } = JSON.parse(body) as Sample
  const customer = data?.customers.nodes[0]
  const examples = [
    { name: 'customer-standing', variables: { id: customer?.id ?? '' } },
    { name: 'preview-amendment', variables: { input: amendmentOf(data?.contracts.nodes[0]) } },
    { name: 'billing-state', variables: { search: customer?.name.split(' ')[0] ?? '', first: 10 } },
  ]
  return Promise.all(
    examples.map(async ({ name, variables }) => ({
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
