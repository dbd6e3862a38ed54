// What a consumer could not apply is given to it again: counted first, with a reason, once, and at a bounded rate.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerFact } from '#test/support/facts.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

const REPLAY = readFileSync(new URL('../../schema/examples/replay-events.graphql', import.meta.url), 'utf8')

interface Replay {
  readonly id: string
  readonly mode: string
  readonly status: string
  readonly eventCount: string
  readonly consumers: readonly {
    readonly name: string
    readonly wouldApply: string
    readonly wouldSkip: string
  }[]
}
interface Answer {
  readonly replayEvents: {
    readonly replay: Replay | null
    readonly userErrors: readonly { readonly code: string; readonly field: string }[]
  }
}

let world: LiveWorld
let stopInsight: () => Promise<void>
beforeAll(async () => {
  world = await openLiveWorld()
  stopInsight = await world.startInsight()
})
afterAll(async () => {
  await stopInsight()
  await world.close()
})

const types = ['revgraph.crm.customer.created.v1']
const asked = { mode: 'REDELIVER', types, from: null, to: null, dryRun: true, reason: 'The rule was mended.' }

async function replay(input: object): Promise<Answer['replayEvents']> {
  const { data, errors } = await world.ask<Answer>(REPLAY, { input: { ...asked, ...input } })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.replayEvents
}

/** What a request is refused for: code and field each. */
const codes = async (input: object): Promise<string[]> =>
  (await replay(input)).userErrors.map(({ code, field }) => `${code} ${field}`)

const owner = (text: string): Promise<object[]> => world.database.owner.rows({ text, values: [] })

/** Customers whose standing was told. */
const told = (): Promise<object[]> => owner('SELECT customer_id FROM insight.standing ORDER BY customer_id')

async function statusOf(id: string | undefined): Promise<unknown> {
  const query =
    'query ($id: ID!) { replay(id: $id) { status reason requestedBy consumers { applied skipped } } }'
  const { data, errors } = await world.ask<{ replay: unknown }>(query, { id })
  if (errors) throw new Error(errors[0]?.message)
  return data?.replay
}

describe('A replay', () => {
  it('is refused without a reason, for what is not there, and before it was counted', async () => {
    expect(await codes({ reason: ' ' })).toEqual(['REASON_MISSING reason'])
    expect(await codes({ types: ['revgraph.crm.customer.eaten.v1'] })).toEqual(['EVENT_TYPE_UNKNOWN types'])
    expect(await codes({ from: '2027-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' })).toEqual([
      'RANGE_INVALID to',
    ])
    expect(await codes({ eventsPerSecond: 0 })).toEqual(['RANGE_INVALID eventsPerSecond'])
    const rebuilding = { mode: 'REBUILD_PROJECTION' }
    expect(await codes({ ...rebuilding, from: '2027-01-01T00:00:00Z' })).toEqual(['RANGE_INVALID from'])
    const quotes = ['revgraph.crm.quote.created.v1']
    expect(await codes({ ...rebuilding, types: quotes })).toEqual(['REFERENCE_MISSING consumers'])
    expect(await codes({ consumers: ['nobody'] })).toEqual(['REFERENCE_MISSING consumers'])
    expect(await codes({ dryRun: false })).toEqual(['STATUS_FORBIDS dryRun'])
  })

  it('applies what was set aside and skips the rest, once for each dry run', async () => {
    await owner(`ALTER TABLE insight.projection_state ADD CONSTRAINT poison
      CHECK (projection <> 'standing-crm' OR key <> 'cus_poison')`)
    await world.record({ customers: ['cus_1', 'cus_2', 'cus_poison'].map((id) => customerFact({ id })) })
    const inOrder = [{ customer_id: 'cus_1' }, { customer_id: 'cus_2' }]
    await expect.poll(told).toEqual(inOrder)
    await expect.poll(() => owner('SELECT FROM insight.dead_letter')).toHaveLength(1)

    const counted = await replay({ consumers: ['standing-crm'] })
    expect(counted.replay).toMatchObject({
      mode: 'REDELIVER',
      status: 'DRY_RUN',
      eventCount: '3',
      consumers: [{ name: 'standing-crm', wouldApply: '1', wouldSkip: '2' }],
    })
    expect(await told()).toEqual(inOrder)

    await owner('ALTER TABLE insight.projection_state DROP CONSTRAINT poison')
    const begun = await replay({ consumers: ['standing-crm'], dryRun: false })
    expect(begun.userErrors).toEqual([])
    await expect
      .poll(() => statusOf(begun.replay?.id))
      .toEqual({
        status: 'DONE',
        reason: asked.reason,
        requestedBy: expect.stringMatching(/^anonymous \(request /) as string,
        consumers: [{ applied: '1', skipped: '2' }],
      })
    await expect.poll(told).toHaveLength(3)
    expect((await replay({ consumers: ['standing-crm'], dryRun: false })).replay?.id).toBe(begun.replay?.id)
  })

  it('is ended early where somebody says so, and why', async () => {
    await stopInsight()
    await replay({ consumers: ['standing-billing'], types: null })
    const { replay: waiting } = await replay({ consumers: ['standing-billing'], types: null, dryRun: false })
    expect(waiting?.status).toBe('REQUESTED')
    const { data } = await world.ask<{ cancelReplay: { replay: Replay } }>(
      'mutation ($input: CancelReplayInput!) { cancelReplay(input: $input) { replay { status } userErrors { code } } }',
      { input: { id: waiting?.id, reason: 'Not needed.' } },
    )
    expect(data?.cancelReplay.replay.status).toBe('CANCELLED')
    stopInsight = await world.startInsight()
  })
})
