import type { Config } from '#platform/config.ts'
import type { Queryable } from '#platform/database.ts'
import { readLegalEntities } from '#subgraphs/erp/store.ts'
import { say } from './command.ts'

/** A connector of a company that is not there is never asked: it may be misspelt, or come with the first import. */
export async function tellUnknownCompanies(
  { connectors }: Pick<Config, 'connectors'>,
  erp: Queryable,
): Promise<void> {
  const named = connectors.flatMap(({ legalEntity }) => legalEntity ?? [])
  if (named.length === 0) return
  const known = (await readLegalEntities(erp)).map(({ code }) => code)
  const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`
  for (const code of new Set(named))
    if (!known.includes(code))
      say(`CONNECTORS names the legal entity ${code}, which is not in the store: ${there}.`)
}
