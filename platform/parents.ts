/** A list that each of several parents has: the same statement reads it for all of them. `t` is the table's alias. */
export interface ListBelow {
  readonly columns: string
  readonly table: string
  /** Column that names the parent. */
  readonly parent: string
  readonly conditions: readonly string[]
  readonly orderBy: string
  /** Most rows of one parent. */
  readonly limit: string
}

/**
 * The text that reads the lists of these parents in order; `parentKey` tells whose a row is. The parents are its
 * first parameter. One parent needs no join, which takes PostgreSQL about as long as the rows of a short list.
 */
export function belowParents(list: ListBelow, parentIds: readonly string[]): string {
  const { columns, table, parent, conditions, orderBy, limit } = list
  const rowsBelow = (id: string, selected: string): string =>
    `SELECT ${selected} FROM ${table} t
      WHERE ${[`t.${parent} = ${id}`, ...conditions].join(' AND ')} ORDER BY ${orderBy} LIMIT ${limit}`
  if (parentIds.length === 1) return rowsBelow('$1::text', `$1::text AS "parentKey", ${columns}`)
  const numbered = `${columns}, row_number() OVER (ORDER BY ${orderBy}) AS "rowNumber"`
  return `SELECT parent.id AS "parentKey", list.*
    FROM unnest($1::text[]) AS parent(id) CROSS JOIN LATERAL (${rowsBelow('parent.id', numbered)}) AS list
    ORDER BY "rowNumber"`
}

/** The value of the parameter that names the parents. */
export const parentParameter = (parentIds: readonly string[]): unknown =>
  parentIds.length === 1 ? parentIds[0] : parentIds
