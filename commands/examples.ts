import { readFile } from 'node:fs/promises'
import type { Execute } from '#gateway/engine.ts'
import type { Example } from '#gateway/http/graphiql.ts'

const FOLDER = new URL('../schema/examples/', import.meta.url)

const SAMPLE_CUSTOMER = `query SampleCustomer {
  customers(first: 1, filter: { status: { in: [ACTIVE] } }) { nodes { id name } }
}`

interface Sample {
  readonly data: {
    readonly customers: { readonly nodes: readonly { readonly id: string; readonly name: string }[] }
  } | null
}

/** Consumers' documents, with variables that find something in the store as it is now. */
export async function readExamples(execute: Execute): Promise<Example[]> {
  const { body } = await execute(
    { query: SAMPLE_CUSTOMER },
    { requestId: 'examples', signal: new AbortController().signal, identity: { kind: 'anonymous' } },
  )
  const customer = (JSON.parse(body) as Sample).data?.customers.nodes[0]
  const examples = [
    { name: 'customer-standing', variables: { id: customer?.id ?? '' } },
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
