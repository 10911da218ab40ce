// Words about a settlement that the card, the table and the search share.
import type { Named } from '../api/areas'
import type { JudgementBrief, SettlementRow, UnitValue, Value } from '../api/generated'
import type { Words } from '../words'

/** A settlement of a list, or of a card. */
type Place = Omit<SettlementRow, 'norm' | 'values' | 'estimates'>

/** Raion and oblast in the reader's language; their rows carry one name only. */
export function whereText(row: Place, words: Words, named: Map<string, Named>): string {
  const areas = [row.raion, row.oblast].filter((area) => area !== null)
  const names = areas.map((area) => words.name(named.get(area.id) ?? area))
  return [...new Set(names)].join(', ') || '—'
}

export function kindText(row: Place, words: Words): string {
  if (row.kind) return words.term('kinds', row.kind)
  const kinds = (row.kinds_possible ?? []).map((kind) => words.term('kinds', kind).toLowerCase())
  return words.text('kind_possible', { kinds: kinds.join(', ') || '—' })
}

/** Residents as a number and a range; never a made-up zero. */
export function population(row: Place, words: Words): { number: string; range: string } {
  const { population: people, population_low: low, population_high: high } = row
  const wide = low !== null && high !== null && low !== high
  const range = wide ? words.text('range', { low: words.number(low), high: words.number(high) }) : ''
  if (people === null) return { number: range || words.text('population_unknown'), range: '' }
  return { number: words.number(people), range }
}

/** A value with its bounds and its unit. */
type Bounded = Pick<Value | UnitValue, 'value' | 'low' | 'high' | 'unit'>

export function valueText(row: Bounded, words: Words): string {
  const { value, low, high, unit } = row
  const exact = low === high && (low === value || low === null)
  if (value !== null && exact) return words.value(value, unit)
  const range = boundsText(row, words)
  // of a bare bound (not all carriers are in) the bound is all there is to say
  const bare = (low === value && high === null) || (high === value && low === null)
  if (value === null || bare) return range
  return `${words.value(value, unit)} (${range || words.text('without_bounds')})`
}

function boundsText({ low, high, unit }: Bounded, words: Words): string {
  if (low !== null && high !== null) {
    return words.text('range', { low: words.number(low, 1), high: words.value(high, unit) })
  }
  if (low !== null) return words.text('at_least', { x: words.value(low, unit) })
  if (high !== null) return words.text('at_most', { x: words.value(high, unit) })
  return ''
}

/** The gap in per cent, its range, or a dash where there is none. */
export function judgementGap(row: JudgementBrief, words: Words): string {
  if (row.gap !== null) return words.percent(row.gap)
  if (row.gap_low === null || row.gap_high === null) return '—'
  if (row.gap_low === 0 && row.gap_high === 1) return '—'
  return words.text('range', { low: words.percent(row.gap_low), high: words.percent(row.gap_high) })
}
