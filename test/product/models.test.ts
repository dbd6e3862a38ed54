// Workflow models, asked through the gateway over an invented company.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askOne, readId } from './one.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ customers: 40 })
})
afterAll(() => world.close())

interface Refusal {
  readonly code: string
  readonly field: string
}

const ask = <Answer>(document: string, variables: object = {}, by = world.ask): Promise<Answer> =>
  askOne<Answer>(by, document, variables)
const one = (text: string): Promise<string> => readId(world, text)
const entity = (code: string): Promise<string> =>
  one(`SELECT id FROM erp.legal_entity WHERE code = '${code}'`)

const yaml = (name: string) =>
  readFileSync(new URL(`../../schema/models/${name}.yaml`, import.meta.url), 'utf8')

describe('the models', () => {
  it('are shown with their order of steps, gates and shared rules, the same from services', async () => {
    const document = `{ workflowModels { name version hash description findings { rule }
      parts { legalEntityCodes model content masters { objects fields master foreign mergedFrom }
        flows { name steps { name system kind } gates { gate before } }
        rules { kind name flows } exceptions { class owner deadlineHours escalateTo } } } }`
    interface Model {
      readonly name: string
      readonly findings: object[]
      readonly parts: { readonly rules: { readonly name: string; readonly flows: string[] }[] }[]
    }
    const models = await ask<Model[]>(document)
    expect(models.map(({ name }) => name)).toEqual([
      'billing-led',
      'crm-led',
      'erp-led',
      'event-driven',
      'hybrid',
    ])
    expect(models.flatMap(({ findings }) => findings)).toEqual([])
    const rules = models[1]?.parts[0]?.rules
    expect(rules?.find(({ name }) => name === 'money-back')?.flows).toEqual([
      'refundPayment',
      'issueCreditNote',
      'writeOffInvoice',
    ])
    expect(await ask(document, {}, world.askServices)).toEqual(models)
  })

  it('share the services of routes, taxes, prices and accounts, each told with its flows (row 61)', async () => {
    interface Uses {
      readonly name: string
      readonly parts: {
        readonly rules: { readonly kind: string; readonly name: string; readonly flows: string[] }[]
      }[]
    }
    const models = await ask<Uses[]>('{ workflowModels { name parts { rules { kind name flows } } } }')
    const usesOf = (kind: string): [string, string[]][] =>
      models.flatMap(({ name, parts }): [string, string[]][] => {
        const flows = parts.flatMap(({ rules }) => rules.filter((rule) => rule.kind === kind))
        return [[name, [...new Set(flows.flatMap((rule) => rule.flows))]]]
      })
    for (const kind of ['ROUTE', 'TAX', 'PRICE', 'ACCOUNT']) {
      const uses = usesOf(kind)
      expect(uses).toHaveLength(5)
      for (const [, flows] of uses) expect(flows).toContain('closeOpportunity')
    }
    // Whatever draws up a document has it taxed by a route, also what no model names since it takes its own order.
    const CHANGES = ['amendContract', 'cancelContract', 'renewContract', 'resumeContract', 'suspendContract']
    const BILLING = [...CHANGES, 'transferContract', 'closeOpportunity', 'billContract', 'billUsage']
    for (const [, flows] of usesOf('ROUTE')) expect(flows).toEqual(BILLING)
    for (const [, flows] of usesOf('TAX')) expect(flows).toEqual([...BILLING, 'publishProduct'])
    const MONEY = ['recordPayment', 'settlePayment', 'refundPayment', 'issueCreditNote', 'writeOffInvoice']
    for (const [, flows] of usesOf('ACCOUNT')) expect(flows).toEqual(expect.arrayContaining(MONEY))
    for (const [, flows] of usesOf('RETRY'))
      expect(flows).toEqual(expect.arrayContaining([...BILLING, ...MONEY]))
  })

  it('are told what is wrong with them', async () => {
    const document = `query ($source: String!) { validateModel(source: $source) {
      isValid model { name } findings { rule path line message } } }`
    const judged = (source: string) => ask<object>(document, { source })
    expect(await judged(yaml('erp-led'))).toMatchObject({
      isValid: true,
      model: { name: 'erp-led' },
      findings: [],
    })
    expect(await judged(yaml('erp-led').replace('master: CRM', 'master: SAP'))).toMatchObject({
      isValid: false,
      model: null,
      findings: [{ rule: 'FORM', path: 'masters.1.master', line: expect.any(Number) as number }],
    })
    expect(
      await judged(
        yaml('erp-led').replace(/signContract,\n(.*)startSubscription/, 'startSubscription,\n$1signContract'),
      ),
    ).toMatchObject({
      isValid: false,
      findings: [{ rule: 'STEP_NEEDS', line: null }],
    })
    expect(await judged('['.repeat(31_000))).toMatchObject({ isValid: false, findings: [{ rule: 'FORM' }] })
  })
})

