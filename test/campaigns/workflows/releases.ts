/** Two releases of the product: nodes of both are at work while one takes the place of the other. */
import type { Systems } from '#subgraphs/operations/flows/systems.ts'
import type { AnyFlow } from '#subgraphs/operations/workflows/flow.ts'
import type { Shop } from './troubles.ts'

export type Release = 'CURRENT' | 'NEXT'

/** Flows that the next release tells in another way; models order the steps of others. */
const CHANGED = new Set(['recordPayment', 'refundPayment', 'issueCreditNote', 'writeOffInvoice'])

/** A flow as a release tells it: the next one looks before it begins, and its last step has another name. */
export function releasedFlow<Flow extends AnyFlow<Systems>>(flow: Flow, release: Release): Flow {
  const last = flow.steps.at(-1)
  if (release === 'CURRENT' || last === undefined || !CHANGED.has(flow.name)) return flow
  const renamed = { ...last, name: `${last.name}Anew` }
  return { ...flow, steps: [LOOK, ...flow.steps.slice(0, -1), renamed], retired: [last] }
}

const LOOK = {
  name: 'lookAround',
  system: 'OPERATIONS',
  kind: 'CHECK',
  needs: [],
  run: () => Promise.resolve({ value: null }),
} as const

/** The workshop of a node of a release. */
export const withRelease = (shop: Shop, release: Release): Shop => ({
  ...shop,
  flows: new Map([...shop.flows].map(([name, flow]) => [name, releasedFlow(flow, release)])),
})
