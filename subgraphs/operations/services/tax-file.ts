/** The tax rules of `schema/rules/taxes.yaml`: services quote by them, and so do the invoices of the seed. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ambiguousTaxRules, type TaxRule } from '#domain/tax-rules.ts'
import { once } from '#platform/once.ts'
import { code, country, day, list, region, slug, text } from '../models/shapes.ts'
import { ModelFileError, readYaml, type Sourced } from '../models/yaml.ts'

const FILE = 'rules/taxes.yaml'

const taxRule = z.strictObject({
  name: slug,
  country,
  region: region.nullable().default(null),
  city: text.nullable().default(null),
  sellers: list(code).nullable().default(null),
  taxCodes: list(text).nullable().default(null),
  since: day.nullable().default(null),
  until: day.nullable().default(null),
  jurisdiction: text,
  rate: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,6})?$/, "expected percent in quotation marks, such as '8.875'")
    .nullable(),
  reason: text.nullable().default(null),
  needsTaxId: z.boolean().default(false),
})

const taxFile = z.strictObject({ taxCodes: list(text).min(1), rules: list(taxRule).min(1) })

/** Rules of taxes, and the tax codes that they are made for. */
export interface TaxRules {
  readonly taxCodes: readonly string[]
  readonly rules: readonly TaxRule[]
}

/** Reads rules of taxes from a text; two that compete are a problem as well. */
export function readTaxes(file: string, source: string): Sourced<TaxRules> {
  const yaml = readYaml(file, source)
  if (yaml.problems) return yaml
  const taxes = yaml.value.as(taxFile)
  if (taxes.problems) return taxes
  const competing = ambiguousTaxRules(taxes.value.rules)
  if (competing.length === 0) return taxes
  return {
    problems: competing.map(([one, other]) => ({
      file,
      line: 1,
      path: 'rules',
      message: `expected ${one.name} or ${other.name} to be more specific: both are of ${one.jurisdiction}`,
    })),
  }
}

/** The product's own rules of taxes, which do not change while a process runs. */
export const readTaxRules = once((): TaxRules => {
  const source = readFileSync(new URL(`../../../schema/${FILE}`, import.meta.url), 'utf8')
  const taxes = readTaxes(`schema/${FILE}`, source)
  if (taxes.problems) throw new ModelFileError(taxes.problems)
  return taxes.value
})
