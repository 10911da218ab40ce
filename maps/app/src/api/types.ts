// What the API answers, as far as the application reads it (see docs/architecture.md).

export type Texts = Record<string, string>

export interface Release {
  release: string
  country: string
  names: Texts
  on: string
  synthetic: boolean
  default_view: string
  bounds: [number, number, number, number] | null
  languages: string[]
  latest: boolean
}

export interface Releases {
  default: string | null
  releases: Release[]
}

export interface Mark {
  id: string
  fill: string
  stroke: string
  pattern: string
  label: Texts
}

export interface Classes {
  breaks: number[]
  colours: string[]
}

export interface StandardInfo {
  id: string
  domain: string
  indicator: string
  unit: string
  title: Texts
  responsible: Texts
  force: string
  acts: ActSource[]
  confidence: string
  /** Marks of its verdicts that may rest on assumed values. */
  assumed: string[]
}

export interface IndicatorInfo {
  code: string
  domain: string
  unit: string
  better: string
  freshness_years: number | null
  /** Worked out from what others are worked out from: it does not count twice. */
  derived: boolean
  label: Texts
  supplier: Texts
}

export interface SourceInfo {
  title: string
  attribution: Texts
  version: string | null
  date: string | null
  licence: string | null
  url: string | null
}

/** Section -> key -> text; a text of `plurals` maps plural categories to texts. */
export type WordTable = Record<string, Record<string, string | Texts>>

export interface Theme {
  release: string
  on: string
  synthetic: boolean
  default_view: string
  country: { code: string; names: Texts; languages: string[]; bounds: number[] }
  languages: string[]
  text_fallback: Texts
  texts: Record<string, WordTable>
  colours: Record<string, string>
  verdicts: Mark[]
  /** Marks of verdicts on assumed values: `kept:assumed`. */
  assumed_verdicts: Mark[]
  statuses: Mark[]
  known_statuses: string[]
  unknown: { fill: string; stroke: string }
  /** A value that is out of date. */
  stale: Mark
  classes: { gap: Classes; share_known: Classes; days: Classes }
  size: {
    population: number[]
    radius: number[]
    unknown: number
    zoom_factor: [number, number][]
  }
  domains: { id: string; label: Texts }[]
  indicators: IndicatorInfo[]
  standards: StandardInfo[]
  sources: Record<string, SourceInfo>
  attributions: { text: Texts; url: string | null; licences: string[] }[]
}

export interface Named {
  id: string
  name: string | null
  names?: Texts | null
}

export interface ScoreRow {
  score: number | null
  low: number | null
  high: number | null
  coverage: number | null
}

export interface JudgementRow {
  verdict: string
  gap: number | null
  gap_low: number | null
  gap_high: number | null
  reason: string | null
}

export interface SettlementRow extends Named {
  kind: string | null
  kinds_possible: string[] | null
  selsovet_centre: string | null
  urban: string | null
  population: number | null
  population_low: number | null
  population_high: number | null
  population_year: number | null
  population_status: string | null
  raion: Named | null
  oblast: Named | null
  lon: number | null
  lat: number | null
  score: Record<string, ScoreRow>
  judgements: Record<string, JudgementRow>
}

export interface Page<Row> {
  release: string
  on: string
  synthetic: boolean
  total: number
  limit: number
  offset: number
  items: Row[]
}

export interface ActSource {
  act?: string | null
  title?: string | null
  item?: string | null
  revision?: string | null
  url?: string | null
}

export interface ValueRow {
  indicator: string
  value: number | null
  low: number | null
  high: number | null
  unit: string | null
  status: string
  method: string | null
  source: string | null
  supplier: string | null
  date: string | null
  domain: string | null
  label: Texts
  better: string | null
  facility?: { name?: string | null; kind?: string | null } | null
}

export interface JudgementCard extends JudgementRow {
  standard: string
  domain: string
  force: string
  norm: number | null
  norm_low: number | null
  norm_high: number | null
  /** Certain limits of the national and of the oblast's list, each as if alone. */
  norm_national: number | null
  norm_oblast: number | null
  /** Rows that may be the norm; null in an older release. */
  norms_possible?: string[] | null
  op: string | null
  parity_gap: number | null
  norm_gap: number | null
  verdict_if_fresh: string | null
  progress: number | null
  due: string | null
  revision: string | null
  indicator: string | null
  title: Texts
  responsible: Texts | null
  responsible_text: string | null
  confidence: string | null
  sources: ActSource[]
  /** How the project reads what the text of the act leaves open. */
  readings: Texts[]
}

export interface UnitValue extends ValueRow {
  /** Who could state it. */
  could_supply: Texts
}

/** A verdict on a raion, an oblast, an operator as a whole, with the value behind it. */
export interface UnitJudgement extends JudgementCard {
  unit_of_assessment: string
  unit_id: string
  value: UnitValue | null
}

export interface ScoreCard {
  group: string
  score: number | null
  score_low: number | null
  score_high: number | null
  coverage: number | null
}

export interface MeasureRow {
  standard: string
  value: number | null
  needed: number | null
  change: number | null
  unit: string | null
  score_change_domain: number | null
  score_change_overall: number | null
  rank: number | null
}

/** Where a settlement stands over all draws: the fifth of the ranking, 1 the worst. */
export interface RankRow {
  tier: number | null
  tier_low: number | null
  tier_high: number | null
}

/** The way to the nearest facility of a kind; without one there are no numbers. */
export interface WayRow {
  kind: string
  status: string
  method: string | null
  facility: { name?: string | null } | null
  minutes: number | null
  straight_minutes: number | null
  km: number | null
  geodesic_km: number | null
  detour: number | null
  reason: string | null
  leg_m: number | null
}

/** A way with its line, in the direction of travel. */
export interface WayLine extends WayRow {
  geometry: { type: 'LineString'; coordinates: [number, number][] } | null
}

/** How often a bus comes in one part of the year. */
export interface ServiceRow {
  period: string
  trips: number
  days: number
  weekdays: string
  first_departure: string | null
  last_departure: string | null
  gap_day_minutes: number | null
  gap_week_minutes: number | null
  routes: string | null
  complete: boolean
  source: string
  date: string | null
}

/** A journey by timetable to one destination, and home the same day. */
export interface JourneyRow {
  destination: string
  label: Texts
  status: string
  method: string
  minutes: number | null
  mornings: number
  return_days: number
  weekdays: string | null
  best_day: string | null
  stay_minutes: number | null
  arrival: string | null
  latest_return: string | null
  hours: string | null
  facility: { name?: string | null } | null
  exact: boolean
  source: string | null
  date: string | null
}

export interface SettlementCard {
  settlement: SettlementRow
  identifiers: { scheme: string; value: string }[]
  values: ValueRow[]
  judgements: JudgementCard[]
  scores: ScoreCard[]
  /** What would lift the settlement, the most first. */
  measures: MeasureRow[]
  rank: RankRow | null
  access: WayRow[]
  service: ServiceRow[]
  journeys: JourneyRow[]
}
