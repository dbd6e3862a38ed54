import { outgrownReasons } from './outgrown.ts'
import type { WorkflowModel } from './workflow-model.ts'

/** What a company is like, as far as it chooses a model. */
export interface ModelFacts {
  /** Our companies that sell. */
  readonly legalEntities: number
  /** Most usage-based lines of one subscription. */
  readonly usageLines: number
  /** Percent of subscriptions with a usage-based line. */
  readonly usagePercent: number
  /** Most amendments of one contract. */
  readonly amendments: number
  /** Percent of customers whose deals accounting has to look at. */
  readonly erpApprovalPercent: number
}

/** What is counted of a company. */
export interface CompanyCounts {
  readonly legalEntities: number
  readonly usageLines: number
  readonly subscriptions: number
  readonly usageSubscriptions: number
  readonly amendments: number
  readonly customers: number
  /** Those on credit hold or with a credit limit. */
  readonly watchedCustomers: number
}

/** What counts tell of a company; shares are rounded down. */
export function factsOfCounts(counts: CompanyCounts): ModelFacts {
  const { legalEntities, usageLines, amendments } = counts
  return {
    legalEntities,
    usageLines,
    usagePercent: percent(counts.usageSubscriptions, counts.subscriptions),
    amendments,
    erpApprovalPercent: percent(counts.watchedCustomers, counts.customers),
  }
}

const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.min(100, Math.trunc((part * 100) / whole))

/** A model with its reasons, and what speaks against the others. */
export interface Recommendation {
  readonly model: string
  readonly reasons: readonly string[]
  readonly others: readonly { readonly model: string; readonly reasons: readonly string[] }[]
}

/** From this share on, accounting sees too many deals to come last. */
const ERP_LED_PERCENT = 25
/** From this share on, what is billed follows from usage more than from what was signed. */
const BILLING_LED_PERCENT = 30

const [CRM_LED, BILLING_LED, ERP_LED, EVENT_DRIVEN] = [
  'crm-led',
  'billing-led',
  'erp-led',
  'event-driven',
] as const

/**
 * The model that suits a company: led by the system that most deals wait for, by none where two of them compete or the
 * leading one would be outgrown, and by sales where nothing speaks against it. The limits are those of the models.
 */
export function recommendModel(models: readonly WorkflowModel[], facts: ModelFacts): Recommendation {
  const leading = leadOf(facts)
  const outgrown = outgrownBy(models, leading.model, facts)
  const chosen =
    outgrown.length === 0
      ? leading
      : { model: EVENT_DRIVEN, reasons: [`${leading.model} would lead, but is too small`, ...outgrown] }
  const rest = models.filter(({ name }) => name !== chosen.model)
  const others = rest.map(({ name }) => {
    const against = outgrownBy(models, name, facts)
    return { model: name, reasons: against.length > 0 ? against : [doubtOf(name, facts)] }
  })
  return { ...chosen, others }
}

function leadOf({ usagePercent, erpApprovalPercent }: ModelFacts): Pick<Recommendation, 'model' | 'reasons'> {
  const byErp = erpApprovalPercent >= ERP_LED_PERCENT
  const byBilling = usagePercent >= BILLING_LED_PERCENT
  const erp = `accounting looks at the deals of ${erpApprovalPercent}% of the customers`
  const billing = `${usagePercent}% of the subscriptions are billed by usage`
  if (byErp && byBilling)
    return { model: EVENT_DRIVEN, reasons: [erp, billing, 'so no single system can lead'] }
  if (byErp) return { model: ERP_LED, reasons: [erp] }
  if (byBilling) return { model: BILLING_LED, reasons: [billing] }
  return {
    model: CRM_LED,
    reasons: [
      `${usagePercent}% billed by usage is below ${BILLING_LED_PERCENT}%`,
      `${erpApprovalPercent}% for accounting is below ${ERP_LED_PERCENT}%`,
      'it fits the limits of the model that sales lead',
    ],
  }
}

function outgrownBy(models: readonly WorkflowModel[], name: string, facts: ModelFacts): string[] {
  const model = models.find((each) => each.name === name)
  if (model === undefined) return [`there is no model ${name}`]
  return outgrownReasons(model.limits, { ...facts, amount: null }).map(
    ({ message }) => `OUTGROWN: ${message}`,
  )
}

function doubtOf(name: string, { usagePercent, erpApprovalPercent }: ModelFacts): string {
  switch (name) {
    case CRM_LED:
      return 'what was signed is not what decides most deals'
    case BILLING_LED:
      return `${usagePercent}% of the subscriptions are billed by usage; it pays from ${BILLING_LED_PERCENT}% on`
    case ERP_LED:
      return `accounting looks at ${erpApprovalPercent}% of the customers; it pays from ${ERP_LED_PERCENT}% on`
    case EVENT_DRIVEN:
      return 'one system can lead, which is simpler'
    default:
      return 'nothing asks for it'
  }
}
