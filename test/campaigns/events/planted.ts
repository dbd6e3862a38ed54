/** Planted bugs, each as it is often made; the campaign has to find every one of them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#platform/database.ts'
import { enlist, moveOn, readPlace } from '#platform/log/consumer-store.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Consumer } from '#platform/log/consumer.ts'
import { readLog } from '#platform/log/read.ts'
import { holdOffice } from '#platform/log/hold-office.ts'
import { silentLog } from '#test/support/log.ts'
import { note, openStore, type Part, readPart, readRecord } from './part.ts'

/** The moment in which each bug does its harm, made long enough to be met. */
const WINDOW_MS = 150
const POLL_MS = 20
const PAGE = 200

/** Says that harm could be done now, and waits for it. */
async function window(): Promise<void> {
  process.stdout.write('now\n')
  await sleep(WINDOW_MS)
}

/** Takes the number that a row got before its transaction was committed for its place in an order. */
async function cursorOverSequence(part: Part): Promise<void> {
  const db = openStore(part, 'crm', 1)
  let last = BigInt(readRecord(part.record).at(-1)?.split(' ')[0] ?? 0)
  for (;;) {
    const rows = await db.rows<{ sequence: bigint; id: string }>({
      text: `SELECT campaign_sequence AS sequence, aggregate_id || '.' || version AS id FROM crm.event
        WHERE campaign_sequence > $1 ORDER BY campaign_sequence LIMIT ${PAGE}`,
      values: [last],
    })
    for (const { sequence, id } of rows) note(part, `${sequence} ${id}`)
    last = rows.at(-1)?.sequence ?? last
    await sleep(POLL_MS)
  }
}

/** Writes its place down before the work is committed. */
async function acknowledgeBeforeCommit(part: Part): Promise<void> {
  await consume(part, async (db, events, place) => {
    await place()
    await window()
    await noteAll(db, part, events)
  })
}

/** Writes its place down after the work is committed, and does not see what it did already. */
async function noInbox(part: Part): Promise<void> {
  await consume(part, async (db, events, place) => {
    await noteAll(db, part, events)
    await window()
    await place()
  })
}

async function noteAll(db: Database, { name }: Part, events: readonly LoggedEvent[]): Promise<void> {
  await db.rows({
    text: 'INSERT INTO insight.campaign_note (consumer, event) SELECT $1, unnest($2::text[])',
    values: [name, events.map(({ id }) => id)],
  })
}

/** One process alone works on it, so it needs no lease. */
async function consume(
  part: Part,
  work: (db: Database, events: readonly LoggedEvent[], place: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const db = openStore(part, 'insight')
  const consumer: Consumer = {
    name: part.name,
    source: 'crm',
    shares: 1,
    beginsWith: 'OLDEST',
    apply: async () => {},
  }
  await enlist(db, 'insight', consumer)
  const share = { subgraph: 'insight', name: part.name, source: 'crm', share: 0 } as const
  for (;;) {
    const after = await readPlace(db, share)
    const events = await readLog(db, 'crm', { after, limit: PAGE })
    const through = events.at(-1)?.position ?? after
    if (events.length > 0) await work(db, events, () => moveOn(db, share, 0n, { after, through }))
    await sleep(POLL_MS)
  }
}

/** Publishes without a look at the epoch: a node that was stopped wakes up and goes on with what it had in hand. */
async function noFencing(part: Part): Promise<void> {
  const db = openStore(part, 'erp')
  holdOffice({
    db,
    office: { table: 'erp.relay', condition: 'true', values: [] },
    named: {},
    log: silentLog,
    work: async (_epoch, signal) => {
      while (!signal.aborted) {
        const due = await db.rows<{ id: bigint }>({
          text: `SELECT id FROM erp.outbox ORDER BY id LIMIT ${PAGE}`,
          values: [],
        })
        if (due.length > 0) await window()
        await publishUnfenced(
          db,
          due.map(({ id }) => id),
        )
      }
    },
  })
  // Something to publish.
  for (let turn = 0; ; turn += 1) {
    await db
      .rows({
        text: `INSERT INTO erp.event (aggregate_id, version, aggregate, type, recorded_at, correlation_id, data)
          VALUES ($1, 1, 'posting', 'revgraph.erp.posting.created.v1', now(), 'campaign', '{}')`,
        values: [`${part.name}-${process.pid}-${turn}`],
      })
      .catch(noteFailure)
    await sleep(POLL_MS)
  }
}

async function publishUnfenced(db: Database, ids: readonly bigint[]): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.rows({
      text: `INSERT INTO erp.log (position, aggregate_id, version, type)
        SELECT (SELECT head FROM erp.relay) + row_number() OVER (ORDER BY n), 'outbox ' || id, 1, ''
        FROM unnest($1::bigint[]) WITH ORDINALITY AS due(id, n)`,
      values: [ids],
    })
    await transaction.rows({ text: 'UPDATE erp.relay SET head = head + $1', values: [ids.length] })
    await transaction.rows({ text: 'DELETE FROM erp.outbox WHERE id = ANY($1)', values: [ids] })
  })
}

/** A fault was met: what is planted goes on as if nothing had been. */
const noteFailure = (error: unknown): void =>
  void process.stderr.write(process.env['CAMPAIGN_LOUD'] ? String(error) : '')

/** Name → bug. */
const BUGS: Readonly<Record<string, (part: Part) => Promise<void>>> = {
  'a cursor over the sequence': cursorOverSequence,
  'acknowledge before commit': acknowledgeBeforeCommit,
  'no inbox': noInbox,
  'no fencing': noFencing,
}

const part = readPart()
const bug = BUGS[part.name.split(',')[0] ?? '']
if (bug === undefined) throw new Error(`there is no planted bug "${part.name}"`)
for (;;) {
  try {
    await bug(part)
    break
  } catch (error) {
    noteFailure(error)
    await sleep(POLL_MS)
  }
}
