import type { TaxLine } from '#domain/billing.ts'
import { multiply, parseDecimal, rational, roundHalfAwayFromZero } from '#domain/rational.ts'
import { report, type Mapping } from './mapping.ts'
import type { StatedTax } from './taxes.ts'

/** Taxes as tax lines: one a rate, in the order in which rates first appear. `net` stands in for an unstated base. */
export function taxLinesOf(mapping: Mapping, taxes: readonly StatedTax[], net: bigint): TaxLine[] {
  return [...Map.groupBy(taxes, ({ rateId }) => rateId)].map(([rateId, group]) => {
    const amount = group.reduce((total, tax) => total + tax.amount, 0n)
    const taxable = group.some((tax) => tax.taxable === null)
      ? net
      : group.reduce((total, tax) => total + (tax.taxable ?? 0n), 0n)
    const rate = rateId === null ? null : mapping.links.taxRate(rateId)
    const jurisdiction = rate?.jurisdiction ?? rateId ?? 'unknown'
    // Reverse charge and exemptions name a rate, but charge nothing by it.
    if (amount === 0n) return { jurisdiction, rate: '0', taxable, amount }
    return {
      jurisdiction,
      rate: rate?.percentage ?? derivedRate(mapping, amount, taxable, rateId),
      taxable,
      amount,
    }
  })
}

const MAX_RATE_DECIMALS = 4

/** The shortest rate that gives the amount; reported, since others may give it too. */
function derivedRate(mapping: Mapping, amount: bigint, taxable: bigint, rateId: string | null): string {
  report(mapping, 'APPROXIMATED', 'taxes.rate', `derived, since the rate ${rateId ?? '(none)'} is not known`)
  if (taxable === 0n) return '0'
  const rates = Array.from({ length: MAX_RATE_DECIMALS + 1 }, (_, decimals) =>
    rateWith(decimals, amount, taxable),
  )
  return rates.find((rate) => taxOn(taxable, rate) === amount) ?? rates.at(-1) ?? '0'
}

function rateWith(decimals: number, amount: bigint, taxable: bigint): string {
  const scale = 10n ** BigInt(decimals)
  const scaled = roundHalfAwayFromZero(rational(amount * 100n * scale, taxable))
  if (decimals === 0) return String(scaled)
  const digits = String(scaled).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

const taxOn = (taxable: bigint, rate: string): bigint =>
  roundHalfAwayFromZero(multiply(rational(taxable, 100n), parseDecimal(rate)))
