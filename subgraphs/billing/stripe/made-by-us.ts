/** Which objects of an account our steps had made. */
import { members, requiredText, type StripeObject, text } from './fields.ts'
import { detailsIn, ourIdOf } from './mapping.ts'
import type { Seen } from './seen.ts'

/** What came to nothing there, a draft least of all: what else was made for the same step counts before it. */
const NOTHING: Readonly<Record<string, number>> = { void: 1, failed: 1, canceled: 1, draft: 2 }

const emptiness = (object: StripeObject): number => NOTHING[text(object, 'status') ?? ''] ?? 0

/** Remembers an object that we had made. */
export function noteMade(seen: Seen, objectType: string, object: StripeObject, externalId: string): void {
  const ourId = ourIdOf(objectType, object)
  if (ourId !== null) note(seen, `${objectType}:${externalId}`, ourId, emptiness(object))
}

/** Remembers the lines of an invoice that we had made: a credit note names them. */
export function noteMadeLines(seen: Seen, objectType: string, object: StripeObject): void {
  if (objectType !== 'invoice' || ourIdOf(objectType, object) === null) return
  for (const line of members(object, 'lines')) {
    const ourId = text(detailsIn(line), 'invoiceLineId')
    if (ourId !== null) note(seen, `line_item:${requiredText(line, 'id')}`, ourId, emptiness(object))
  }
}

/** Remembers the items of a subscription that we had made: invoice lines name them. */
export function noteMadeItems(seen: Seen, objectType: string, object: StripeObject): void {
  if (objectType !== 'subscription') return
  for (const item of members(object, 'items')) {
    const ourId = text(detailsIn(item), 'subscriptionItemId')
    if (ourId !== null) note(seen, `subscription_item:${requiredText(item, 'id')}`, ourId, emptiness(object))
  }
}

function note(seen: Seen, name: string, ourId: string, nothing: number): void {
  seen.ours.set(name, ourId)
  const other = seen.counting.get(ourId)
  if (other === undefined || nothing < other.nothing) seen.counting.set(ourId, { name, nothing })
}

/** Our id of an object, where that is what counts of all that was made for a step; null for any other. */
export function madeId(seen: Seen, objectType: string, externalId: string): string | null {
  const name = `${objectType}:${externalId}`
  const ourId = seen.ours.get(name)
  return ourId !== undefined && seen.counting.get(ourId)?.name === name ? ourId : null
}
