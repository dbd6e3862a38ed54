// A tax provider that is down, slow or unknown: the declared fallback or TAX_UNAVAILABLE, never a silent zero (row 36).
import { describe, expect, it } from 'vitest'
import type { TaxQuestion, TaxQuote } from '#domain/tax-rules.ts'
import {
  askProviders,
  providerByRules,
  type TaxProvider,
} from '#subgraphs/operations/services/tax-provider.ts'
import { readTaxRules } from '#subgraphs/operations/services/tax-file.ts'
import { day } from '#test/domain/documents.ts'

const question: TaxQuestion = {
  country: 'DE',
  region: 'BE',
  city: 'Berlin',
  seller: 'DE',
  date: day('2026-05-01'),
  lines: [{ taxCode: 'txcd_10103001', net: 100_00n }],
}
const quoted: TaxQuote = { taxes: [], exemptions: [], tax: 20_00n, needsTaxId: false }
const rules = providerByRules(readTaxRules())
const remote: TaxProvider = { quote: () => Promise.resolve({ value: quoted }) }
const down: TaxProvider = { quote: () => Promise.reject(new Error('connection refused')) }
const refusing: TaxProvider = {
  quote: () =>
    Promise.resolve({ violations: [{ code: 'TAX_RULE_MISSING', field: 'lines.0', message: 'no nexus' }] }),
}
const aborted: boolean[] = []
const silent: TaxProvider = {
  quote: (_, signal) =>
    new Promise(() => {
      signal.addEventListener('abort', () => aborted.push(true))
    }),
}
const TIMEOUT_MS = 20

describe('a quote', () => {
  it.each<[string, TaxProvider | undefined, string | null, object]>([
    ['of the provider', remote, 'rules', { value: { tax: 20_00n, provider: 'remote', isFallback: false } }],
    [
      'of the fallback, where it is down',
      down,
      'rules',
      { value: { tax: 19_00n, provider: 'rules', isFallback: true } },
    ],
    [
      'of the fallback, where it is silent',
      silent,
      'rules',
      { value: { tax: 19_00n, provider: 'rules', isFallback: true } },
    ],
    [
      'of the fallback, where it is not set up',
      undefined,
      'rules',
      { value: { provider: 'rules', isFallback: true } },
    ],
    [
      'of nobody, without a fallback',
      down,
      null,
      { violations: [{ code: 'TAX_UNAVAILABLE', message: 'remote failed: connection refused' }] },
    ],
    [
      'of nobody, after the time',
      silent,
      null,
      { violations: [{ code: 'TAX_UNAVAILABLE', message: 'remote did not answer in 20 ms' }] },
    ],
    [
      'of nobody, where both are down',
      down,
      'other',
      {
        violations: [
          { code: 'TAX_UNAVAILABLE', message: 'remote failed: connection refused; other is not set up' },
        ],
      },
    ],
    [
      'that is refused is asked of nobody else',
      refusing,
      'rules',
      { violations: [{ code: 'TAX_RULE_MISSING' }] },
    ],
  ])('%s', async (_, provider, fallback, expected) => {
    const providers = { rules, ...(provider && { remote: provider }) }
    const answer = await askProviders(providers, { to: 'remote', fallback }, question, TIMEOUT_MS)
    expect(answer).toMatchObject(expected)
  })

  it('that nobody waits for any more is called off', () => {
    expect(aborted).toEqual([true, true])
  })
})
