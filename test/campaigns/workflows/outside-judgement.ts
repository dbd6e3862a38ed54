/** What the outside billing issued, by its own log, held against what our store says that it issued: both ways. */
import type { Database } from '#platform/database.ts'
import type { LoggedEffect } from '#test/simulators/log.ts'
import { OUTSIDE } from './orders.ts'
import type { OutsideBilling } from './outside-billing.ts'

/** Made there for whatever flow bills: the model knows what they bill, and our store knows each by its name there. */
export const isIssued = ({ operation }: LoggedEffect): boolean =>
  operation === 'createCustomer' || operation === 'issueInvoice'

/** What is here or there alone, and what was billed past the outside billing. */
export async function judgeIssued(
  owner: Database,
  outside: OutsideBilling | null,
): Promise<{ readonly here: readonly string[]; readonly there: readonly string[] }> {
  if (outside === null) return { here: [], there: [] }
  const known = await owner.rows<{ made: string }>({ text: KNOWN, values: [] })
  const past = await owner.rows<{ id: string }>({ text: PAST, values: [] })
  const [ours, theirs] = [
    new Set(known.map(({ made }) => made)),
    new Set(outside.effects().filter(isIssued).map(madeOf)),
  ]
  return {
    here: [
      ...[...ours.difference(theirs)].map((made) => `${made} is here alone`),
      ...past.map(({ id }) => `${id} was billed past it`),
    ],
    there: [...theirs.difference(ours)].map((made) => `${made} is there alone`),
  }
}

function madeOf({ externalId, operation, payload }: LoggedEffect): string {
  const { minorUnits } = payload as { readonly minorUnits?: string }
  return operation === 'createCustomer' ? `customer ${externalId}` : `invoice ${externalId} ${minorUnits}`
}

const KNOWN = `
  SELECT concat_ws(' ', 'invoice', ref->>'externalId', total) AS made
  FROM billing.invoice, jsonb_array_elements(external_refs) AS ref WHERE ref->>'system' = '${OUTSIDE}'
  UNION ALL SELECT concat_ws(' ', 'customer', ref->>'externalId')
  FROM crm.customer, jsonb_array_elements(external_refs) AS ref WHERE ref->>'system' = '${OUTSIDE}'`

/** What we made and it did not. An invoice that was stated is ours, by its own id, only since we changed it. */
const PAST = `
  SELECT id FROM billing.invoice WHERE external_refs @> '[{"system": "revgraph"}]'
    AND NOT external_refs @> jsonb_build_array(jsonb_build_object('system', 'revgraph', 'externalId', id))
    AND NOT external_refs @> '[{"system": "${OUTSIDE}"}]'`
