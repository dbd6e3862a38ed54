import { Socket } from 'node:net'
import pg from 'pg'

/** How many statements may be under way on one connection; a further one fails rather than waits without end. */
const MAX_UNDER_WAY = 5_000

/** Connections for statements outside transactions. */
export interface Lanes {
  readonly query: (statement: pg.QueryConfig) => Promise<pg.QueryResult>
  readonly close: () => Promise<void>
}

/** One connection, which takes statements while others are under way. */
interface Lane {
  readonly client: pg.Client
  readonly socket: Socket
  readonly isOpen: () => boolean
  /** Resolves when it is connected; rejects with the reason why it cannot be. */
  readonly connected: Promise<void>
  underWay: number
}

/**
 * Opens lanes as they are needed, at most `maxLanes`. A write to a socket costs more than most statements: so what
 * one turn of the event loop asks for goes to one lane, the least busy one, in one write at the end of the turn.
 */
export function openLanes(config: pg.ClientConfig, maxLanes: number, onLost: (error: Error) => void): Lanes {
  let lanes: Lane[] = []
  let ofThisTurn: Lane | undefined

  const chooseLane = (): Lane => {
    lanes = lanes.filter((lane) => lane.isOpen())
    const idlest = lanes.toSorted((a, b) => a.underWay - b.underWay)[0]
    if (idlest !== undefined && (idlest.underWay === 0 || lanes.length >= maxLanes)) return idlest
    const lane = openLane(config, onLost)
    lanes.push(lane)
    return lane
  }
  const laneOfThisTurn = (): Lane => {
    if (ofThisTurn?.isOpen() === true) return ofThisTurn
    const lane = chooseLane()
    ofThisTurn = lane
    lane.socket.cork()
    setImmediate(() => {
      ofThisTurn = undefined
      lane.socket.uncork()
    })
    return lane
  }
  return {
    query: async (statement) => {
      const lane = laneOfThisTurn()
      if (lane.underWay >= MAX_UNDER_WAY) throw new Error(`${MAX_UNDER_WAY} statements wait for PostgreSQL`)
      lane.underWay += 1
      try {
        await lane.connected
        return await lane.client.query(statement)
      } finally {
        lane.underWay -= 1
      }
    },
    close: async () => {
      const open = lanes.filter((lane) => lane.isOpen())
      lanes = []
      await Promise.all(open.map(({ client }) => client.end()))
    },
  }
}

function openLane(config: pg.ClientConfig, onLost: (error: Error) => void): Lane {
  const socket = new Socket()
  const client = new pg.Client({ ...config, pipeline: true, stream: () => socket })
  let open = true
  client.on('error', (error) => {
    if (open) onLost(error)
    open = false
  })
  client.on('end', () => {
    open = false
  })
  const connected = client.connect().then(
    () => undefined,
    (error: unknown) => {
      open = false
      throw error
    },
  )
  return { client, socket, isOpen: () => open, connected, underWay: 0 }
}
