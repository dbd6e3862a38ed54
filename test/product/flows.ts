/** The product with its worker, over books of three companies: flows as consumers start them. */
import type { Running } from '#platform/log/hold-office.ts'
import { workflowDesk } from '#product.ts'
import { openingFacts } from '#test/erp/books.ts'
import { customerFact } from '#test/support/facts.ts'
import { silentLog } from '#test/support/log.ts'
import { type LiveWorld, openLiveWorld } from './live.ts'

/** What every flow's answer has. */
export interface FlowPayload {
  readonly workflow: { readonly id: string; readonly status: string } | null
  readonly replayed: boolean
  readonly userErrors: readonly { readonly code: string; readonly field: string }[]
}

export interface FlowWorld extends LiveWorld {
  /** Starts a flow by a document that calls its payload `payload`. */
  readonly start: <Payload>(document: string, input: object) => Promise<Payload & FlowPayload>
}

/** Opens it with one customer, `customer-1`. */
export async function openFlowWorld(): Promise<FlowWorld> {
  const world = await openLiveWorld()
  await world.record({ ...openingFacts(), customers: [customerFact({ id: 'customer-1' })] })
  const worker: Running = workflowDesk(world.database.of, world.clock, silentLog).work()
  return {
    ...world,
    start: async <Payload>(document: string, input: object) => {
      const { data, errors } = await world.ask<{ payload: (Payload & FlowPayload) | null }>(document, {
        input,
      })
      if (!data?.payload) throw new Error(JSON.stringify(errors))
      return data.payload
    },
    close: async () => {
      await worker.stop()
      await world.close()
    },
  }
}

/** Dollars as a client writes them. */
export const usd = (amount: string) => ({ amount, currency: 'USD' })
