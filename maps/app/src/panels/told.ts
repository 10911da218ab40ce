// Which values of a settlement say something, and which are missing. Pure.
import type { Scorecard, Value } from '../api/generated'

/** Values that somebody told, a word such as "unreachable" among them. */
export function toldOf(card: Scorecard): Value[] {
  return card.values.filter(({ status }) => status !== 'unknown' && status !== 'not_applicable')
}

/** Values that nobody told and that could be. */
export function missingOf(card: Scorecard): Value[] {
  return card.values.filter(({ status }) => status === 'unknown')
}

/** Rows by what they have in common, in the order in which it first occurs. */
export function groupedBy<Row>(rows: Row[], key: (row: Row) => string): [string, Row[]][] {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row])
  return [...found]
}
