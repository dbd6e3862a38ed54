import type { JsonObject } from '../request.ts'

/** A number that is known when an operation is compiled, or only with the variables of a request. */
export type Amount = number | ((variables: JsonObject) => number)

/** The amount for these variables. */
export function amountFor(amount: Amount, variables: JsonObject): number {
  return typeof amount === 'number' ? amount : amount(variables)
}

/** The sum: what is known now is added now. */
export function sum(amounts: readonly Amount[]): Amount {
  let known = 0
  const open: ((variables: JsonObject) => number)[] = []
  for (const amount of amounts) {
    if (typeof amount === 'number') known += amount
    else open.push(amount)
  }
  if (open.length === 0) return known
  return (variables) => open.reduce((total, amount) => total + amount(variables), known)
}

/** The product. */
export function times(one: Amount, other: Amount): Amount {
  if (typeof one === 'number' && typeof other === 'number') return one * other
  return (variables) => amountFor(one, variables) * amountFor(other, variables)
}
