// What leaves for tools of business intelligence: published views, which one role may read and nothing else.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf } from '#commands/export-csv.ts'
import { parquetOf } from '#commands/export-parquet.ts'
import { exportView } from '#commands/export-published.ts'
import { writeToFile } from '#commands/output.ts'
import { manualClock } from '#platform/clock.ts'
import { readPublishedViews } from '#platform/published-views.ts'
import { createRecordFacts } from '#product.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { customerFact } from '#test/support/facts.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'revgraph-export-'))
  const record = createRecordFacts(database.of, manualClock('2026-06-15T12:00:00Z'), 'test')
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 10, seed: 7, today })) await record(facts)
  await record({ customers: [customerFact({ id: 'cus_evil', name: '=HYPERLINK("http://evil","Pay")' })] })
}, 120_000)
afterAll(async () => {
  await rm(folder, { recursive: true })
  await database.close()
})

async function csv(view: string): Promise<string[]> {
  const pieces: string[] = []
  await exportView(database.owner, view, csvOf, async (piece) => void pieces.push(String(piece)))
  return pieces.join('').trimEnd().split('\r\n')
}

async function parquet(view: string): Promise<Record<string, unknown>[]> {
  const path = join(folder, `${view}.parquet`)
  await writeToFile(path, (write) => exportView(database.owner, view, parquetOf, write))
  const file = await asyncBufferFromFile(path)
  await parquetMetadataAsync(file)
  return parquetReadObjects({ file })
}

const sums = (text: string): Promise<{ currency: string; total: string; count: number }[]> =>
  database.owner.rows({ text, values: [] })

describe('A published view', () => {
  it('comes as CSV: a header, exact amounts, and no cell that a spreadsheet would run', async () => {
    const [header, ...lines] = await csv('customer')
    expect(header).toBe('id,name,legal_name,status,region,segment,country,currency,parent_id')
    expect(lines).toContainEqual(expect.stringContaining(`cus_evil,"'=HYPERLINK(""http://evil"",""Pay"")",`))
    const invoices = await csv('invoice')
    const minorUnits = invoices.slice(1).map((line) => line.split(',').at(-2)?.replace('.', ''))
    const known = await sums(`SELECT sum(total)::text AS total, count(*)::int AS count FROM billing.invoice`)
    expect(minorUnits.reduce((sum, text) => sum + BigInt(text ?? ''), 0n)).toBe(BigInt(known[0]?.total ?? ''))
    expect(minorUnits).toHaveLength(known[0]?.count ?? 0)
    const yen = invoices.find((line) => line.includes(',JPY,'))
    expect(yen?.split(',').at(-2)).toMatch(/^\d+$/)
  })

  it('keeps what is negative a number', async () => {
    const lines = await csv('invoice_line')
    expect(lines.filter((line) => /,-\d+(\.\d+)?,/.test(line)).length).toBeGreaterThan(0)
    expect(lines.filter((line) => /'-\d/.test(line))).toEqual([])
  })

  it('comes as Parquet with the same rows: dates as dates, nothing as null', async () => {
    const rows = await parquet('invoice')
    const byCurrency = Map.groupBy(rows, ({ currency }) => currency as string)
    for (const { currency, total, count } of await sums(
      `SELECT currency, sum(total / CASE WHEN currency = 'JPY' THEN 1 ELSE 100.0 END)::float8::text AS total,
        count(*)::int AS count FROM billing.invoice GROUP BY 1`,
    )) {
      const own = byCurrency.get(currency) ?? []
      expect(own).toHaveLength(count)
      expect(own.reduce((sum, row) => sum + Number(row['total']), 0)).toBeCloseTo(Number(total), 2)
    }
    expect(rows[0]?.['issue_date']).toBeInstanceOf(Date)
    expect(rows.some((row) => row['paid_on'] === null)).toBe(true)
  })

  it('comes as Parquet where it is empty', async () => {
    expect(await parquet('customer_standing')).toEqual([])
  })

  it('that is not there is refused with the names of those that are', async () => {
    const nothing = exportView(database.owner, 'invoice; DROP TABLE', csvOf, async () => {})
    await expect(nothing).rejects.toThrow(/There is no .* there are journal, contract, credit_note, customer/)
  })
})

const asAnalyst = (text: string): Promise<unknown[]> =>
  database.owner.transaction(async (transaction) => {
    await transaction.rows({ text: 'SET LOCAL ROLE revgraph_bi', values: [] })
    return transaction.rows({ text, values: [] })
  })

describe('The role of analysts', () => {
  it('reads every view, each of which says what it has', async () => {
    const views = await readPublishedViews(database.owner)
    expect(views.length).toBeGreaterThan(7)
    for (const { name, description } of views) {
      expect(description, name).toMatch(/^[A-Z].{20,}\.$/)
      await asAnalyst(`SELECT * FROM bi.${name} LIMIT 1`)
    }
  })

  it.each([
    'SELECT * FROM billing.invoice',
    'SELECT * FROM crm.event',
    'SELECT * FROM operations.webhook_secret',
    'UPDATE bi.customer SET name = name',
    'DELETE FROM bi.invoice',
    'CREATE TABLE bi.own (id text)',
  ])('may not: %s', async (text) => {
    await expect(asAnalyst(text)).rejects.toThrow(/permission denied|cannot delete/)
  })
})
