// The models that come with the product are right, and a text that is not is told what was expected, and where.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decideForeignWrite } from '#domain/foreign-write.ts'
import { lintDocument } from '#domain/lint-model.ts'
import { flows } from '#subgraphs/operations/flows/flows.ts'
import { catalogueOf } from '#subgraphs/operations/models/flow-catalogue.ts'
import { readLibrary, readModel, reviveModel } from '#subgraphs/operations/models/library.ts'
import { surroundingsOf } from '#subgraphs/operations/models/surroundings.ts'

const library = readLibrary()
const surroundings = surroundingsOf(catalogueOf(flows))
const source = readFileSync(new URL('../../schema/models/crm-led.yaml', import.meta.url), 'utf8')
const modelNamed = (name: string) => {
  const found = library.models.find((model) => model.name === name)
  if (!found) throw new Error(`no model ${name}`)
  return found
}

describe('the models of the product', () => {
  it.each(library.models)('$name keeps every rule', (model) => {
    expect(lintDocument(model, surroundings)).toEqual([])
  })

  it('are the four, and a hybrid that runs companies under two of them', () => {
    expect(library.models.map(({ name, parts }) => [name, parts.map(({ model }) => model.name)])).toEqual([
      ['billing-led', ['billing-led']],
      ['crm-led', ['crm-led']],
      ['erp-led', ['erp-led']],
      ['event-driven', ['event-driven']],
      ['hybrid', ['crm-led', 'crm-led', 'erp-led']],
    ])
  })

  it('differ in the order of steps and in the gates', () => {
    const closing = library.models
      .slice(0, 4)
      .map(({ parts: [part] }) => JSON.stringify(part?.model.flows.closeOpportunity))
    expect(new Set(closing).size).toBe(4)
  })

  it.each([
    ['crm-led', 'CRM', 'ACCEPT'],
    ['billing-led', 'CRM', 'REJECT'],
    ['erp-led', 'BILLING', 'REJECT'],
    ['hybrid', 'BILLING', 'ACCEPT'],
  ] as const)('%s, asked for a price that %s writes: %s (row 16)', (name, writer, decision) => {
    const [part] = modelNamed(name).parts
    if (!part) throw new Error('no part')
    expect(decideForeignWrite(part.model, 'price', 'unitAmount', writer).decision).toBe(decision)
  })

  it('ask accounting before anything is billed, where accounting leads (row 18)', () => {
    const plan = modelNamed('erp-led').parts[0]?.model.flows.closeOpportunity
    expect(plan?.gates).toContainEqual({ gate: 'finance-approval', before: 'startSubscription' })
  })

  it('are the same after they were kept', () => {
    for (const model of library.models) {
      expect(reviveModel(JSON.parse(JSON.stringify(model)))).toEqual(model)
    }
  })
})

const read = (text: string) => readModel('source', text, library)

describe('a text', () => {
  const changed = (from: string | RegExp, to: string) => read(source.replace(from, to))
  const told = (answer: ReturnType<typeof read>) =>
    answer.problems?.map(({ line, path, message }) => `${line} ${path}: ${message}`)

  it('that a file of the product has is that model, with the same hash', () => {
    expect(read(source).value).toEqual(modelNamed('crm-led'))
  })

  it('that says something else has another hash', () => {
    expect(changed('usageLines: 2', 'usageLines: 3').value?.hash).not.toBe(modelNamed('crm-led').hash)
  })

  it.each<[string, ReturnType<typeof read>, RegExp]>([
    [
      'a word for another',
      changed('master: CRM', 'master: CRN'),
      /^\d+ masters\.0\.master: .*"CRM"\|"BILLING"\|"ERP"/,
    ],
    [
      'a key that there is none of',
      changed('limits:', 'limit: 1\nlimits:'),
      /^1 : Unrecognized key: "limit"/,
    ],
    ['a missing key', changed(/^description:[^]*?\n\n/m, '\n'), /^1 description: .*expected string/],
    [
      'a flow that is none',
      changed('closePeriod:', 'openPeriod:'),
      /flows.*openPeriod|openPeriod.*flows|Invalid key/,
    ],
    [
      'an amount that is a number',
      changed("'5000000.00'", '5000000.00'),
      /limits\.dealAmount\.USD: expected an amount in quotation marks/,
    ],
    [
      'an include that is none',
      changed('include: shared', 'include: other'),
      /^1 include: expected the name of one of shared/,
    ],
    ['nothing to try again by', changed('include: shared\n', ''), /^1 retry: expected a retry policy/],
    ['a key twice', changed('version: 1', 'version: 1\nversion: 2'), /^3 : Map keys must be unique/],
    ['no YAML', read('name: [1'), /^1 : Flow sequence/],
    ['nothing', read(''), /expected one YAML document/],
    ['two documents', read('a: 1\n---\na: 2'), /expected one YAML document, not 2/],
    ['an alias', read('a: &x [1]\nb: *x'), /^2 : expected no alias/],
    ['too much', read('#'.repeat(40_000)), /expected at most 32000 characters/],
    ['brackets without end', read('['.repeat(30_000)), /expected at most 12 levels/],
    ['hyphens without end', read('- '.repeat(15_000)), /expected at most 12 levels/],
    [
      'a hybrid of a model that is none',
      read('name: h\nversion: 1\ndescription: x\nentities: [{ legalEntity: US, model: none }]'),
      /entities\.0\.model: expected the name of a model/,
    ],
    [
      'a day that there is none of',
      changed('limits:', 'markets: [{ country: DE, since: 2026-02-30 }]\nlimits:'),
      /markets\.0\.since: expected a day that there is/,
    ],
  ])('%s', (_, answer, expected) => {
    expect(told(answer)?.join('\n')).toMatch(expected)
  })

  it('that defines what it includes once more is told so (row 13)', () => {
    const again = changed(
      'limits:',
      'routes: [{ name: japan, kind: LEGAL_ENTITY, countries: [JP], to: JP }]\nlimits:',
    )
    const rules = again.value && lintDocument(again.value, surroundings).map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['DEFINED_ONCE', 'ROUTE_UNAMBIGUOUS']))
  })
})
