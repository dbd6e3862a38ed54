import type { FxRate, LegalEntity } from '#domain/erp.ts'
import type { LoggedEvent } from '#platform/log/event.ts'
import type { Projection } from '#platform/log/projection.ts'
import { aggregateEvents, typesOf } from '#schema/event-catalogue.ts'
import type { Jsonified } from '#platform/table.ts'

type KeptRate = Jsonified<
  Pick<FxRate, 'baseCurrency' | 'quoteCurrency' | 'rate' | 'date' | 'source' | 'recordedAt'>
>
type KeptEntity = Jsonified<
  Pick<LegalEntity, 'code' | 'functionalCurrency' | 'fiscalCalendar' | 'fiscalYearStartMonth'>
>

const AGGREGATES = ['fxRate', 'legalEntity']

/** What figures are converted by, and whose they are. */
export const referenceProjection: Projection<KeptRate | KeptEntity> = {
  name: 'metrics-reference',
  source: 'erp',
  types: aggregateEvents
    .filter(({ subgraph, aggregate }) => subgraph === 'erp' && AGGREGATES.includes(aggregate))
    .flatMap((about) => [...typesOf(about).values()]),
  shares: 1,
  keyOf: ({ aggregateId }) => aggregateId,
  apply: (_, event) => (event.aggregate === 'fxRate' ? rateOf(event) : entityOf(event)),
}

function rateOf({ data, recordedAt }: LoggedEvent): KeptRate {
  const { baseCurrency, quoteCurrency, rate, date, source } = data as Jsonified<FxRate>
  return { baseCurrency, quoteCurrency, rate, date, source, recordedAt: recordedAt.toString() }
}

function entityOf({ data }: LoggedEvent): KeptEntity {
  const { code, functionalCurrency, fiscalCalendar, fiscalYearStartMonth } = data as Jsonified<LegalEntity>
  return { code, functionalCurrency, fiscalCalendar, fiscalYearStartMonth }
}
