// Which of two places is certainly worse off. What is unknown is unknown, never worse. Pure.
import type { AreaScore, IndicatorInfo, Judgement, Value } from '../api/generated'
import { ASSUMED } from './verdicts'

/** How bad something is at least and at most; null where nothing certain is known. */
export type Bad = { least: number; most: number } | null

/** Both alike, the first or the second worse, or nobody can say. */
export type Standing = 'same' | 'first' | 'second' | 'open'

export function standing(one: Bad, other: Bad): Standing {
  if (!one || !other) return 'open'
  if (one.least > other.most) return 'first'
  if (other.least > one.most) return 'second'
  const exact = [one, other].every(({ least, most }) => least === most)
  return exact ? 'same' : 'open'
}

/** How bad a value is; an assumed one and one that is out of date prove nothing. */
export function badValue(row: Value | undefined, info: IndicatorInfo, freshFrom: string): Bad {
  if (!row || !['lower', 'higher'].includes(info.better)) return null
  if (row.status === ASSUMED || (freshFrom && row.date && row.date < freshFrom)) return null
  // Without any way the minutes have no end; from a bound alone they have a beginning.
  if (row.status === 'unreachable') {
    return info.better === 'lower' ? { least: row.low ?? Infinity, most: Infinity } : null
  }
  const [low, high] = [row.low ?? -Infinity, row.high ?? Infinity]
  if (row.value === null && row.low === null && row.high === null) return null
  return info.better === 'lower' ? { least: low, most: high } : { least: -high, most: -low }
}

/** How much of a norm is not kept; only a verdict that is certain says so. */
export function badJudgement(row: Judgement | undefined): Bad {
  if (row?.verdict === 'kept') return { least: 0, most: 0 }
  if (row?.verdict !== 'breached') return null
  // A breach without a known gap is still worse than a norm that is kept.
  return { least: Math.max(row.gap_low ?? row.gap ?? 0, Number.MIN_VALUE), most: row.gap_high ?? row.gap ?? 1 }
}

/** A mean gap within its bounds. */
export function badScore(row: { score: number | null; low: number | null; high: number | null } | undefined): Bad {
  return row && row.score !== null ? { least: row.low ?? 0, most: row.high ?? 1 } : null
}

/** Share of those with a norm for whom it is breached: at least, and at most with the unknown. */
export function badShare(row: AreaScore | undefined): Bad {
  const what = (row?.population ?? 0) > 0 ? 'population' : 'settlements'
  const [kept, breached, unknown] = (['kept', 'breached', 'unknown'] as const).map((one) => row?.[`${what}_${one}`] ?? 0) as [
    number, number, number,
  ]
  const whole = kept + breached + unknown
  return kept + breached > 0 ? { least: breached / whole, most: (breached + unknown) / whole } : null
}
