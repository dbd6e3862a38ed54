import type { KeyedInput } from '#platform/mutation.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { missing } from './refusals.ts'
import type { Systems } from './systems.ts'

/** A product that is to be sold. */
export interface PublishProduct extends KeyedInput {
  readonly productId: string
}

type PublishStep = Step<Systems, PublishProduct, Published>

interface Published {
  readonly productId: string
}

/** Between the request and now a rule may have been taken away. */
const check: PublishStep = {
  name: 'checkProduct',
  system: 'OPERATIONS',
  kind: 'CHECK',
  needs: [],
  uses: ['ACCOUNT', 'PRICE', 'TAX'],
  run: async ({ catalogue }, { prepared: { productId } }) => {
    const violations = await catalogue.check(productId)
    if (violations === null) return missing('productId', 'There is no such product')
    return violations.length > 0 ? { violations } : { value: null }
  },
}

const publish: PublishStep = {
  name: 'publishProduct',
  system: 'BILLING',
  kind: 'RETRIABLE',
  needs: ['checkProduct'],
  run: ({ billing }, { prepared }, effect) => billing.publishProduct(effect, prepared),
}

/** A product goes on sale once every company of ours has a price, a tax code and posting rules for it. */
export const publishProduct: Flow<Systems, PublishProduct, Published> = {
  name: 'publishProduct',
  prepare: async ({ catalogue }, { productId }) => {
    const violations = await catalogue.check(productId)
    if (violations === null) return missing('productId', 'There is no such product')
    if (violations.length > 0) return { violations }
    const subject = `product:${productId}`
    return { value: { prepared: { productId }, subject, customerId: null, legalEntityId: null } }
  },
  steps: [check, publish],
}
