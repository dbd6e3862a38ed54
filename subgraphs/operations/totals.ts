import { money, type Money, type PrintableMoney } from '#domain/money.ts'

/** Sums of amounts by currency. */
export class Totals {
  readonly #byCurrency = new Map<string, bigint>()

  add({ minorUnits, currency }: Money): void {
    this.#byCurrency.set(currency, (this.#byCurrency.get(currency) ?? 0n) + minorUnits)
  }

  list(): PrintableMoney[] {
    return [...this.#byCurrency]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, minorUnits]) => money(minorUnits, currency))
  }
}
