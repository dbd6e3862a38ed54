import { money } from '#domain/money.ts'
import { today } from '#platform/clock.ts'
import { publicError } from '#platform/errors.ts'
import { graphTypeOf } from '#platform/ids.ts'
import { eventFilter } from '#platform/log/filter.ts'
import { asDelivered, type DeliveredEvent, subscribeTo } from '#platform/log/subscribe.ts'
import type { Resolvers } from '#schema/insight.generated.ts'
import { metricQueries, metricTypes } from './metrics/resolvers.ts'
import { listStandings, listedStandingTypes } from './standing-list.ts'
import { standingIdOf } from './review.ts'
import { standingOf } from './standing.ts'
import { standings } from './standing-store.ts'

export const resolvers: Resolvers = {
  Query: {
    node: (_, { id }) => {
      const typename = graphTypeOf(id)
      if (typename === undefined) throw publicError('NOT_FOUND', 'There is no object with this id.')
      return { __typename: typename, id } as never
    },
    ...metricQueries,
    customerStandings: (_, args, { db }) => listStandings(db, args),
  },
  ...metricTypes,
  ...listedStandingTypes,
  Subscription: {
    standingChanges: {
      subscribe: (_, { after, filter }, { feed }) => {
        const isWanted = eventFilter(filter)
        return subscribeTo(feed, after, (event) => event.aggregate === 'standing' && isWanted(event))
      },
      resolve: asDelivered,
    },
  },
  StandingChange: {
    customer: (delivered) => ({ id: changeOf(delivered).customerId }),
    before: (delivered) => changeOf(delivered).before,
    after: (delivered) => changeOf(delivered).after,
    asOf: (delivered) => changeOf(delivered).asOf,
  },
  StandingReason: {
    amount: ({ amount }) => amount && money(amount.minorUnits, amount.currency),
  },
  Customer: {
    __resolveReference: (representation) => representation,
    standingHistory: ({ id }, args, { standingHistory }) => standingHistory.load(standingIdOf(id), args),
    standingAt: ({ id }, { knownAt }, { standingsAt }) => standingsAt(knownAt).load(standingIdOf(id)),
    standing: (customer, _, { clock }) => {
      const day = today(clock)
      const { level, reasons } = standingOf(customer, day)
      return { level, reasons, asOf: day }
    },
  },
}

/** The change that an event tells of. */
const changeOf = ({ event }: DeliveredEvent) =>
  standings.ofEvent(event.data as Readonly<Record<string, unknown>>)
