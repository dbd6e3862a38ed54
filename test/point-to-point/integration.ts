/**
 * The point-to-point way, as companies have it: a script that hears of CRM's deals calls billing, one that hears of
 * billing's invoices and payments calls the ERP. Each tries again where no answer came, and knows nothing of the other.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Simulator } from '#test/simulators/start.ts'
import { amountsOf, doneFor, doThere, heldInErp, type Outside, RECEIVABLES } from './outside.ts'
import { type Deal, SOLD_ON, UPGRADE, UPGRADED_ON, YEAR } from './story.ts'
import type { Way } from './way.ts'

/** What the billing script does when a price changes within a year that is billed. */
export type Proration = 'BY_DAY' | 'AT_NEXT_INVOICE'

const TRIES = 3
const RETRY_MS = 20
const REVENUE = '4000'
const CASH = '1000'

/** No answer came, so often that the script gives up and says so in its log. */
class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

/** Connects the systems point to point. */
export function pointToPoint(outside: Outside, proration: Proration = 'BY_DAY'): Way {
  const { billing, crm, erp } = outside
  const log: string[] = []
  /** Nobody waits for a script: what it gives up is a line in its log. */
  const run = async (script: () => Promise<void>): Promise<void> => {
    try {
      await script()
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error
      log.push(error.message)
    }
  }
  const post = async (
    customerId: string,
    debited: string,
    credited: string,
    amount: bigint,
  ): Promise<void> => {
    const minorUnits = String(amount)
    await call(erp, 'postDocument', {
      customerId,
      lines: [
        { account: debited, debit: minorUnits, credit: '0' },
        { account: credited, debit: '0', credit: minorUnits },
      ],
    })
  }
  const bill = async ({ customerId }: Deal, amount: bigint, issueDate: string): Promise<void> => {
    await call(billing, 'issueInvoice', { customerId, minorUnits: String(amount), issueDate })
    await run(() => post(customerId, RECEIVABLES, REVENUE, amount))
  }
  return {
    turnTo: () => Promise.resolve(),
    sell: async (deal) => {
      const { customerId } = deal
      const agreed = { customerId, minorUnits: String(YEAR) }
      await doThere(crm, 'updateOpportunity', { ...agreed, stage: 'WON' })
      await doThere(crm, 'signContract', agreed)
      await run(() => call(erp, 'createAccount', { customerId }))
      await run(async () => {
        await call(billing, 'createSubscription', { customerId, unitPrice: String(YEAR) })
        await bill(deal, YEAR, SOLD_ON)
      })
    },
    upgrade: async (deal) => {
      const { customerId } = deal
      await doThere(crm, 'amendContract', { customerId, minorUnits: String(YEAR + UPGRADE) })
      await run(async () => {
        await call(billing, 'changeSubscription', { customerId, effectiveDate: UPGRADED_ON })
        if (proration === 'BY_DAY') await bill(deal, UPGRADE, UPGRADED_ON)
      })
    },
    billOf: (deal) => {
      const [first] = doneFor(billing, 'issueInvoice', deal)
      return Promise.resolve(first && `first of ${deal.customerId}`)
    },
    // What comes is what is: the script keeps no list of what it heard before.
    hear: async ({ type, data: { customerId, minorUnits } }) => {
      const isSettled = type === 'payment.settled'
      if (isSettled) await run(() => post(customerId, CASH, RECEIVABLES, BigInt(minorUnits)))
      const mark = { customerId, invoice: isSettled ? 'PAID' : 'PENDING', minorUnits }
      await run(() => call(crm, 'updateStanding', mark))
    },
    // Its scripts are never cut off: that would only lose more.
    cutPower: () => Promise.resolve(),
    settle: () => Promise.resolve(),
    bearsRepetition: false,
    heldOf: (deal) => {
      const marked = doneFor(crm, 'updateStanding', deal).at(-1)
      const versions = ['signContract', 'amendContract'].flatMap((each) => doneFor(crm, each, deal))
      return Promise.resolve({
        OPPORTUNITY: amountsOf(doneFor(crm, 'updateOpportunity', deal)),
        CONTRACT: amountsOf(versions.slice(-1)),
        PAID_MARK: amountsOf(marked?.['invoice'] === 'PAID' ? [marked] : []),
        SUBSCRIPTION: doneFor(billing, 'createSubscription', deal).map(() => 0n),
        INVOICE: amountsOf(doneFor(billing, 'issueInvoice', deal)),
        PAYMENT: amountsOf(doneFor(billing, 'recordPayment', deal)),
        ...heldInErp(outside, deal),
      })
    },
    told: () => Promise.resolve(log.length),
    close: () => Promise.resolve(),
  }
}

/** Calls a system, and again where it did not answer or not well. Each call is a new one to the system. */
async function call({ url }: Simulator, operation: string, payload: object): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isDone(`${url}/effects`, JSON.stringify({ operation, reference: '', payload }))) return
    await pause(RETRY_MS)
  }
  throw new GivenUp(`${operation} failed ${TRIES} times: ${JSON.stringify(payload)}`)
}

async function isDone(url: string, body: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
  try {
    const response = await fetch(url, { method: 'POST', headers, body })
    await response.arrayBuffer()
    return response.ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
