// The one way to write: state, event and version together or not at all, whatever is said twice, late or at once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '#platform/command.ts'
import { InvalidFactError } from '#platform/facts.ts'
import { externalRef } from '#test/support/facts.ts'
import { openWarehouse, thing, thingFact, type Warehouse } from './warehouse.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse()
})
beforeEach(() => warehouse.empty())
afterAll(() => warehouse.close())

const NOON = Temporal.Instant.from('2026-06-15T12:00:00Z')
const nothing = { created: 0, changed: 0, unchanged: 0, stale: 0 }

describe('a command', () => {
  it('writes the state, its version and its event together', async () => {
    const fact = thingFact({ worth: 2n ** 62n, parts: [{ name: 'lid', worth: 7n }] })
    await warehouse.record(fact)
    expect(await warehouse.things()).toEqual([{ ...fact, version: 1, recordedAt: NOON }])
    expect(await warehouse.events()).toEqual([
      {
        aggregateId: 'thing-1',
        version: 1,
        aggregate: 'thing',
        type: 'revgraph.warehouse.thing.shelved.v1',
        recordedAt: NOON,
        correlationId: 'delivery 7',
        data: {
          id: 'thing-1',
          version: 1,
          recordedAt: '2026-06-15T12:00:00Z',
          externalRefs: [{ ...externalRef('Thing', 'thing-1'), sourceVersion: '1' }],
          shelfId: 'shelf-1',
          name: 'Vase',
          worth: '4611686018427387904',
          madeOn: '1987-05-01',
          arrivedAt: '2026-01-02T03:04:05.006Z',
          fragile: true,
          parts: [{ name: 'lid', worth: '7' }],
        },
      },
    ])
  })

  it('tells with each event the whole state as it was then', async () => {
    await warehouse.record(thingFact({ name: 'Vase', worth: 5n }))
    await warehouse.record(thingFact({ name: 'Urn', worth: 5n, sourceVersion: 2n }))
    expect(await warehouse.told()).toEqual([
      { version: 1, type: 'shelved', name: 'Vase', worth: '5' },
      { version: 2, type: 'changed', name: 'Urn', worth: '5' },
    ])
  })

  it('writes nothing when the rule throws after it saved', async () => {
    const work = runCommand(warehouse.db, warehouse.context, async (unit) => {
      await unit.save(thing, [{ before: undefined, after: thingFact() }])
      throw new Error('the shelf broke')
    })
    await expect(work).rejects.toThrow('the shelf broke')
    expect(await warehouse.things()).toEqual([])
    expect(await warehouse.events()).toEqual([])
  })

  it('locks and saves nothing without asking the database', async () => {
    warehouse.statements.length = 0
    await runCommand(warehouse.db, warehouse.context, async (unit) => {
      expect(await unit.lock(thing, [])).toEqual(new Map())
      expect(await unit.save(thing, [])).toEqual([])
    })
    expect(warehouse.statements).toEqual([])
  })

  it('is tried again while others are in its way, but not forever', async () => {
    await warehouse.record(thingFact())
    let attempts = 0
    const work = runCommand(warehouse.db, warehouse.context, async (unit) => {
      attempts += 1
      // Takes the thing for new though it is there: as one does who looked before it was committed.
      await unit.save(thing, [{ before: undefined, after: thingFact({ name: 'Urn' }) }])
    })
    await expect(work).rejects.toMatchObject({ code: '23505' })
    expect(attempts).toBe(5)
    expect(await warehouse.things()).toMatchObject([{ name: 'Vase', version: 1 }])
  })
})

