import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readLag } from '#platform/log/consumer-store.ts'
import { readBounds } from '#platform/log/read.ts'
import { Random } from '#subgraphs/operations/seed/random.ts'
import { type Campaign, judge } from './campaign.ts'
import { FAULTS } from './events/faults.ts'
import { inspect } from './events/inspect.ts'
import type { Player } from './events/cast.ts'
import { readRecord } from './events/part.ts'
import { openStage, type Size, type Stage } from './events/stage.ts'

const FULL = { size: { writers: 4, nodes: 2, consumers: 3, subscribers: 50 }, faults: 500 }
const SHORT = { size: { writers: 2, nodes: 2, consumers: 2, subscribers: 4 }, faults: 16 }
/** So often each planted bug is met, and so many events there are, however slow the machine is. */
const MIN_MEETINGS = 3
const MIN_EVENTS = 200n
/** Faults that are under way at the same time. */
const LANES = 3
const MAX_PAUSE_MS = 800
/** How long a planted bug is waited for, and left alone after it was met. */
const HARASS_MS = 1_500
const STOP_MS = 4_500
const POLL_MS = 50
/** All must be well again so soon after the last fault. */
const SETTLE_MS = 60_000

/**
 * `npm run campaign -- events [--seed N] [--faults 500] [--short]`: writers, nodes that publish, consumers and
 * subscribers as processes of their own, which are killed and stopped, while PostgreSQL restarts, Redis forgets and
 * connections are cut. In the end every consumer and subscriber must have had every committed event once and in order;
 * and the same must be found of none of four planted bugs.
 */
export const runEvents: Campaign = async (options) => {
  const { values } = parseArgs({
    args: [...options],
    options: {
      seed: { type: 'string', default: '1' },
      faults: { type: 'string' },
      short: { type: 'boolean', default: false },
    },
  })
  const { size, faults } = values.short ? SHORT : FULL
  const seed = Number(values.seed)
  const stage = await openStage(size, seed)
  try {
    process.stdout.write(`seed ${seed}: ${inPlaces(size)}\n`)
    await until('the first events', async () => (await readBounds(stage.owner, 'crm')).head > 0n)
    const felt = await makeTrouble(stage, Number(values.faults ?? faults), seed)
    await settle(stage)
    report(felt)
    return judge(await inspect(stage, felt.length))
  } finally {
    await stage.close()
  }
}

const inPlaces = (size: Size): string =>
  Object.entries(size)
    .map(([part, count]) => `${count} ${part}`)
    .join(', ')

/** A fault, and how long after it an event that was recorded later was published. */
interface Felt {
  readonly kind: string
  readonly recoveryMs: number
}

async function makeTrouble(stage: Stage, count: number, seed: number): Promise<Felt[]> {
  const random = new Random(seed, 'faults')
  const kinds = planOf(count, random)
  const felt: Felt[] = []
  const over = new AbortController()
  const harassing = harass(stage, over.signal)
  const lane = async (): Promise<void> => {
    for (let kind = kinds.shift(); kind !== undefined; kind = kinds.shift()) {
      const before = await headOf(stage)
      const from = performance.now()
      await FAULTS[kind]?.[1](stage, random)
      await until(`events after ${kind}`, async () => (await headOf(stage)) > before)
      felt.push({ kind, recoveryMs: performance.now() - from })
      await sleep(random.between(0, MAX_PAUSE_MS))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  over.abort()
  await harassing
  await until('enough events', async () => (await headOf(stage)) >= MIN_EVENTS)
  return felt
}

/** Each kind once at least, where there is room, and the others by their weights. */
function planOf(count: number, random: Random): string[] {
  const kinds = Object.keys(FAULTS)
  const weighted = Object.entries(FAULTS).map(([kind, [weight]]) => [weight, kind] as const)
  const plan = Array.from({ length: count }, (_, index) => kinds[index] ?? random.weighted(weighted))
  return plan
    .map((kind) => ({ kind, place: random.between(0, count * count) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ kind }) => kind)
}

/** Meets each planted bug at the moment in which it can do harm, again and again: a few times at least. */
async function harass({ planted }: Stage, signal: AbortSignal): Promise<void> {
  const [, ...others] = planted
  const meet = async (player: Player): Promise<void> => {
    for (let met = 0; !signal.aborted || met < MIN_MEETINGS;) {
      if (!(await player.speaks(HARASS_MS))) {
        // Whoever is silent is not where harm could be done, and has to be awake to take over from who is stopped.
        if (signal.aborted) return
        continue
      }
      met += 1
      if (player.name.startsWith('no fencing')) await stopForLong(player)
      else await player.kill()
      await sleep(HARASS_MS)
    }
  }
  await Promise.all(others.map(meet))
}

async function stopForLong(player: Player): Promise<void> {
  player.signal('SIGSTOP')
  await sleep(STOP_MS)
  player.signal('SIGCONT')
}

/** PostgreSQL may be away for a moment. */
async function headOf({ owner }: Stage): Promise<bigint> {
  for (;;) {
    try {
      return (await readBounds(owner, 'crm')).head
    } catch {
      await sleep(POLL_MS)
    }
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + SETTLE_MS
  while (performance.now() < end) {
    if (await isSo().catch(() => false)) return
    await sleep(POLL_MS)
  }
  process.stdout.write(`waited in vain for ${what}\n`)
}

/** Has the writers end, and the others come to the end of the log. */
async function settle(stage: Stage): Promise<void> {
  const { owner, writers, subscribers, planted } = stage
  await Promise.all(writers.map((writer) => writer.end()))
  await until('the relay', async () => {
    const [left] = await owner.rows<{ count: bigint }>({
      text: 'SELECT count(*) FROM crm.outbox',
      values: [],
    })
    return left?.count === 0n
  })
  const head = await headOf(stage)
  await until('consumers', async () =>
    (await readLag(owner, 'insight', ['crm'])).every(({ events }) => events === 0n),
  )
  await until('the cursor over the sequence', async () => {
    const text = 'SELECT max(campaign_sequence) AS last FROM crm.event'
    const [row] = await owner.rows<{ last: bigint }>({ text, values: [] })
    return (
      readRecord(planted[0]?.record ?? '')
        .at(-1)
        ?.startsWith(`${row?.last} `) === true
    )
  })
  // The last that the planted bugs have in hand.
  await sleep(HARASS_MS)
  await until('subscribers', async () =>
    Promise.resolve(subscribers.every(({ record }) => readRecord(record).at(-1)?.startsWith(`${head} `))),
  )
}

function report(felt: readonly Felt[]): void {
  const kinds = Object.groupBy(felt, ({ kind }) => kind)
  for (const [kind, times] of Object.entries(kinds)) {
    const recoveries = (times ?? []).map(({ recoveryMs }) => recoveryMs).toSorted((a, b) => a - b)
    const [median, longest] = [recoveries[Math.floor(recoveries.length / 2)] ?? 0, recoveries.at(-1) ?? 0]
    process.stdout.write(
      `${String(recoveries.length).padStart(4)} × ${kind.padEnd(34)} events flow again after ` +
        `${Math.round(median)} ms (median), ${Math.round(longest)} ms (longest)\n`,
    )
  }
}
