/** Which objects of an account our steps had made. */
import { members, requiredText, type StripeObject, text } from './fields.ts'
import { detailsIn, ourIdOf } from './mapping.ts'
import type { Seen } from './seen.ts'

/** Statuses in which it came to nothing there: what else was made for the same step counts before it. */
const GONE = new Set(['void', 'failed', 'canceled'])

const isGone = (object: StripeObject): boolean => GONE.has(text(object, 'status') ?? '')

/** Whether it is an invoice that we are having made: it is none before it has a number. */
export const isOurDraft = (object: StripeObject): boolean =>
  text(object, 'status') === 'draft' && ourIdOf('invoice', object) !== null

/** Remembers an object that we had made. */
export function noteMade(seen: Seen, objectType: string, object: StripeObject, externalId: string): void {
  const ourId = ourIdOf(objectType, object)
  if (ourId !== null && !isOurDraft(object)) note(seen, `${objectType}:${externalId}`, ourId, isGone(object))
}

/** Remembers the lines of an invoice that we had made: a credit note names them. */
export function noteMadeLines(seen: Seen, objectType: string, object: StripeObject): void {
  if (objectType !== 'invoice' || ourIdOf(objectType, object) === null || isOurDraft(object)) return
  for (const line of members(object, 'lines')) {
    const ourId = text(detailsIn(line), 'invoiceLineId')
    if (ourId !== null) note(seen, `line_item:${requiredText(line, 'id')}`, ourId, isGone(object))
  }
}

/** Remembers the items of a subscription that we had made: invoice lines name them. */
export function noteMadeItems(seen: Seen, objectType: string, object: StripeObject): void {
  if (objectType !== 'subscription') return
  for (const item of members(object, 'items')) {
    const ourId = text(detailsIn(item), 'subscriptionItemId')
    if (ourId !== null) note(seen, `subscription_item:${requiredText(item, 'id')}`, ourId, isGone(object))
  }
}

function note(seen: Seen, name: string, ourId: string, gone: boolean): void {
  seen.ours.set(name, ourId)
  const other = seen.counting.get(ourId)
  if (other === undefined || (other.isGone && !gone)) seen.counting.set(ourId, { name, isGone: gone })
}

/** Our id of an object, where that is what counts of all that was made for a step; null for any other. */
export function madeId(seen: Seen, objectType: string, externalId: string): string | null {
  const name = `${objectType}:${externalId}`
  const ourId = seen.ours.get(name)
  return ourId !== undefined && seen.counting.get(ourId)?.name === name ? ourId : null
}
