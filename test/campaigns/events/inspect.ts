/** What everybody saw, held against what is committed. */
import type { Check } from '../campaign.ts'
import type { Player } from './cast.ts'
import { compare, type Difference, inWords, isClean, sum } from './judgement.ts'
import { readRecord } from './part.ts'
import type { Stage } from './stage.ts'

/** The truth of PostgreSQL, and what consumers made of it. */
interface Truth {
  /** `<aggregate>.<version>` of every committed event. */
  readonly expected: ReadonlySet<string>
  /** What each event was called by who wrote it. */
  readonly tokens: readonly string[]
  /** The log in order of position. */
  readonly log: readonly { readonly id: string; readonly position: bigint }[]
  /** Events in the order in which a consumer applied them, by consumer. */
  readonly applied: (consumer: string) => Difference
  /** Notes that were published more than once by the relay that is not fenced. */
  readonly doubledByRelay: number
}

/** Judges the parts of the product, and whether each planted bug was found. */
export async function inspect(stage: Stage, faults: number): Promise<Check[]> {
  const truth = await readTruth(stage)
  return [
    inspectWriters(truth, stage.writers),
    inspectLog(truth),
    [`the consumer: ${inWords(truth.applied('campaign'))}`, isClean(truth.applied('campaign'))],
    inspectSubscribers(truth, stage.subscribers),
    [`${faults} faults`, faults > 0],
    inspectPlanted(truth, stage.planted),
  ]
}

async function readTruth({ owner }: Stage): Promise<Truth> {
  const rows = <Row>(text: string): Promise<Row[]> => owner.rows<Row>({ text, values: [] })
  const named = `aggregate_id || '.' || version AS id`
  const events = await rows<{ id: string; token: string }>(
    `SELECT ${named}, data->>'name' AS token FROM crm.event`,
  )
  const expected = new Set(events.map(({ id }) => id))
  const notes = await rows<{ consumer: string; event: string }>(
    'SELECT consumer, event FROM insight.campaign_note ORDER BY at',
  )
  const doubled = await rows('SELECT aggregate_id FROM erp.log GROUP BY aggregate_id HAVING count(*) > 1')
  return {
    expected,
    tokens: events.map(({ token }) => token),
    log: await rows<{ id: string; position: bigint }>(
      `SELECT ${named}, position FROM crm.log ORDER BY position`,
    ),
    applied: (consumer) => {
      const own = notes.filter((note) => note.consumer === consumer)
      return compare(
        expected,
        own.map(({ event }) => event),
      )
    },
    doubledByRelay: doubled.length,
  }
}

function inspectWriters({ tokens }: Truth, writers: readonly Player[]): Check {
  const there = new Set(tokens)
  const committed = writers.flatMap(({ record }) => said(record, 'committed'))
  const tried = new Set(writers.flatMap(({ record }) => said(record, 'tried')))
  const missing = committed.filter((token) => !there.has(token)).length
  const invented = tokens.filter((token) => !tried.has(token)).length
  return [
    `${committed.length} changes of which writers know that they are committed: ${missing} not there, ` +
      `${invented} that nobody wrote, ${tokens.length - there.size} twice`,
    missing + invented + tokens.length - there.size === 0 && committed.length > 0,
  ]
}

const said = (record: string, word: string): string[] =>
  readRecord(record).flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []))

function inspectLog({ expected, log }: Truth): Check {
  const published = compare(
    expected,
    log.map(({ id }) => id),
  )
  const hasGap = log.some(({ position }, index) => position !== BigInt(index + 1))
  return [
    `${log.length} events in the log: ${inWords(published)}${gapIf(hasGap)}`,
    isClean(published) && !hasGap,
  ]
}

const gapIf = (hasGap: boolean): string => (hasGap ? ', positions WITH gaps' : ', positions without gaps')

function inspectSubscribers({ expected, log }: Truth, subscribers: readonly Player[]): Check {
  const delivered = sum(subscribers.map((subscriber) => compare(expected, seenBy(subscriber))))
  const whole = log.map(({ position, id }) => `${position} ${id}`).join()
  const hasGap = subscribers.some(({ record }) => readRecord(record).join() !== whole)
  return [
    `${subscribers.length} subscribers: ${inWords(delivered)}${gapIf(hasGap)}`,
    isClean(delivered) && !hasGap,
  ]
}

/** Second word of each line. */
const seenBy = ({ record }: Player): string[] => readRecord(record).map((line) => line.split(' ')[1] ?? '')

function inspectPlanted({ expected, applied, doubledByRelay }: Truth, planted: readonly Player[]): Check {
  const [cursor] = planted
  const isCaught: Readonly<Record<string, boolean>> = {
    'a cursor over the sequence': cursor !== undefined && !isClean(compare(expected, seenBy(cursor))),
    'acknowledge before commit': !isClean(applied('acknowledge before commit')),
    'no inbox': !isClean(applied('no inbox')),
    'no fencing': doubledByRelay > 0,
  }
  const bugs = Object.keys(isCaught)
  const missed = bugs.filter((bug) => isCaught[bug] !== true)
  const caught = `planted bugs: ${bugs.length - missed.length} of ${bugs.length} caught`
  return [missed.length === 0 ? caught : `${caught}, not ${missed.join(', ')}`, missed.length === 0]
}
