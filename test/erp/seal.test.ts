// A seal proves what was in a period when it was closed: anybody can check it, and nothing can be changed behind it.
import { hash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkInvariants } from '#platform/invariant.ts'
import { auditPath } from '#platform/merkle.ts'
import { readSealProofs, readSeals, sealEntries } from '#subgraphs/erp/seal-store.ts'
import { erpInvariants } from '#subgraphs/erp/store.ts'
import { day, store } from '#test/domain/documents.ts'
import { openTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { annualInvoice, booksOf, openingFacts, period, stated, type TestBooks } from './books.ts'

let database: TestDatabase
let books: TestBooks

beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  await database.reset()
  books = booksOf(database)
  await books.record(openingFacts())
})
afterAll(() => database.close())

/** Posts so many invoices of January; their customers' names are not all plain. */
const bill = (count: number, from = 0) =>
  books.post(
    store({
      invoices: Array.from({ length: count }, (_, place) =>
        annualInvoice({
          id: `invoice-${from + place}`,
          number: `US-${from + place} "é\u2028\u0001\\"`,
          customerId: `customer-${place % 7}`,
          issueDate: day('2026-01-15'),
        }),
      ),
    }),
  )

const sealsOf = async (month: string) => (await readSeals(books.db, [`per_entity-1_${month}`]))[0] ?? []

