import { isBefore } from './calendar.ts'
import type { EventRoute, EventTarget, Route, RouteKind } from './workflow-model.ts'
import type { Outcome } from './failure.ts'

/** What is to be routed. */
export interface RouteQuestion {
  readonly kind: RouteKind
  readonly country: string
  readonly region: string | null
  /** Code of our company; null while it is what is asked for. */
  readonly legalEntity: string | null
  readonly date: Temporal.PlainDate
}

/** Why a route was taken or not. */
export interface RouteStep {
  readonly route: Route
  readonly isTaken: boolean
  /** What did not fit, in words; null where all does. */
  readonly mismatch: string | null
}

/** The first route that holds. ROUTE_MISSING where none does: money has no default. */
export function findRoute(routes: readonly Route[], question: RouteQuestion): Outcome<Route> {
  const route = routes.find((each) => mismatchOf(each, question) === null)
  if (route !== undefined) return { value: route }
  const { kind, country, region, date } = question
  const place = region === null ? country : `${country}-${region}`
  const message = `No ${kind} route leads from ${place} on ${date.toString()}`
  return { violations: [{ code: 'ROUTE_MISSING', field: 'country', message }] }
}

/** Every route of the kind in its order, with what kept it from being taken. */
export function explainRoute(routes: readonly Route[], question: RouteQuestion): RouteStep[] {
  const ofKind = routes.filter(({ kind }) => kind === question.kind)
  const mismatches = ofKind.map((route) => mismatchOf(route, question))
  const taken = mismatches.indexOf(null)
  return ofKind.map((route, index) => {
    const isTaken = index === taken
    const mismatch = mismatches[index] ?? null
    return { route, isTaken, mismatch: isTaken ? null : (mismatch ?? 'an earlier route holds') }
  })
}

/** Where an event goes, each target with the rule that sends it there. */
export function eventTargets(
  routes: readonly EventRoute[],
  type: string,
): { readonly target: EventTarget; readonly rule: string }[] {
  return routes
    .filter(({ on }) => on.includes(type))
    .flatMap(({ name: rule, to }) => to.map((target) => ({ target, rule })))
}

function mismatchOf(route: Route, question: RouteQuestion): string | null {
  const { kind, country, region, legalEntity, date } = question
  const tests: readonly (readonly [boolean, string])[] = [
    [route.kind === kind, `it is a route of ${route.kind}`],
    [names(route.countries, country), `${country} is not among its countries`],
    [names(route.regions, region), `${region ?? 'no region'} is not among its regions`],
    [names(route.legalEntities, legalEntity), `${legalEntity ?? 'no company'} is not among its companies`],
    [route.since === null || !isBefore(date, route.since), `it holds from ${String(route.since)} on`],
    [route.until === null || isBefore(date, route.until), `it held until ${String(route.until)}`],
  ]
  return tests.find(([fits]) => !fits)?.[1] ?? null
}

const names = (list: readonly string[] | null, value: string | null): boolean =>
  list === null || (value !== null && list.includes(value))
