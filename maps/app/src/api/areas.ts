// Areas with their scores and evidence, brought into maps by subject.
import type { Named, UnitJudgement } from './types'

export interface AreaScore {
  subgroup: string
  subject: string
  settlements: number
  population: number | null
  coverage: number | null
  score: number | null
  score_low: number | null
  score_high: number | null
  [count: `settlements_${string}`]: number | null
  [count: `population_${string}`]: number | null
}

export interface Evidence {
  indicator: string
  status: string
  settlements: number
  population: number | null
  settlements_stale: number | null
  population_stale: number | null
  date_min: string | null
  date_max: string | null
  sources: string | string[] | null
}

/** One rung of the parity ladder; only country and oblasts have one. */
export interface RungRow {
  indicator: string
  rung: string
  known_share: number | null
  mean: number | null
  ratio: number | null
  ratio_low: number | null
  ratio_high: number | null
  order_of_magnitude: string | null
  reason: string | null
  between_share: number | null
}

export interface AreaAnswer extends Named {
  level: string
  parent: string | null
  analytic: boolean | null
  population_official: number | null
  population_official_year: number | null
  scores: AreaScore[]
  evidence: Evidence[]
  /** Norms of the area itself; only the answer about one area has them. */
  unit_judgements?: UnitJudgement[]
  /** Only where one area was asked for. */
  ladder?: RungRow[]
}

export interface Area extends Omit<AreaAnswer, 'scores'> {
  /** Subject -> score of all settlements of the area. */
  scores: Record<string, AreaScore>
  /** Subgroup (`town`, `village`) -> subject -> score. */
  subgroups: Record<string, Record<string, AreaScore>>
}

export function toArea(answer: AreaAnswer): Area {
  const subgroups: Area['subgroups'] = {}
  for (const row of answer.scores) {
    const group = (subgroups[row.subgroup] ??= {})
    group[row.subject] = row
  }
  return { ...answer, scores: subgroups['all'] ?? {}, subgroups }
}
