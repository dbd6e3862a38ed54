import type { Outcome } from '#domain/failure.ts'
import { quoteByRules, type TaxQuestion, type TaxQuote } from '#domain/tax-rules.ts'
import type { TaxRules } from './tax-file.ts'

/** Who reckons taxes. It answers, refuses for good, or throws; whoever asks waits no longer than the signal. */
export interface TaxProvider {
  readonly quote: (question: TaxQuestion, signal: AbortSignal) => Promise<Outcome<TaxQuote>>
}

/** Providers by the names that routes lead to. */
export type TaxProviders = Readonly<Record<string, TaxProvider>>

/** A quote with who gave it. */
export interface ProvidedQuote extends TaxQuote {
  readonly provider: string
  /** Whether the provider that was to reckon did not answer. */
  readonly isFallback: boolean
}

/** How long a provider may take: a sale waits for it. */
const TAX_TIMEOUT_MS = 2_000

/** Reckons by the rules of the product, which are always there. */
export const providerByRules = ({ rules }: TaxRules): TaxProvider => ({
  quote: (question) => Promise.resolve(quoteByRules(rules, question)),
})

/**
 * Asks the provider, and where it does not answer the declared fallback. What a provider refuses is its answer: nobody
 * else is asked. TAX_UNAVAILABLE where nobody answers: never zero.
 */
export async function askProviders(
  providers: TaxProviders,
  { to, fallback }: { readonly to: string; readonly fallback: string | null },
  question: TaxQuestion,
  timeoutMs = TAX_TIMEOUT_MS,
): Promise<Outcome<ProvidedQuote>> {
  const failures: string[] = []
  for (const name of [to, ...(fallback === null ? [] : [fallback])]) {
    const answer = await ask(name, providers[name], question, timeoutMs)
    if ('failure' in answer) failures.push(answer.failure)
    else if (answer.violations) return answer
    else return { value: { ...answer.value, provider: name, isFallback: name !== to } }
  }
  return { violations: [{ code: 'TAX_UNAVAILABLE', field: 'lines', message: failures.join('; ') }] }
}

async function ask(
  name: string,
  provider: TaxProvider | undefined,
  question: TaxQuestion,
  timeoutMs: number,
): Promise<Outcome<TaxQuote> | { readonly failure: string }> {
  if (provider === undefined) return { failure: `${name} is not set up` }
  const signal = AbortSignal.timeout(timeoutMs)
  const late = new Promise<{ readonly failure: string }>((resolve) => {
    signal.addEventListener('abort', () => resolve({ failure: `${name} did not answer in ${timeoutMs} ms` }))
  })
  const answer = provider
    .quote(question, signal)
    .catch((error: unknown) => ({ failure: `${name} failed: ${reasonOf(error)}` }))
  return Promise.race([answer, late])
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'it did not say why')
