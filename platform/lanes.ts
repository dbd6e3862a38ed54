import pg from 'pg'
import { type Asked, type Known, type ParserOf, sendBatch } from './batch.ts'
import type { Statement } from './database.ts'
import { markLost } from './lost-connection.ts'

/** How many statements may wait for a connection; a further one fails rather than waits without end. */
const MAX_WAITING = 5_000
/** Statements of one batch: those behind them need not wait for more. */
const MAX_BATCH = 100

/** A server that says nothing for so long is given up: its own time-outs end a statement well before. */
const BATCH_TIMEOUT_MS = 90_000

/** Connections for statements outside transactions. */
export interface Lanes {
  readonly rows: (statement: Statement) => Promise<unknown[]>
  readonly close: () => Promise<void>
}

/** One connection: it works on one batch at a time. */
interface Lane {
  readonly client: pg.Client
  /** Resolves when it is connected; rejects with the reason why it cannot be. */
  readonly connected: Promise<unknown>
  readonly known: Known
  isOpen: boolean
  isBusy: boolean
}

/**
 * Opens lanes as they are needed, at most `maxLanes`. A write to a socket costs more than most statements: so what
 * one turn of the event loop asks for, and what came while all lanes were busy, goes out together.
 */
export function openLanes(
  config: pg.ClientConfig,
  maxLanes: number,
  parserOf: ParserOf,
  onLost: (error: Error) => void,
): Lanes {
  const shapes: Known['shapes'] = new Map()
  let lanes: Lane[] = []
  let waiting: Asked[] = []
  let isTurnEnding = false
  let isClosed = false

  const idleLane = (): Lane | undefined => {
    lanes = lanes.filter((lane) => lane.isOpen)
    const idle = lanes.find((lane) => !lane.isBusy)
    if (idle !== undefined || lanes.length >= maxLanes) return idle
    const lane = openLane(config, shapes, onLost)
    lanes.push(lane)
    return lane
  }
  const send = (): void => {
    while (waiting.length > 0) {
      const lane = idleLane()
      if (lane === undefined) return
      const batch = waiting.slice(0, MAX_BATCH)
      waiting = waiting.slice(MAX_BATCH)
      lane.isBusy = true
      void work(lane, batch, parserOf).finally(() => {
        lane.isBusy = false
        send()
      })
    }
  }
  const sendAtTurnsEnd = (): void => {
    if (isTurnEnding) return
    isTurnEnding = true
    setImmediate(() => {
      isTurnEnding = false
      send()
    })
  }
  return {
    rows: (statement) => {
      if (isClosed) return Promise.reject(closed())
      if (waiting.length >= MAX_WAITING)
        return Promise.reject(new Error(`${MAX_WAITING} statements wait for PostgreSQL`))
      const { promise, resolve, reject } = Promise.withResolvers<unknown[]>()
      waiting.push({
        statement: { ...statement, values: statement.values.map(prepareValue) },
        resolve,
        reject,
      })
      sendAtTurnsEnd()
      return promise
    },
    close: async () => {
      isClosed = true
      for (const { reject } of waiting) reject(closed())
      waiting = []
      const open = lanes.filter((lane) => lane.isOpen)
      lanes = []
      await Promise.all(
        open.map(async ({ client, connected }) => {
          // The driver's client cannot be ended while it connects.
          await Promise.allSettled([connected])
          await client.end()
        }),
      )
    },
  }
}

const closed = (): Error => new Error('The database is closed.')

/** How the driver writes a value; it is not in its published types. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils

/** Never throws: each statement gets its own outcome. */
async function work(lane: Lane, batch: Asked[], parserOf: ParserOf): Promise<void> {
  const { client, connected, known } = lane
  try {
    await connected
    const undone: (readonly Asked[])[] = [batch]
    for (let next = undone.shift(); next !== undefined; next = undone.shift())
      undone.unshift(...(await sendBatch(client, next, known, parserOf)))
  } catch (error) {
    lane.isOpen = false
    for (const { reject } of batch) reject(markLost(error))
    void client.end()
  }
}

function openLane(config: pg.ClientConfig, shapes: Known['shapes'], onLost: (error: Error) => void): Lane {
  const client = new pg.Client({ ...config, query_timeout: BATCH_TIMEOUT_MS })
  const known = { prepared: new Set<string>(), shapes }
  const lane: Lane = { client, connected: client.connect(), known, isOpen: true, isBusy: false }
  client.on('error', (error) => {
    lane.isOpen = false
    onLost(error)
  })
  client.on('end', () => {
    lane.isOpen = false
  })
  return lane
}
