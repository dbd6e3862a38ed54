import { earlier, isBefore } from './calendar.ts'
import { findingIf, findTwice, type LintFinding } from './lint-finding.ts'
import { findRoute } from './route.ts'
import { type Market, type Route, ROUTE_KINDS, type RouteKind, type WorkflowModel } from './workflow-model.ts'

/** Every market has each of its routes at all times, no two of them compete, and none leads from anywhere. */
export function lintRoutes(
  { routes, markets, events }: WorkflowModel,
  eventTypes: readonly string[],
): LintFinding[] {
  const sent = events.flatMap(({ on, to }, index) =>
    on.flatMap((type) => to.map((target) => ({ way: `${type} to ${target}`, index }))),
  )
  return [
    ...findTwice(routes, ({ name }) => name, 'DEFINED_ONCE', 'routes'),
    ...findTwice(events, ({ name }) => name, 'DEFINED_ONCE', 'events'),
    ...findTwice(markets, ({ country }) => country, 'DEFINED_ONCE', 'markets'),
    ...routes.flatMap((route, index) => [
      ...lintDefault(route, `routes.${index}`),
      ...lintCompeting(route, routes.slice(0, index), `routes.${index}`),
    ]),
    ...markets.flatMap((market, index) =>
      ROUTE_KINDS.flatMap((kind) => lintMarket(market, kind, routes, `markets.${index}`)),
    ),
    ...events.flatMap(({ on }, index) =>
      on.flatMap((type) =>
        findingIf(
          !eventTypes.includes(type),
          'EVENT_KNOWN',
          `events.${index}`,
          `No event has the type ${type}`,
        ),
      ),
    ),
    ...sent.flatMap(({ way, index }, place) =>
      findingIf(
        sent.slice(0, place).some((each) => each.way === way),
        'ROUTE_UNAMBIGUOUS',
        `events.${index}`,
        `An earlier rule sends ${way}`,
      ),
    ),
  ]
}

function lintDefault({ name, countries, kind, to, fallback }: Route, path: string): LintFinding[] {
  return [
    ...findingIf(
      countries === null || countries.length === 0,
      'ROUTE_DEFAULT',
      path,
      `${name} names no countries: money is never sent from an unknown place`,
    ),
    ...findingIf(
      fallback !== null && (kind !== 'TAX' || fallback === to),
      'ROUTE_FALLBACK',
      path,
      'Only a tax provider has a fallback, which is another one',
    ),
  ]
}

/** An earlier route that may hold as well must be the narrower one: an exception that stands before its rule. */
function lintCompeting(route: Route, earlierRoutes: readonly Route[], path: string): LintFinding[] {
  const competing = earlierRoutes.filter((other) => meet(other, route) && !isNarrower(other, route))
  return competing.map(({ name }) => ({
    rule: 'ROUTE_UNAMBIGUOUS',
    path,
    message: `${route.name} and ${name} hold for the same, and ${name} is not the narrower one`,
  }))
}

const dimensions = ['countries', 'regions', 'legalEntities'] as const

function meet(a: Route, b: Route): boolean {
  return (
    a.kind === b.kind &&
    dimensions.every(
      (it) => a[it] === null || b[it] === null || a[it].some((value) => b[it]?.includes(value)),
    ) &&
    beginsBefore(a.since, b.until) &&
    beginsBefore(b.since, a.until)
  )
}

/** For fewer places, or for the same ones and a shorter time. */
function isNarrower(a: Route, b: Route): boolean {
  if (!isWithin(a, b)) return false
  return !isWithin(b, a) || (isDuring(a, b) && !isDuring(b, a))
}

const isWithin = (inner: Route, outer: Route): boolean =>
  dimensions.every(
    (it) => outer[it] === null || inner[it]?.every((value) => outer[it]?.includes(value)) === true,
  )

const isDuring = (inner: Route, outer: Route): boolean =>
  (outer.since === null || (inner.since !== null && !isBefore(inner.since, outer.since))) &&
  (outer.until === null || (inner.until !== null && !isBefore(outer.until, inner.until)))

const beginsBefore = (since: Temporal.PlainDate | null, until: Temporal.PlainDate | null): boolean =>
  since === null || until === null || isBefore(since, until)

/** A market is looked at on its first day and on each day on which a route begins or ends: nothing changes between. */
function lintMarket(
  { country, since }: Market,
  kind: RouteKind,
  routes: readonly Route[],
  path: string,
): LintFinding[] {
  const days = routes.flatMap((route) => [route.since, route.until]).filter((day) => day !== null)
  const gaps = [since, ...days.filter((day) => isBefore(since, day))].filter(
    (date) => !isRouted(kind, country, date, routes),
  )
  const [first, ...rest] = gaps
  if (first === undefined) return []
  const day = rest.reduce(earlier, first).toString()
  return [{ rule: 'ROUTE_TOTAL', path, message: `${country} has no ${kind} route on ${day}` }]
}

function isRouted(
  kind: RouteKind,
  country: string,
  date: Temporal.PlainDate,
  routes: readonly Route[],
): boolean {
  const anywhere = { country, region: null, date }
  const seller = findRoute(routes, { ...anywhere, kind: 'LEGAL_ENTITY', legalEntity: null }).value
  if (kind === 'LEGAL_ENTITY') return seller !== undefined
  // Without a seller that is what is told.
  return (
    seller === undefined ||
    findRoute(routes, { ...anywhere, kind, legalEntity: seller.to }).value !== undefined
  )
}