const decide = (writer: string, legalEntityId?: string) =>
  ask<object>(
    `query ($input: ExplainWriteInput!) {
      explainWrite(input: $input) { model decision master userErrors { code } } }`,
    { input: { object: 'price', field: 'unitAmount', writer, legalEntityId } },
  )

describe('activating a model', () => {
  const document = `mutation ($input: ActivateModelInput!) { activateModel(input: $input) {
    activation { id model modelVersion hash since actor reason legalEntity { code } }
    replayed findings { rule } userErrors { code field } } }`
  interface Answer {
    readonly activation: { readonly id: string } | null
    readonly replayed: boolean
    readonly findings: object[]
    readonly userErrors: Refusal[]
  }
  let keys = 0
  const activate = (input: object) => {
    keys += 1
    const common = {
      actor: 'ada@example.com',
      reason: 'The board decided.',
      idempotencyKey: `activate ${keys}`,
    }
    return ask<Answer>(document, { input: { ...common, ...input } })
  }

  it.each<[string, object, string[]]>([
    ['that there is none of', { model: 'moon-led' }, ['REFERENCE_MISSING model']],
    [
      'for a company that there is none of',
      { model: 'erp-led', legalEntityId: 'ent_none' },
      ['REFERENCE_MISSING legalEntityId'],
    ],
    [
      'by nobody, for no reason',
      { model: 'erp-led', actor: ' ', reason: '' },
      ['ACTOR_MISSING actor', 'REASON_MISSING reason'],
    ],
    ['whose text is another', { model: 'erp-led', source: yaml('crm-led') }, ['REFERENCE_MISSING model']],
    [
      'that breaks a rule',
      {
        model: 'crm-led',
        source: yaml('crm-led').replace(
          'include: shared',
          'include: shared\nroutes: [{ name: all, kind: TAX, to: rules }]',
        ),
      },
      ['MODEL_INVALID model'],
    ],
    [
      'that says nothing for one of the companies',
      { model: 'hybrid', source: yaml('hybrid').replace(/.*JP.*\n/, '') },
      ['ROUTE_MISSING model'],
    ],
  ])('%s is refused', async (_, input, expected) => {
    const { activation, userErrors } = await activate(input)
    expect(activation).toBeNull()
    expect(userErrors.map(({ code, field }) => `${code} ${field}`)).toEqual(expected)
  })

  it('holds from then on, for its company or for all, and the same request again does nothing', async () => {
    expect(await decide('CRM')).toEqual({
      model: 'crm-led',
      decision: 'ACCEPT',
      master: 'CRM',
      userErrors: [],
    })

    const input = { model: 'billing-led', idempotencyKey: 'for all' }
    const first = await activate(input)
    expect(first).toMatchObject({
      activation: { model: 'billing-led', modelVersion: 1, since: '2026-11-23T12:00:00Z', legalEntity: null },
      replayed: false,
      userErrors: [],
    })
    expect(await activate(input)).toEqual({ ...first, replayed: true })
    expect(await decide('CRM')).toEqual({
      model: 'billing-led',
      decision: 'REJECT',
      master: 'BILLING',
      userErrors: [{ code: 'REJECTED_NOT_MASTER' }],
    })

    const de = await entity('DE')
    expect(await activate({ model: 'erp-led', legalEntityId: de })).toMatchObject({
      activation: { legalEntity: { code: 'DE' } },
    })
    expect(await decide('ERP', de)).toMatchObject({ model: 'erp-led', decision: 'ACCEPT' })
    expect(await decide('ERP', await entity('US'))).toMatchObject({
      model: 'billing-led',
      decision: 'REJECT',
    })
  })

  it('from a text keeps that text, and a rule that it changed holds for whoever uses it (row 32)', async () => {
    const changed = yaml('billing-led')
      .replace('version: 1', 'version: 2')
      .replace('legalEntities: 3', 'legalEntities: 4')
    const { activation } = await activate({ model: 'billing-led', source: changed })
    const kept = await one(`SELECT content->'parts'->0->'model'->'limits'->>'legalEntities' AS id
      FROM operations.workflow_model m JOIN operations.model_activation a USING (hash)
      WHERE a.id = '${activation?.id ?? ''}'`)
    expect(kept).toBe('4')
    const write = { object: 'price', field: 'unitAmount', writer: 'BILLING' }
    const asked = `query ($input: ExplainWriteInput!) { explainWrite(input: $input) { decision } }`
    expect(await ask(asked, { input: write })).toEqual({ decision: 'ACCEPT' })
  })

  it('is told by an event, and listed', async () => {
    const list = await ask<{ model: string }[]>('{ modelActivations { model actor reason since } }')
    expect(list.map(({ model }) => model).toSorted()).toEqual(['billing-led', 'billing-led', 'erp-led'])
    const told = await one(`SELECT count(*)::text AS id FROM operations.event
      WHERE type = 'revgraph.operations.modelActivation.activated.v1'`)
    expect(told).toBe('3')
  })

  it('afterwards is back to two models at once, by a hybrid (row 21)', async () => {
    const { userErrors } = await activate({ model: 'hybrid' })
    expect(userErrors).toEqual([])
  })
})