const entryIds = async (): Promise<string[]> => {
  const rows = await database.owner.rows<{ id: string }>({
    text: 'SELECT id FROM erp.journal_entry ORDER BY sequence',
    values: [],
  })
  return rows.map(({ id }) => id)
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')

/** The root that follows from an entry, its place among so many, and the path: RFC 9162, 2.1.3.2. */
function rootOf(content: string, place: number, size: number, path: readonly string[]): string {
  let [node, index, last] = [sha256(Buffer.of(0), Buffer.from(content)), place, size - 1]
  for (const step of path) {
    while (index % 2 === 0 && index === last) [index, last] = [index >> 1, last >> 1]
    const sibling = Buffer.from(step, 'hex')
    node = index % 2 === 1 ? sha256(Buffer.of(1), sibling, node) : sha256(Buffer.of(1), node, sibling)
    ;[index, last] = [index >> 1, last >> 1]
  }
  return node.toString('hex')
}

/** Values of a JSON text in the canonical form of RFC 8785, as far as texts and lists need it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

describe('the tree', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const hashes = leaves.map((leaf) => sha256(Buffer.of(0), Buffer.from(leaf, 'hex')))

  // The test vectors of google/certificate-transparency.
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('over %s leaves has the root of RFC 6962, and a path to it from each', async (size, root) => {
    const [row] = await database.owner.rows<{ root: string }>({
      text: `SELECT encode(erp.merkle_root($1::bytea[]), 'hex') AS root`,
      values: [hashes.slice(0, size)],
    })
    expect(row?.root).toBe(root)
    for (let place = 0; place < size; place += 1) {
      const path = auditPath(hashes.slice(0, size), place).map((step) => step.toString('hex'))
      const content = Buffer.from(leaves[place] ?? '', 'hex').toString('latin1')
      if (Buffer.from(content).equals(Buffer.from(leaves[place] ?? '', 'hex')))
        expect(rootOf(content, place, size, path)).toBe(root)
    }
  })
})

describe('a sealed period', () => {
  // Two full tiles of hashes and one that is not.
  const ENTRIES = 600

  it('proves each of its entries to whoever has the seal', async () => {
    await bill(ENTRIES)
    await books.close('entity-1', '2026-01')
    const [seal] = await sealsOf('2026-01')
    expect(seal).toMatchObject({ version: 1, entryCount: BigInt(ENTRIES), previousHash: null })
    const proofs = await readSealProofs(books.db, await entryIds())
    expect(proofs).toHaveLength(ENTRIES)
    for (const [place, proof] of proofs.entries()) {
      expect(proof?.place).toBe(place)
      expect(rootOf(proof?.content ?? '', place, ENTRIES, proof?.path ?? [])).toBe(seal?.root)
      expect(rootOf(`${proof?.content ?? ''} `, place, ENTRIES, proof?.path ?? [])).not.toBe(seal?.root)
    }
  })

  it('says what is sealed in canonical JSON, whatever is in its texts', async () => {
    await bill(3)
    await books.close('entity-1', '2026-01')
    const [proof] = await readSealProofs(books.db, (await entryIds()).slice(1, 2))
    expect(canonical(JSON.parse(proof?.content ?? ''))).toBe(proof?.content)
    expect(JSON.parse(proof?.content ?? '')).toMatchObject({
      description: 'Invoice US-1 "é\u2028\u0001\\"',
      sequence: '2',
      lines: [{ role: 'RECEIVABLES', debit: '54000', credit: '0' }, {}, {}],
    })
    const [seal] = await sealsOf('2026-01')
    expect(canonical(JSON.parse(seal?.statement ?? ''))).toBe(seal?.statement)
    expect(hash('sha256', seal?.statement ?? '')).toBe(seal?.hash)
    expect(JSON.parse(seal?.statement ?? '')).toMatchObject({
      legalEntityId: 'entity-1',
      period: '2026-01',
      root: seal?.root,
      sealedAt: expect.stringMatching(/^2026-02-01T00:00:0\d\.000Z$/) as string,
    })
  })

  it('follows the seal before it, also where nothing was in it', async () => {
    await bill(1)
    await books.close('entity-1', '2026-01')
    await books.close('entity-1', '2026-02')
    await books.close('entity-1', '2026-03')
    const [january, february, march] = await Promise.all(['2026-01', '2026-02', '2026-03'].map(sealsOf))
    expect(february?.[0]).toMatchObject({
      previousHash: january?.[0]?.hash,
      entryCount: 0n,
      root: sha256().toString('hex'),
    })
    expect(march?.[0]?.previousHash).toBe(february?.[0]?.hash)
    expect(await books.broken()).toEqual({})
  })

  it('that is reopened and closed again has a second seal, under which the first one still holds', async () => {
    await bill(300)
    await books.close('entity-1', '2026-01')
    await books.reopen('entity-1', '2026-01')
    await bill(300, 300)
    const late = (await entryIds()).at(-1) ?? ''
    expect(await readSealProofs(books.db, [late])).toEqual([null])
    await books.close('entity-1', '2026-01')
    const [second, first] = await sealsOf('2026-01')
    expect([first, second]).toMatchObject([
      { version: 1, entryCount: 300n },
      { version: 2, entryCount: 600n, previousHash: first?.hash },
    ])
    expect(await books.broken()).toEqual({})
    const [proof] = await readSealProofs(books.db, [late])
    expect(rootOf(proof?.content ?? '', proof?.place ?? 0, 600, proof?.path ?? [])).toBe(second?.root)
  })

  it('may be closed by its source, which is not asked for a checklist', async () => {
    await bill(2)
    await books.record({ accountingPeriods: [period('entity-1', '2026-01', 'CLOSED', 2n)] })
    expect(await sealsOf('2026-01')).toMatchObject([{ entryCount: 2n }])
    const range = { start: day('2026-01-01'), end: day('2026-01-20') }
    const restated = {
      ...period('entity-1', '2026-01', 'OPEN', 3n),
      range,
      ...stated('per_entity-1_2026-01', 3n),
    }
    await books.record({ accountingPeriods: [restated] })
    expect(await books.broken()).toEqual({})
    await books.record({
      accountingPeriods: [{ ...restated, status: 'REOPENED', ...stated(restated.id, 4n) }],
    })
    const [row] = await database.owner.rows({
      text: `SELECT status, reopenings, range->>'end' AS end FROM erp.accounting_period WHERE id = $1`,
      values: [restated.id],
    })
    expect(row).toMatchObject({
      status: 'REOPENED',
      end: '2026-02-01',
      reopenings: [{ actor: 'netsuite', reason: 'Stated by the source' }],
    })
  })
})

/** Moves the last entry of January to a place in April, or changes one of April. */
const put = (sequence: number): string =>
  `UPDATE erp.journal_entry SET period = '2026-04', sequence = ${sequence} WHERE sequence = 262`
const change = (place: number): string =>
  `UPDATE erp.journal_entry SET customer_id = NULL WHERE id = 'copy ${place}'`

describe('behind all guards', () => {
  class RolledBack extends Error {}

  const sealInvariants = erpInvariants.filter(({ name }) => name.includes('seal'))

  /** What `check-books` says of a change that no trigger saw, by invariant; nothing of it stays. */
  async function foundIn(text: string): Promise<Record<string, readonly string[]>> {
    let found: Record<string, readonly string[]> = {}
    const planted = database.owner.transaction(async (transaction) => {
      await transaction.rows({ text: 'SET LOCAL session_replication_role = replica', values: [] })
      await transaction.rows({ text, values: [] })
      const findings = await checkInvariants(transaction, sealInvariants)
      const broken = findings.filter(({ ids }) => ids.length > 0)
      found = Object.fromEntries(broken.map(({ invariant, ids }) => [invariant.name, ids]))
      throw new RolledBack()
    })
    await expect(planted).rejects.toThrow(RolledBack)
    return found
  }

  const entries = async (text: string): Promise<readonly string[] | undefined> =>
    (await foundIn(text))['7 sealed entries']

  beforeEach(async () => {
    await bill(260)
    await books.close('entity-1', '2026-01')
    await books.reopen('entity-1', '2026-01')
    await bill(2, 260)
    await books.close('entity-1', '2026-01')
    await books.close('entity-1', '2026-02')
  })

  it.each([
    [
      'an amount on both sides',
      `UPDATE erp.journal_line SET debit = 2 * debit, credit = 2 * credit WHERE entry_id = $`,
    ],
    ['an account', `UPDATE erp.journal_line SET account_id = 'mine' WHERE entry_id = $ AND line_number = 1`],
    ['a day', `UPDATE erp.journal_entry SET date = '2026-01-16' WHERE id = $`],
    ['whose it is', `UPDATE erp.journal_entry SET customer_id = NULL WHERE id = $`],
    [
      'whose a line is',
      `UPDATE erp.journal_line SET customer_id = NULL WHERE entry_id = $ AND line_number = 2`,
    ],
  ])('a change of %s is found, and the entry named', async (_, text) => {
    const ids = await entryIds()
    for (const id of [ids[0], ids[257], ids[261]]) {
      expect(await foundIn(text.replace('$', `'${id}'`))).toEqual({ '7 sealed entries': [id] })
    }
  })

  it.each([
    [
      'an entry that was taken out',
      `UPDATE erp.journal_entry SET period = '2026-03' WHERE sequence = 262`,
      1,
    ],
    ['an entry that was put in', `UPDATE erp.journal_entry SET period = '2026-02' WHERE sequence = 262`, 2],
    [
      'a seal without its period',
      `UPDATE erp.accounting_period SET seal_hash = NULL WHERE period = '2026-02'`,
      1,
    ],
    [
      'a period that was closed by hand',
      `UPDATE erp.accounting_period SET status = 'CLOSED' WHERE period = '2026-05' AND legal_entity_id = 'entity-1'`,
      1,
    ],
    ['the hash of an entry', `UPDATE erp.seal_tile SET hashes = overlay(hashes PLACING '\\x00' FROM 1)`, 1],
    ['a seal', `UPDATE erp.period_seal SET entry_count = 261 WHERE version = 2`, 1],
    ['the order of the seals', `UPDATE erp.period_seal SET previous_hash = hash WHERE number = 3`, 1],
  ])('%s is found', async (_, text, atLeast) => {
    const found = await foundIn(text)
    expect(Object.values(found).flat().length).toBeGreaterThanOrEqual(atLeast)
    expect(Object.keys(found)).toContain('7 seals')
  })

  it('also where a period has more entries than one statement looks through', async () => {
    const ENTRIES = 16_384 + 300
    await database.owner.transaction(async (transaction) => {
      await transaction.rows({ text: 'SET LOCAL session_replication_role = replica', values: [] })
      await transaction.rows({
        text: `INSERT INTO erp.journal_entry SELECT (jsonb_populate_record(e, jsonb_build_object(
            'id', 'copy ' || n, 'sequence', 1000 + 2 * n, 'number', n, 'discriminator', n, 'period', '2026-04'))).*
          FROM erp.journal_entry e, generate_series(1, ${ENTRIES}) AS n WHERE e.sequence = 1`,
        values: [],
      })
    })
    await database.owner.transaction((transaction) =>
      sealEntries(
        transaction,
        {
          id: 'per_entity-1_2026-04',
          legalEntityId: 'entity-1',
          period: Temporal.PlainYearMonth.from('2026-04'),
        },
        books.clock.now(),
      ),
    )
    expect(await entries('SELECT 1')).toBeUndefined()
    for (const place of [1, 16_384, 16_385, ENTRIES]) {
      expect(await entries(change(place))).toEqual([`copy ${place}`])
    }
    // Between the last entry of one part and the first of the next; behind the last one, it came after the seal.
    expect(await entries(put(1000 + 2 * 16_384 + 1))).toHaveLength(1)
    expect(await entries(put(1000 + 2 * ENTRIES + 1))).toBeUndefined()
  })

  it('nothing else is', async () => {
    expect(await foundIn('SELECT 1')).toEqual({})
    expect(
      await foundIn(`UPDATE erp.journal_entry SET status = 'REVERSED', version = 2 WHERE sequence = 5`),
    ).toEqual({})
  })

  it.each(['UPDATE erp.period_seal SET version = 9', 'DELETE FROM erp.period_seal'])(
    'the database refuses to change a seal: %s',
    async (text) => {
      await expect(database.owner.rows({ text, values: [] })).rejects.toThrow('a seal is never changed')
    },
  )
})
