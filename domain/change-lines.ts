import type { AskedMoney } from './asked-money.ts'
import { parseAmount } from './money.ts'
import { cut, joined, partAt } from './segment.ts'
import type { Asked, Changed, ReasonCode } from './amendment.ts'
import type { ContractFact, ContractLine } from './crm.ts'

/** Sells another line, which ends with the contract unless it has an end of its own. */
export function addLine(contract: ContractFact, { effectiveDate, line: asked }: Asked<'ADD'>): Changed {
  const end = asked.endDate ?? contract.endDate
  const line: ContractLine = {
    id: asked.id,
    productId: asked.productId,
    quantity: asked.quantity,
    unitPrice: minorUnits(asked.unitPrice),
    interval: asked.interval,
    servicePeriod: { start: effectiveDate, end },
  }
  const message = `${line.id} runs from ${effectiveDate.toString()} to ${end.toString()}`
  return changed(contract, [...contract.lines, line], 'LINE_STARTED', message)
}

/** Another quantity or price from a day on. */
export function updateLine(contract: ContractFact, asked: Asked<'UPDATE'>): Changed {
  return changeLine(contract, asked, (line) => ({
    ...line,
    quantity: asked.quantity ?? line.quantity,
    unitPrice: asked.unitPrice === null ? line.unitPrice : minorUnits(asked.unitPrice),
  }))
}

/** Another product, with its price and perhaps its interval; the periods are still counted as the contract's are. */
export function changePlan(contract: ContractFact, asked: Asked<'CHANGE_PLAN'>): Changed {
  return changeLine(contract, asked, (line) => ({
    ...line,
    productId: asked.productId,
    quantity: asked.quantity ?? line.quantity,
    unitPrice: minorUnits(asked.unitPrice),
    interval: asked.interval ?? line.interval,
  }))
}

/** Ends a line. */
export function removeLine(contract: ContractFact, { effectiveDate, lineId }: Asked<'REMOVE'>): Changed {
  const removed = partAt(contract.lines, lineId, effectiveDate)
  const lines = contract.lines.flatMap((line) =>
    line === removed ? (cut(line, effectiveDate).before ?? []) : [line],
  )
  return changed(contract, lines, 'LINE_ENDED', `${lineId} ends on ${effectiveDate.toString()}`)
}

/** The line ends on the day, and a later part of it goes on under other terms. */
function changeLine(
  contract: ContractFact,
  { effectiveDate, lineId }: { readonly effectiveDate: Temporal.PlainDate; readonly lineId: string },
  renegotiate: (line: ContractLine) => ContractLine,
): Changed {
  const current = partAt(contract.lines, lineId, effectiveDate)
  const lines = contract.lines.flatMap((line) => {
    if (line !== current) return [line]
    const { before, after } = cut(line, effectiveDate)
    return [...(before === null ? [] : [before]), ...(after === null ? [] : [renegotiate(after)])]
  })
  return changed(
    contract,
    lines,
    'LINE_CHANGED',
    `${lineId} is on other terms from ${effectiveDate.toString()} on`,
  )
}

function changed(
  contract: ContractFact,
  lines: readonly ContractLine[],
  code: ReasonCode,
  message: string,
): Changed {
  return { contract: { ...contract, lines: joined(lines) }, successor: null, reasons: [{ code, message }] }
}

function minorUnits({ amount, currency }: AskedMoney): bigint {
  return parseAmount(amount, currency)
}
