import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StripeObject } from '#subgraphs/billing/stripe/fields.ts'
import { longestLists, type Exchange } from '#test/stripe/replay-server.ts'

export const SHARED = join(import.meta.dirname, '../../../shared')
const FOLDER = join(SHARED, 'recordings')

/** An event as Stripe sends it to a webhook. */
export interface Envelope {
  readonly file: string
  readonly type: string
  readonly object: StripeObject
}

/**
 * Whether recordings lie beside the project. Where the folder that should hold them is there without them, a
 * build must not pass as if it had been tried on them.
 */
export function recordingsPresent(): boolean {
  const present = existsSync(join(FOLDER, 'stripe.json'))
  if (!present && process.env['CI'] === 'true' && existsSync(SHARED)) {
    throw new Error(`${SHARED} has no recordings: the import cannot be tried on them`)
  }
  if (!present)
    process.stderr.write(`NOT RUN: no recordings in ${FOLDER}; the import is tested on fixtures alone\n`)
  return present
}

/** All recorded answers of one account. */
export function recordedExchanges(): readonly Exchange[] {
  return JSON.parse(readFileSync(join(FOLDER, 'stripe.json'), 'utf8')) as Exchange[]
}

/** The longest recorded list of a path. */
export function recordedList(path: string): readonly StripeObject[] {
  return longestLists(recordedExchanges()).get(`/v1/${path}`) ?? []
}

/** All recorded events. */
export function recordedEvents(): readonly Envelope[] {
  const folder = join(FOLDER, 'stripe-events')
  return readdirSync(folder).map((file) => {
    const event = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      type: string
      data: { object: StripeObject }
    }
    return { file, type: event.type, object: event.data.object }
  })
}
