import { systemClock } from '#platform/clock.ts'
import type { StripeConfig } from '#platform/config.ts'
import { stripeReader, type StripeReader } from '#subgraphs/billing/stripe/client.ts'
import { importStripe, type RunPosition } from '#subgraphs/billing/stripe/import.ts'
import { importReport } from '#subgraphs/billing/stripe/report.ts'
import { importPositions, rawObjects } from '#subgraphs/billing/store.ts'
import { readBlockedSources } from '#subgraphs/erp/store.ts'
import { createRecordFacts } from '#product.ts'
import { type Command, say, UsageError } from './command.ts'
import { progressBar } from './progress.ts'
import { recognizeEndedMonths } from './recognize.ts'
import { withStores } from './stores.ts'

/** Documents that the report names at most. */
const MAX_SHOWN_BLOCKED = 20

/** `npm run import -- stripe` */
export const importCommand: Command = (input) => {
  const { config, line, log } = input
  const [source = '', ...rest] = line.words
  if (source !== 'stripe' || rest.length > 0)
    throw new UsageError('import takes one source; there is "stripe".')
  const reader = configuredReader(config.stripe)
  return withStores(input, async (stores) => {
    const { instance, entityCode, entityName, country, functionalCurrency, timeZone } = config.stripe
    const correlationId = `stripe-${instance}`
    const bar = progressBar('Stripe', null)
    const result = await importStripe({
      reader,
      // Named one by one: what stands in a fact is kept for ever, and the settings have the account's key.
      account: {
        instance,
        legalEntity: { code: entityCode, name: entityName, country, functionalCurrency, timeZone },
      },
      record: createRecordFacts(stores.of, systemClock, correlationId, (trouble) =>
        log.warn(trouble, 'documents that do not fit together, or that the books cannot take'),
      ),
      raw: rawObjects(stores.of('billing')),
      positions: importPositions<RunPosition>(stores.of('billing'), `stripe/${instance}`),
      clock: systemClock,
      log,
      progress: ({ phase, resource, done }) =>
        bar.show(done, `${phase === 'READ' ? 'read' : 'recorded'}: ${resource}`),
    })
    await recognizeEndedMonths(stores, systemClock, correlationId)
    bar.end('')
    say(importReport(result))
    const blocked = await readBlockedSources(stores.of('erp'), '', MAX_SHOWN_BLOCKED)
    if (blocked.length > 0) say(`Not posted, see their posting for the reason: ${blocked.join(', ')}`)
  })
}

function configuredReader({ apiKey, host, port, protocol }: StripeConfig): StripeReader {
  if (apiKey === undefined)
    throw new UsageError('Set STRIPE_API_KEY to a secret or restricted key of the account.')
  return stripeReader({
    apiKey,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  })
}
