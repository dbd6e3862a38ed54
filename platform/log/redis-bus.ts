import { randomUUID } from 'node:crypto'
import { createClient } from 'redis'
import { SUBGRAPHS, type SubgraphName } from '#platform/config.ts'
import { toJson } from '#platform/json.ts'
import type { Log } from '#platform/log.ts'
import { type Bus, createLocalBus } from './bus.ts'
import { eventsOf, type LoggedEvent } from './event.ts'
import { createWake } from './wake.ts'

export interface RedisBusOptions {
  readonly url: string
  /** Tells the streams of one store from those of others in the same Redis. */
  readonly storeId: string
  readonly log: Log
}

/** Events of one entry of a stream. */
const MAX_ENTRY_EVENTS = 100
/** Entries that a stream keeps, about: only readers who are a moment late look back. */
const MAX_ENTRIES = 256
/** Commands that may wait for Redis; what comes then is lost, and read from PostgreSQL. */
const MAX_PENDING = 100
/** Entries of each stream that are read at once. */
const MAX_READ_ENTRIES = 64
const BEGINNING = '0'
/** How long a read waits for something new. */
const BLOCK_MS = 1_000
/** A server that says nothing for so long is taken for gone: reads end, and pings come, well before. */
const SILENCE_MS = 4_000
/** How soon a lost server is looked for again. */
const RECONNECT_MS = 250

/**
 * A bus over Redis Streams, for many nodes: a stream a source, of bounded length. Listeners on this node hear what is
 * published here at once, and from Redis what other nodes publish.
 */
export function createRedisBus({ url, storeId, log }: RedisBusOptions): Bus {
  const node = randomUUID()
  const local = createLocalBus()
  const stopping = new AbortController()
  const keyOf = (source: SubgraphName): string => `revgraph:${storeId}:${source}`
  const writer = connect(url, log)
  const reader = connect(url, log)

  const send = async (events: readonly LoggedEvent[]): Promise<void> => {
    const [first] = events
    if (first === undefined || !writer.isReady) return
    const trim = { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: MAX_ENTRIES } } as const
    const entry = { node, events: toJson(events) }
    await writer.xAdd(keyOf(first.source), '*', entry, trim).catch((err: unknown) => {
      log.debug({ err }, 'Redis did not take events: other nodes read them from PostgreSQL')
    })
  }
  const reading = read(reader, SUBGRAPHS.map(keyOf), stopping.signal, log, (entry) => {
    if (entry['node'] !== node) local.publish(revive(entry['events'] ?? '[]'))
  })
  return {
    publish: (events) => {
      local.publish(events)
      for (let begin = 0; begin < events.length; begin += MAX_ENTRY_EVENTS)
        void send(events.slice(begin, begin + MAX_ENTRY_EVENTS))
    },
    listen: (source, listener) => local.listen(source, listener),
    close: async () => {
      stopping.abort()
      for (const client of [writer, reader]) client.destroy()
      await reading
      await local.close()
    },
  }
}

type RedisClient = ReturnType<typeof connect>

/** Connects now or later, and again whenever the connection is lost; nothing waits for it. */
function connect(url: string, log: Log) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_PENDING,
    pingInterval: BLOCK_MS,
    socket: { reconnectStrategy: RECONNECT_MS, connectTimeout: SILENCE_MS, socketTimeout: SILENCE_MS },
  })
  client.on('error', (err: unknown) =>
    log.debug({ err }, 'Redis cannot be reached: events are read from PostgreSQL'),
  )
  client.connect().catch((err: unknown) => log.debug({ err }, 'the connection to Redis was given up'))
  return client
}

type Entry = Readonly<Record<string, string>>

/** What is new in a stream. */
interface Found {
  readonly name: string
  readonly messages: readonly { readonly id: string; readonly message: Entry }[]
}

/** Reads all streams on from where they end now, until it is stopped. */
async function read(
  client: RedisClient,
  keys: readonly string[],
  signal: AbortSignal,
  log: Log,
  onEntry: (entry: Entry) => void,
): Promise<void> {
  const pause = createWake(signal)
  let places: ReadonlyMap<string, string> | undefined
  while (!signal.aborted) {
    try {
      places ??= await endsOf(client, keys)
      const streams = places.entries().map(([key, id]) => ({ key, id }))
      const options = { BLOCK: BLOCK_MS, COUNT: MAX_READ_ENTRIES }
      // The client's types do not say what it gives.
      const found = (await client.xRead([...streams], options)) as readonly Found[] | null
      for (const { messages } of found ?? []) for (const { message } of messages) onEntry(message)
      // Where nothing came, another server may have taken over whose streams end before the places that are known.
      places = found === null ? undefined : movedOn(places, found)
    } catch (err) {
      places = undefined
      log.debug({ err }, 'Redis tells no events for the moment')
      await pause.sleep(RECONNECT_MS)
    }
  }
}

/** Where streams end now. */
async function endsOf(client: RedisClient, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const last = await Promise.all(keys.map((key) => client.xRevRange(key, '+', '-', { COUNT: 1 })))
  return new Map(keys.map((key, index) => [key, last[index]?.[0]?.id ?? BEGINNING]))
}

const movedOn = (places: ReadonlyMap<string, string>, found: readonly Found[]): ReadonlyMap<string, string> =>
  new Map([
    ...places,
    ...found.map(({ name, messages }) => [name, messages.at(-1)?.id ?? BEGINNING] as const),
  ])

/** Events as they were before they became JSON, and as this release knows them: an earlier one may have sent them. */
function revive(text: string): LoggedEvent[] {
  const events = JSON.parse(text) as (Omit<LoggedEvent, 'position' | 'recordedAt' | 'publishedAt'> & {
    position: string
    recordedAt: string
    publishedAt: string
  })[]
  return events.flatMap((event) =>
    eventsOf(event.source, [
      {
        ...event,
        position: BigInt(event.position),
        recordedAt: Temporal.Instant.from(event.recordedAt),
        publishedAt: Temporal.Instant.from(event.publishedAt),
      },
    ]),
  )
}
