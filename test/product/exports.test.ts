// Files of views that clients ask for: how far they are, and links that go on where a download was cut off.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf } from '#commands/export-csv.ts'
import { exportView } from '#commands/export-published.ts'
import { runCommand } from '#platform/command.ts'
import { readExport } from '#subgraphs/operations/export-store.ts'
import {
  type ExportSource,
  exportsKeptSince,
  makeExport,
  requestExport,
} from '#subgraphs/operations/exports/desk.ts'
import { generateCompany } from '#subgraphs/operations/seed/generate.ts'
import { day, invoiceFact, invoiceLine } from '#test/domain/documents.ts'
import { exchange, type Reply, serve } from '#test/gateway/exchange.ts'
import { silentLog } from '#test/support/log.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

const EXPORT = `mutation ($input: ExportViewInput!) { exportView(input: $input) {
  export { id } replayed userErrors { code field message } } }`
const STATUS = 'query ($id: ID!) { export(id: $id) { status rowsWritten rowsTotal bytes url expiresAt } }'

interface Payload {
  readonly export: { readonly id: string } | null
  readonly replayed: boolean
  readonly userErrors: readonly object[]
}
interface Status {
  readonly status: string
  readonly rowsWritten: string
  readonly rowsTotal: string
  readonly bytes: string
  readonly url: string
}

let world: LiveWorld
beforeAll(async () => {
  world = await openLiveWorld()
  const today = Temporal.PlainDate.from('2026-06-15')
  for (const facts of generateCompany({ customers: 20, seed: 7, today })) await world.record(facts)
}, 240_000)
afterAll(() => world.close())

const request = async (
  view: string,
  format: string,
  idempotencyKey = `${view} ${format}`,
): Promise<Payload> => {
  const { data, errors } = await world.ask<{ exportView: Payload }>(EXPORT, {
    input: { view, format, idempotencyKey },
  })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.exportView
}
/** Asks for a file and waits until it is whole. */
async function made(view: string, format: string): Promise<Status> {
  const { export: asked } = await request(view, format)
  const status = async (): Promise<Status | undefined> =>
    (await world.ask<{ export: Status }>(STATUS, { id: asked?.id })).data?.export
  await expect.poll(async () => (await status())?.status, { timeout: 30_000 }).toBe('DONE')
  const done = await status()
  if (!done) throw new Error('it is gone')
  return done
}
const get = async (path: string, headers: Record<string, string> = {}): Promise<Reply> =>
  exchange(new URL(path, await serve(world.gateway)).href, { method: 'GET', headers })

describe('A file', () => {
  it('is the view at the moment at which it was asked for, with how many rows it has', async () => {
    const pieces: string[] = []
    const count = await exportView(world.database.owner, 'invoice', csvOf, async (piece) => {
      pieces.push(String(piece))
    })
    const { url, ...file } = await made('invoice', 'CSV')
    expect(file).toMatchObject({ rowsWritten: String(count), rowsTotal: String(count) })
    await world.record({
      invoices: [
        invoiceFact({
          id: 'inv_late',
          number: 'LATE',
          issueDate: day('2026-06-15'),
          dueDate: day('2026-07-15'),
          lines: [invoiceLine(1_00n)],
        }),
      ],
    })
    const reply = await get(url)
    expect(reply).toMatchObject({
      status: 200,
      body: pieces.join(''),
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-length': file.bytes,
        'content-disposition': 'attachment; filename="invoice.csv"',
        'accept-ranges': 'bytes',
      },
    })
  })

  it('goes on where a download was cut off, to the byte', async () => {
    const { url, bytes } = await made('invoice_line', 'CSV')
    const whole = await get(url)
    const tag = String(whole.headers.etag)
    const cut = 12_345
    const begun = await get(url, { range: `bytes=0-${cut - 1}` })
    const rest = await get(url, { range: `bytes=${cut}-`, 'if-range': tag })
    expect(rest).toMatchObject({
      status: 206,
      headers: { 'content-range': `bytes ${cut}-${Number(bytes) - 1}/${bytes}` },
    })
    expect(begun.body + rest.body).toBe(whole.body)
    expect(await get(url, { range: `bytes=${cut}-`, 'if-range': '"another"' })).toMatchObject({ status: 200 })
    expect(await get(url, { range: `bytes=${bytes}-` })).toMatchObject({ status: 416 })
  })

  it('is made as Parquet as well', async () => {
    const { url, bytes } = await made('customer', 'PARQUET')
    expect(await get(url, { range: 'bytes=0-3' })).toMatchObject({ status: 206, body: 'PAR1' })
    expect(await get(url, { range: 'bytes=-4' })).toMatchObject({
      body: 'PAR1',
      headers: { 'content-range': `bytes ${Number(bytes) - 4}-${Number(bytes) - 1}/${bytes}` },
    })
  })

  it('is one for its key, and none of a view that there is not', async () => {
    const first = await request('payment', 'CSV')
    expect(await request('payment', 'CSV')).toEqual({ ...first, replayed: true })
    expect(await request('crm.customer; DROP TABLE', 'CSV')).toMatchObject({
      export: null,
      userErrors: [{ code: 'REFERENCE_MISSING', field: 'view' }],
    })
  })

  it('is not found by a token that nobody was given, and forgotten after a day', async () => {
    const { url } = await made('credit_note', 'CSV')
    expect((await get(`${url}x`)).status).toBe(404)
    expect((await get('/exports/')).status).toBe(404)
    world.clock.advance({ hours: 24, seconds: 1 })
    expect((await get(url)).status).toBe(404)
  })
})

const source = (pieces: ExportSource['pieces']): ExportSource => ({
  views: () => Promise.resolve(['figure']),
  pieces,
})
const context = () => ({ subgraph: 'operations', clock: world.clock, correlationId: 'export' })
const asked = (of: ExportSource) =>
  runCommand(world.database.of('operations'), context(), (unit) =>
    requestExport(unit, of, { view: 'figure', format: 'CSV' }, world.clock.now()),
  )
const make = async (of: ExportSource, id: string | null) => {
  const db = world.database.of('operations')
  await makeExport(db, of, id ?? '', { log: silentLog, now: world.clock.now() })
  return readExport(db, 'id', id ?? '', exportsKeptSince(world.clock.now()))
}

describe('What makes files', () => {
  it('tells of one that could not be made, and makes two at a time', async () => {
    const breaking = source(async function* () {
      yield { content: Buffer.from('a'), rowsWritten: 1n, rowsTotal: 2n }
      throw new Error('The view is gone')
    })
    const first = await asked(breaking)
    await asked(breaking)
    expect(await asked(breaking)).toMatchObject({ exportId: null, violations: [{ code: 'TOO_MANY' }] })
    expect(await make(breaking, first.exportId)).toMatchObject({ status: 'FAILED', rowsTotal: 2n })
    expect(await asked(breaking)).toMatchObject({ violations: [] })
  })
})