describe('a route', () => {
  const document = `query ($input: ExplainRouteInput!) { explainRoute(input: $input) {
    model targets { target rule } steps { rule target isTaken reason } userErrors { code field } } }`
  const explain = (input: object) =>
    ask<{ readonly steps: object[]; readonly targets: object[] }>(document, { input })

  it('of an invoice is that by which it was sent (row 28)', async () => {
    const invoiceId =
      await one(`SELECT i.id FROM billing.invoice i JOIN crm.customer c ON c.id = i.customer_id
      WHERE c.address->>'country' = 'DE' ORDER BY i.id`)
    expect(await explain({ target: 'TAX', invoiceId })).toMatchObject({
      targets: [{ target: 'rules', rule: 'european-vat' }],
      steps: [
        { rule: 'us-sales-tax', isTaken: false, reason: 'DE is not among its countries' },
        { rule: 'european-vat', isTaken: true, reason: null },
        { rule: 'japanese-consumption-tax', isTaken: false },
      ],
      userErrors: [],
    })
  })

  it('from an unknown place is missing, and not a default (row 46)', async () => {
    for (const target of ['LEGAL_ENTITY', 'TAX', 'PAYMENT']) {
      expect(await explain({ target, country: 'BR' })).toMatchObject({
        targets: [],
        userErrors: [{ code: 'ROUTE_MISSING', field: 'country' }],
      })
    }
  })

  it('of nothing is refused', async () => {
    expect(await explain({ target: 'TAX' })).toMatchObject({
      userErrors: [{ code: 'REFERENCE_MISSING', field: 'country' }],
    })
    expect(await explain({ target: 'TAX', invoiceId: 'inv_none' })).toMatchObject({
      userErrors: [{ code: 'REFERENCE_MISSING', field: 'invoiceId' }],
    })
  })

  it('of an event leads to every system, each by a rule (row 20)', async () => {
    const won = { target: 'EVENT', eventType: 'revgraph.crm.opportunity.won.v1' }
    expect(await explain(won)).toMatchObject({ targets: [], userErrors: [{ code: 'ROUTE_MISSING' }] })
    await ask(
      'mutation ($input: ActivateModelInput!) { activateModel(input: $input) { userErrors { code } } }',
      { input: { model: 'event-driven', actor: 'ada', reason: 'Events.', idempotencyKey: 'events' } },
    )
    const { targets } = await explain(won)
    expect(targets).toEqual(
      ['CRM', 'BILLING', 'ERP', 'TAX', 'PAYMENT', 'ANALYTICS'].map((target) => ({
        target,
        rule: 'deals-reach-all',
      })),
    )
  })
})

describe('a recommendation (row 23)', () => {
  const document = `query ($facts: ModelFactsInput) { recommendModel(facts: $facts) {
    model reasons others { model reasons }
    facts { legalEntities usageLines usagePercent amendments erpApprovalPercent } } }`

  it('rests on what is given, and else on what is in the store', async () => {
    const counted = await ask<{ readonly facts: Record<string, number> }>(document)
    expect(counted.facts).toMatchObject({ legalEntities: 3 })
    expect(counted.facts['amendments']).toBeGreaterThan(0)
    expect(counted.facts['usagePercent']).toBeGreaterThan(0)
    const facts = { usageLines: 1, usagePercent: 10, amendments: 2, erpApprovalPercent: 40 }
    expect(await ask(document, { facts })).toMatchObject({
      model: 'erp-led',
      facts: { ...facts, legalEntities: 3 },
    })
  })

  it.each([
    ['where nothing speaks against sales', {}, 'crm-led', /0% billed by usage/],
    ['where much is billed by usage', { usagePercent: 60 }, 'billing-led', /60% of the subscriptions/],
    ['where accounting looks at many', { erpApprovalPercent: 60 }, 'erp-led', /60% of the customers/],
    ['where both compete', { usagePercent: 80, erpApprovalPercent: 80 }, 'event-driven', /no single system/],
  ])('%s is the model for that, with its reasons', async (_, facts, model, reason) => {
    const calm = { legalEntities: 1, usageLines: 0, usagePercent: 0, amendments: 0, erpApprovalPercent: 0 }
    const answer = await ask<{ reasons: string[]; others: object[] }>(document, {
      facts: { ...calm, ...facts },
    })
    expect(answer).toMatchObject({ model, facts: { ...calm, ...facts } })
    expect(answer.reasons.join('; ')).toMatch(reason)
    expect(answer.others).toHaveLength(3)
  })
})
