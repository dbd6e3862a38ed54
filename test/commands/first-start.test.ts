// The first start of somebody who has only just installed it: her first questions meet all that was invented.
import { expect, test } from 'vitest'
import { startNode } from '#test/product/node-process.ts'
import { openTestDatabase } from '#test/support/database.ts'

const CUSTOMERS = 60
const START_TIMEOUT_MS = 120_000

const QUERY = '{ customers(first: 1) { totalCount } customerStandings(first: 1) { totalCount } }'

test(
  'once it says that it is ready, each customer of the invented company has a standing',
  { timeout: START_TIMEOUT_MS },
  async () => {
    const database = await openTestDatabase()
    const node = await startNode(database.url, { SEED_CUSTOMERS: String(CUSTOMERS) })
    const response = await fetch(`http://${node.url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    })
    const answer: unknown = await response.json()
    await node.kill()
    await database.close()
    expect(answer).toEqual({
      data: { customers: { totalCount: CUSTOMERS }, customerStandings: { totalCount: CUSTOMERS } },
    })
  },
)
