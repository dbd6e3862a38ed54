/** The systems that a company has, each a process of its own with a log that nobody else writes: the witnesses. */
import type { Fault } from '#test/simulators/faults.ts'
import { type LoggedEffect, readEffects } from '#test/simulators/log.ts'
import { type Simulator, startSimulator } from '#test/simulators/start.ts'
import { type Deal, type Weather, YEAR } from './story.ts'

export interface Outside {
  readonly crm: Simulator
  /** Billing, which takes the payments as well. */
  readonly billing: Simulator
  readonly erp: Simulator
  readonly stop: () => Promise<void>
}

/** Faults of a call that had no effect, and of one that had it. */
export const WITHOUT_EFFECT: readonly Fault[] = ['LOSE_REQUEST', 'UNAVAILABLE', 'RATE_LIMIT']
export const AFTER_EFFECT: readonly Fault[] = ['LOSE_ANSWER', 'FAIL_AFTER']

/** What a ledger calls receivables. */
export const RECEIVABLES = '1100'

/** Starts them. They know no repetition by its key, and let be searched what they have. */
export async function startOutside({ percent, seed }: Weather): Promise<Outside> {
  const [crm, billing, erp] = await Promise.all([
    startSimulator('crm'),
    startSimulator('billing'),
    startSimulator('erp'),
  ])
  const faults = { percent, seed, duplicates: 'ACCEPTED', isSearchable: true, retryAfterSeconds: 1 } as const
  await Promise.all([crm, billing, erp].map((simulator) => simulator.control(faults)))
  return {
    crm,
    billing,
    erp,
    stop: async () => void (await Promise.all([crm.stop(), billing.stop(), erp.stop()])),
  }
}

/** Somebody does something in a system at its own screen, where nothing goes wrong. */
export async function doThere({ url }: Simulator, operation: string, payload: object): Promise<void> {
  const body = JSON.stringify({ operation, reference: '', payload })
  const response = await fetch(`${url}/own`, { method: 'POST', body })
  if (!response.ok) throw new Error(`${operation} is answered with ${response.status}`)
}

interface Line {
  readonly account: string
  readonly debit: string
  readonly credit: string
}
type Payload = Readonly<Record<string, string | undefined>> & { readonly lines?: readonly Line[] }

/** What a system did of one kind, oldest first. */
export const doneOf = (simulator: Simulator, operation: string): Payload[] =>
  effectsOf(simulator, operation).map(payloadOf)

/** The same for one customer. */
export const doneFor = (simulator: Simulator, operation: string, { customerId }: Deal): Payload[] =>
  doneOf(simulator, operation).filter((payload) => payload['customerId'] === customerId)

/** When the ERP got the bill of the year, in milliseconds since 1970; undefined where it never did. */
export const postedAt = ({ erp }: Outside, { customerId }: Deal): number | undefined =>
  effectsOf(erp, 'postDocument').find((effect) => {
    const payload = payloadOf(effect)
    return payload['customerId'] === customerId && receivableOf(payload) === YEAR
  })?.atMs

const effectsOf = ({ logPath }: Simulator, operation: string): LoggedEffect[] =>
  readEffects(logPath).filter((effect) => effect.operation === operation)

const payloadOf = ({ payload }: LoggedEffect): Payload => payload as Payload

/** Minor units of what was done. */
export const amountsOf = (payloads: readonly Payload[]): bigint[] =>
  payloads.map(({ minorUnits = '0' }) => BigInt(minorUnits))

/** What the ERP has of a deal. */
export function heldInErp({ erp }: Outside, deal: Deal) {
  const entries = doneFor(erp, 'postDocument', deal).map(receivableOf)
  return {
    ACCOUNT: amountsOf(doneFor(erp, 'createAccount', deal)),
    INVOICE_POSTING: entries.filter((amount) => amount > 0n),
    PAYMENT_POSTING: entries.filter((amount) => amount < 0n).map((amount) => -amount),
  }
}

/** By how much an entry has the customer owe more. */
const receivableOf = ({ lines = [] }: Payload): bigint =>
  lines
    .filter(({ account }) => account === RECEIVABLES)
    .reduce((sum, { debit, credit }) => sum + BigInt(debit) - BigInt(credit), 0n)
