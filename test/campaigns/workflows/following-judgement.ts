/** What follows from what was told, held against the flows that events started, and what CRM shows in the end. */
import { taleOf } from './tales.ts'
import type { World } from './world.ts'

/** Flows that only events start. */
export const FOLLOWING_FLOWS = ['followDispute', 'shareStanding']

/** What must have followed and what did, and what CRM does not show as it is. */
interface Following {
  readonly foreseen: readonly string[]
  readonly found: readonly string[]
  readonly unshown: readonly string[]
}

export async function judgeFollowing({ owner, orders, isFollowing }: World): Promise<Following> {
  const ask = async (text: string): Promise<string[]> =>
    (await owner.rows<{ what: string }>({ text, values: [] })).map(({ what }) => what)
  const told = orders.flatMap((order) => (isFollowing && taleOf(order).followed?.(order)) || [])
  const contesting = new Set(
    orders
      .filter((order) =>
        taleOf(order)
          .effects(order)
          .some((effect) => effect.startsWith('dispute NEEDS_RESPONSE')),
      )
      .map(({ customerId }) => customerId),
  )
  const shown = new Set(await ask(SHOWN_AS_CONTESTING))
  const mistaken = [...contesting.symmetricDifference(shown)]
  return {
    foreseen: [...told, ...(await ask(CHANGES_OF_STANDING))],
    found: await ask(FOLLOWED),
    unshown: [
      ...mistaken.map((customerId) => `CRM is mistaken about disputes of ${customerId}`),
      ...(await ask(OTHERWISE_SHOWN)).map(
        (customerId) => `CRM is mistaken about the standing of ${customerId}`,
      ),
    ],
  }
}

const FOLLOWED = `
  SELECT concat_ws(' ', 'dispute', payment_id, workflow.status) AS what
    FROM operations.workflow LEFT JOIN billing.dispute ON dispute.id = input->>'disputeId' WHERE flow = 'followDispute'
  UNION ALL SELECT concat_ws(' ', 'standing', input->>'idempotencyKey', status)
    FROM operations.workflow WHERE flow = 'shareStanding'`

const shownOf = (standing: string): string => `(coalesce(data->'${standing}'->>'level', 'GOOD'),
  coalesce(data->'${standing}'->'reasons' @> '[{"code": "DISPUTED"}]', false),
  coalesce(data->'${standing}'->'reasons' @> '[{"code": "CREDIT_HOLD"}]', false))`

/** CRM hears of each change of what it shows. */
const CHANGES_OF_STANDING = `
  SELECT concat_ws(' ', 'standing', aggregate_id || '.' || version, 'COMPLETED') AS what
  FROM insight.event WHERE aggregate = 'standing' AND ${shownOf('before')} <> ${shownOf('after')}`

const SHOWN_AS_CONTESTING = `
  SELECT id AS what FROM crm.customer WHERE merged_into_id IS NULL AND billing_feedback @> '{"disputeOpen": true}'`

const OTHERWISE_SHOWN = `
  SELECT customer.id AS what FROM crm.customer JOIN insight.standing AS known ON known.customer_id = customer.id
  WHERE merged_into_id IS NULL AND coalesce(billing_feedback->>'standing', 'GOOD') <> known.after->>'level'`