describe('what a source states', () => {
  type Statement = readonly [sourceVersion: bigint, name: string]
  it.each<{ story: string; statements: readonly Statement[]; decisions: string; name: string }>([
    {
      story: 'the same twice',
      statements: [
        [1n, 'Vase'],
        [1n, 'Vase'],
      ],
      decisions: 'created unchanged',
      name: 'Vase',
    },
    {
      story: 'news',
      statements: [
        [1n, 'Vase'],
        [2n, 'Urn'],
      ],
      decisions: 'created changed',
      name: 'Urn',
    },
    {
      story: 'a correction that its source gave no new version',
      statements: [
        [1n, 'Vase'],
        [1n, 'Urn'],
      ],
      decisions: 'created changed',
      name: 'Urn',
    },
    {
      story: 'the older after the newer',
      statements: [
        [2n, 'Urn'],
        [1n, 'Vase'],
      ],
      decisions: 'created stale',
      name: 'Urn',
    },
    {
      story: 'what lies between two that said the same',
      statements: [
        [1n, 'Urn'],
        [3n, 'Urn'],
        [2n, 'Vase'],
      ],
      decisions: 'created unchanged stale',
      name: 'Urn',
    },
    {
      story: 'the same as before in an older version, which forgets no newer one',
      statements: [
        [3n, 'Urn'],
        [1n, 'Urn'],
        [2n, 'Vase'],
      ],
      decisions: 'created unchanged stale',
      name: 'Urn',
    },
    {
      story: 'a change and back',
      statements: [
        [1n, 'Vase'],
        [2n, 'Urn'],
        [3n, 'Vase'],
      ],
      decisions: 'created changed changed',
      name: 'Vase',
    },
  ])('$story: $decisions', async ({ statements, decisions, name }) => {
    const made: string[] = []
    for (const [sourceVersion, stated] of statements) {
      const { count } = await warehouse.record(thingFact({ name: stated, sourceVersion }))
      made.push(...Object.entries(count).flatMap(([decision, times]) => (times === 1 ? [decision] : [])))
    }
    expect(made.join(' ')).toBe(decisions)
    expect(await warehouse.things()).toMatchObject([{ name }])
    const told = made.filter((decision) => decision === 'created' || decision === 'changed')
    expect(await warehouse.events()).toHaveLength(told.length)
  })

  it('is compared by content, in whatever order its fields come', async () => {
    const { name, worth, ...rest } = thingFact()
    await warehouse.record(thingFact())
    expect((await warehouse.record({ worth, name, ...rest })).count).toEqual({ ...nothing, unchanged: 1 })
  })

  it.each([
    ['first', [2n, 1n]],
    ['last', [1n, 2n]],
  ])('twice in one batch: the newest counts, be it the %s', async (_, versions) => {
    const facts = versions.map((sourceVersion) =>
      thingFact({ sourceVersion, name: `version ${sourceVersion}` }),
    )
    const { count } = await warehouse.record(...facts)
    expect(count).toEqual({ ...nothing, created: 1, unchanged: 1 })
    expect(await warehouse.told()).toMatchObject([{ version: 1, name: 'version 2' }])
  })

  it('does not compete with the versions of another source', async () => {
    await warehouse.record(thingFact({ name: 'Vase', sourceVersion: 900n }))
    const other = { ...externalRef('Item', 'thing-1', 1n), system: 'netsuite' }
    const { count } = await warehouse.record(thingFact({ name: 'Urn', externalRefs: [other] }))
    expect(count).toEqual({ ...nothing, changed: 1 })
    expect(await warehouse.record(thingFact({ name: 'Jar', sourceVersion: 899n }))).toMatchObject({
      count: { stale: 1 },
    })
  })

  it('is counted one by one over a batch', async () => {
    await warehouse.record(
      ...['a', 'b', 'c'].map((id) => thingFact({ id: `thing-${id}`, sourceVersion: 5n })),
    )
    const { count, saved, before } = await warehouse.record(
      thingFact({ id: 'thing-a', sourceVersion: 5n }),
      thingFact({ id: 'thing-b', sourceVersion: 6n, name: 'Urn' }),
      thingFact({ id: 'thing-c', sourceVersion: 4n, name: 'Jar' }),
      thingFact({ id: 'thing-d' }),
    )
    expect(count).toEqual({ created: 1, changed: 1, unchanged: 1, stale: 1 })
    expect(saved.map(({ id, version }) => `${id} v${version}`)).toEqual(['thing-b v2', 'thing-d v1'])
    expect([...before.values()]).toMatchObject([{ id: 'thing-b', name: 'Vase', version: 1 }])
  })

  it('is refused as a whole batch where one fact breaks a rule, and says which', async () => {
    const batch = warehouse.record(thingFact(), thingFact({ id: 'thing-2', worth: -1n }))
    const error: unknown = await batch.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InvalidFactError)
    expect(error).toMatchObject({
      message: expect.stringContaining('thing thing-2') as string,
      violations: [{ code: 'AMOUNT_NEGATIVE', field: 'worth' }],
    })
    expect(await warehouse.things()).toEqual([])
    expect(await warehouse.events()).toEqual([])
  })

  it('takes the same statements, however many objects it is about', async () => {
    expect(await statementsOf(500)).toBe(await statementsOf(1))
  })
})

/** How many statements it takes to record so many new things. */
async function statementsOf(count: number): Promise<number> {
  warehouse.statements.length = 0
  await warehouse.record(...Array.from({ length: count }, (_, i) => thingFact({ id: `thing-${count}-${i}` })))
  return warehouse.statements.length
}
