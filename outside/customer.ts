/** A customer in the outside system that masters billing: made there before its first invoice. */
import type { Outcome } from '#domain/failure.ts'
import { type Connector, knownAs } from '#platform/connector.ts'
import { readRows } from '#platform/table.ts'
import { nameCustomer } from '#subgraphs/crm/commands/name-customer.ts'
import { customers } from '#subgraphs/crm/store.ts'
import { customerSubject } from '#subgraphs/operations/effect-store.ts'
import { madeOutside } from '#subgraphs/operations/effects/outside-first.ts'
import type { StepEffect } from '#subgraphs/operations/workflows/flow.ts'
import type { BillingOutside } from './billing.ts'

/**
 * What the system calls a customer. One that it does not know is made there, once for all workflows that may ask at the
 * same time: under the key of the first. REFERENCE_MISSING for a customer that CRM does not know.
 */
export async function customerOutside(
  { outside, crm, inCrm }: BillingOutside,
  connector: Connector,
  customerId: string,
  effect: StepEffect,
): Promise<Outcome<string>> {
  const [customer] = await readRows(crm, customers, [customerId])
  if (customer === undefined) {
    const message = `There is no customer ${customerId}`
    return { violations: [{ code: 'REFERENCE_MISSING', field: 'customerId', message }] }
  }
  const known = knownAs(connector, CUSTOMER, customer.externalRefs)
  if (known !== undefined) return { value: known.externalId }
  const subject = customerSubject(customerId)
  const shared = {
    ...effect,
    ...(await outside.claim(connector, subject, `${effect.effectKey}/${subject}`)),
  }
  const { name, email } = customer
  const step = {
    connector,
    operation: 'createCustomer',
    objectType: CUSTOMER,
    payload: { customerId, name, email },
    // It stays the same customer where somebody corrects its name meanwhile.
    identity: { customerId },
  }
  const { value: made, violations } = await madeOutside(outside.carryOut, step, shared)
  if (violations !== undefined) return { violations }
  const { madeAs } = made
  const noted = await nameCustomer(crm, inCrm(shared), { customerId, madeAs })
  return noted.violations === undefined ? { value: madeAs.externalId } : { violations: noted.violations }
}

const CUSTOMER = 'customer'
