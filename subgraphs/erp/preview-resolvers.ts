import type { ModificationEffect } from '#domain/modification.ts'
import { money } from '#domain/money.ts'
import type { TreatmentAdvice } from '#domain/treatment.ts'
import type { Resolvers } from '#schema/erp.generated.ts'
import { previewBooks } from './preview.ts'

/** What the books show of an amendment that is not made. */
export const previewTypes = {
  AmendmentPreview: {
    __resolveReference: ({ proposal }, { db, today }) => previewBooks(db, proposal, today),
    previewHash: ({ previewHash }) => previewHash ?? null,
    treatment: ({ treatment, currency }) =>
      treatment === undefined ? null : adviceFields(treatment, currency),
    revenueSchedules: ({ revenueSchedules }) => revenueSchedules ?? null,
    journalLines: ({ journalLines, currency, functionalCurrency }) =>
      journalLines?.map((line) => ({ ...line, currency, functionalCurrency })) ?? null,
    postingBlockedBy: ({ postingBlockedBy }) => postingBlockedBy ?? null,
  },
  PreviewedRevenueSchedule: {
    allocatedPrice: ({ allocatedPrice, currency }) => money(allocatedPrice, currency),
    entries: ({ entries, currency }) =>
      entries.map((entry) => ({ ...entry, amount: money(entry.amount, currency) })),
  },
} satisfies Resolvers

const effectFields = (
  { treatment, recognizedNow, recognizedLater }: ModificationEffect,
  currency: string,
) => ({
  kind: treatment,
  recognizedNow: money(recognizedNow, currency),
  recognizedLater: money(recognizedLater, currency),
})

const adviceFields = ({ kind, reasons, modification }: TreatmentAdvice, currency: string) => ({
  reasons,
  recognizedNow: money(modification?.effect.recognizedNow ?? 0n, currency),
  recognizedLater: money(modification?.effect.recognizedLater ?? 0n, currency),
  alternatives: modification?.alternatives.map((effect) => effectFields(effect, currency)) ?? [],
  kind,
})
