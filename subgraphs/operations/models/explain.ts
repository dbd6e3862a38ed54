import type { Outcome, Violation } from '#domain/failure.ts'
import { decideForeignWrite, type WriteDecision } from '#domain/foreign-write.ts'
import type { PickedModel } from '#domain/pick-model.ts'
import { eventTargets, explainRoute, type RouteQuestion } from '#domain/route.ts'
import type { ExplainRouteInput, ExplainWriteInput } from '#schema/operations.generated.ts'
import { sellerOf } from '../services/services.ts'
import type { ServiceSources } from '../services/sources.ts'
import type { ModelDesk } from './desk.ts'
import { modelFor } from './model-for.ts'

/** Where a document or an event goes, with every rule that was looked at. */
export interface ExplainedRoute {
  readonly model: string
  readonly targets: readonly { readonly target: string; readonly rule: string }[]
  readonly steps: readonly {
    readonly rule: string
    readonly target: string
    readonly isTaken: boolean
    readonly reason: string | null
  }[]
  readonly violations: readonly Violation[]
}

/** What becomes of a write. */
export interface ExplainedWrite extends Omit<WriteDecision, 'violation'> {
  readonly model: string
  readonly violations: readonly Violation[]
}

/** A document as far as it is routed. */
interface RoutedDocument {
  readonly country: string
  readonly region: string | null
  readonly date: Temporal.PlainDate
  readonly legalEntityId: string | null
}

/** Why an event or a document goes where it does. Nothing is sent. */
export async function explain(
  desk: ModelDesk,
  sources: ServiceSources,
  today: Temporal.PlainDate,
  input: ExplainRouteInput,
): Promise<ExplainedRoute> {
  if (input.target === 'EVENT') {
    const picked = await modelFor({ sources, modelOf: desk.pick }, input.legalEntityId ?? null)
    return picked.violations ? refused(picked.violations) : explainEvent(picked.value, input.eventType ?? '')
  }
  const common = await desk.pick(null)
  if (common.violations) return refused(common.violations)
  const document = await documentOf(sources, today, input)
  if (document.violations) return refused(document.violations)
  const { country, region, date, legalEntityId } = document.value
  if (input.target === 'LEGAL_ENTITY')
    return explainDocument(common.value, { kind: input.target, country, region, legalEntity: null, date })
  const seller = await sellerOf({ sources, modelOf: desk.pick }, document.value, legalEntityId, date)
  if (seller.violations) return refused(seller.violations)
  const own = await desk.pick(seller.value)
  if (own.violations) return refused(own.violations)
  return explainDocument(own.value, {
    kind: input.target,
    country,
    region,
    legalEntity: seller.value.code,
    date,
  })
}

/** What becomes of a write to a field under the model of a company, or under the one for all. */
export async function explainWrite(
  desk: ModelDesk,
  { legalEntities }: ServiceSources,
  { object, field, writer, legalEntityId }: ExplainWriteInput,
): Promise<ExplainedWrite> {
  const entity = legalEntityId ? (await legalEntities()).find(({ id }) => id === legalEntityId) : null
  const picked =
    entity === undefined
      ? unknown('legalEntityId', 'There is no such company of ours')
      : await desk.pick(entity)
  if (picked.violations) return { model: '', decision: 'REJECT', master: null, violations: picked.violations }
  const { decision, master, violation } = decideForeignWrite(picked.value.model, object, field, writer)
  return {
    model: picked.value.model.name,
    decision,
    master,
    violations: violation === null ? [] : [violation],
  }
}

const refused = (violations: readonly Violation[]): ExplainedRoute => ({
  model: '',
  targets: [],
  steps: [],
  violations,
})

const unknown = (field: string, message: string): { readonly violations: readonly Violation[] } => ({
  violations: [{ code: 'REFERENCE_MISSING', field, message }],
})

function explainEvent({ model }: PickedModel, type: string): ExplainedRoute {
  const targets = eventTargets(model.events, type)
  const message = `No rule of ${model.name} sends ${type} anywhere`
  return {
    model: model.name,
    targets,
    steps: targets.map((it) => ({ ...it, isTaken: true, reason: null })),
    violations: targets.length > 0 ? [] : [{ code: 'ROUTE_MISSING', field: 'eventType', message }],
  }
}

function explainDocument({ model }: PickedModel, question: RouteQuestion): ExplainedRoute {
  const steps = explainRoute(model.routes, question)
  const taken = steps.find(({ isTaken }) => isTaken)
  const { kind, country, date } = question
  const message = `No ${kind} route leads from ${country} on ${date.toString()}`
  return {
    model: model.name,
    targets: taken ? [{ target: taken.route.to, rule: taken.route.name }] : [],
    steps: steps.map(({ route: { name: rule, to: target }, isTaken, mismatch: reason }) => ({
      rule,
      target,
      isTaken,
      reason,
    })),
    violations: taken ? [] : [{ code: 'ROUTE_MISSING', field: 'country', message }],
  }
}

/** What is routed: the place of an invoice's customer, or the one that is given. */
async function documentOf(
  sources: ServiceSources,
  today: Temporal.PlainDate,
  { invoiceId, country, region, date, legalEntityId }: ExplainRouteInput,
): Promise<Outcome<RoutedDocument>> {
  if (!invoiceId) {
    if (!country) return unknown('country', 'A route leads from an invoice or from a country')
    const place = { country, region: region ?? null }
    return { value: { ...place, date: date ?? today, legalEntityId: legalEntityId ?? null } }
  }
  const invoice = await sources.invoice(invoiceId)
  if (invoice === null) return unknown('invoiceId', 'There is no such invoice')
  const address = (await sources.customer(invoice.customerId))?.address
  if (!address || address.country === null) return unknown('invoiceId', 'Its customer has no country')
  const { issueDate, legalEntityId: seller } = invoice
  return {
    value: { country: address.country, region: address.region, date: issueDate, legalEntityId: seller },
  }
}
