// Made by `python -m tools.generate` from the API's own definition; change the models in api/.

/** The ways of one settlement. */
export interface AccessAnswer {
  release: string; on: string; synthetic: boolean; settlement_id: string; items: Array<Way>
}
/** Whose values are of one year. */
export interface Age { people: number; settlements: number; year: number }
/** The gaps where people of one age live: ecological. */
export interface AgeGap {
  subgroup: string; subject: string; age: 'below_working' | 'working' | 'above_working'; population: number
  coverage: number | null; score: number | null; score_low: number | null; score_high: number | null
}
/** The classes of what is no value of an indicator. */
export interface AllClasses { gap: Classes; share_known: Classes; people: Classes }
/** One area of a list, with the scores of all, towns, small towns and villages. */
export interface Area extends AreaName {
  parent_name: string | null; evidence: Array<Evidence>; known_share: Record<string, number | null>
  population_official: number | null; population_official_urban: number | null
  population_official_rural: number | null; population_official_year: number | null
  population_young_urban: number | null; population_young_rural: number | null
  population_old_urban: number | null; population_old_rural: number | null; source: string | null
  scores: Array<AreaScore>
}
/** One area. */
export interface AreaCard {
  release: string; on: string; synthetic: boolean; area: FullArea; children: Array<Child>
}
/** What an area is called, and where it is. */
export interface AreaName {
  names: Record<string, string>; bounds: [number, number, number, number] | null; id: string; level: Level
  name: string | null; parent: string | null; analytic: boolean
}
/** A page of areas by name alone. */
export interface AreaNamePage {
  release: string; on: string; synthetic: boolean; total: number; limit: number; offset: number
  links: Array<Link>; items: Array<AreaName>
}
/** A page of areas. */
export interface AreaPage {
  release: string; on: string; synthetic: boolean; total: number; limit: number; offset: number
  links: Array<Link>; items: Array<Area>
}
/** People and settlements of a subgroup by verdict, and their score. */
export interface AreaScore {
  subgroup: string; subject: string; settlements: number; population: number; settlements_kept: number
  settlements_breached: number; settlements_unknown: number; settlements_no_norm: number
  settlements_not_due: number; population_kept: number; population_breached: number
  population_unknown: number; population_no_norm: number; population_not_due: number; coverage: number | null
  score: number | null; score_low: number | null; score_high: number | null
}
/** A unit other than a settlement for which a standard is judged as a whole. */
export type AssessedUnit = 'selsovet' | 'raion' | 'oblast' | 'country' | 'operator'
/** A line of attribution. */
export interface Attribution { text: Record<string, string>; url: string | null; licences: Array<string> }
/** An area within an area. */
export interface Child { id: string; name: string | null; level: Level }
/** One class of a reading, and who is in it. */
export interface ClassCount {
  people: number; settlements: number; id: string; label: string; old_people: number; towns: Count
  small_towns: Count; villages: Count
}
/** What became of a statement of a settlement's class. */
export type ClassOutcome = 'settles' | 'disagrees' | 'doubtful' | 'outweighed' | 'refused'
/** What one source says of the class of the settlement. */
export interface ClassStatement {
  source: string; origin: string; kinds: string; date: string | null; outcome: ClassOutcome
  note: string | null
}
/** Limits between classes, and one colour more than limits. */
export interface Classes { breaks: Array<number>; colours: Array<string> }
/** Whatever of the theme has a colour, but the classes of indicators. */
export interface Colours {
  colours: Record<string, string>; verdicts: Array<Mark>; assumed_verdicts: Array<Mark>; statuses: Array<Mark>
  estimates: Array<Mark>; unknown: Fill; stale: Mark; classes: AllClasses
}
/** People, and settlements; those of unknown residents are among the latter. */
export interface Count { people: number; settlements: number }
/** The comparison of two releases. */
export interface DiffAnswer {
  release: string; on: string; synthetic: boolean; total: number; limit: number; offset: number
  links: Array<Link>; from: string; to: string; days: Array<string>; comparable: boolean; notes: Array<Note>
  norms: Array<NormChange>; changelog: Array<string>; bounds_only: number; sums: Array<DiffSum>
  scores: Array<ScoreSplit>; items: Array<DiffRow>
}
/** Which way all settlements went between two releases, by their numbers. */
export interface DiffPlaces {
  release: string; on: string; synthetic: boolean; from: string; to: string; words: Array<string>
  coded: Array<number | null>; gone: number
}
/** What changed for one settlement by one standard. */
export interface DiffRow {
  settlement: string; name: string | null; raion: string | null; oblast: string | null; lon: number | null
  lat: number | null; people: number | null; standard: string; causes: Array<string>; service: string | null
  norm_change: string | null; gap_change: number | null; parts: Record<string, number> | null
  before: DiffSide | null; after: DiffSide | null
}
/** One settlement and standard in one of the two releases. */
export interface DiffSide {
  status: Status | null; verdict: Verdict; norm: number | null; norm_low: number | null
  norm_high: number | null; norm_id: string | null; gap: number | null; gap_low: number | null
  gap_high: number | null; reason: Reason | null; verdict_if_fresh: Verdict | null; value: number | null
  low: number | null; high: number | null; method: string | null; source: string | null
  supplier: string | null; date: string | null; origin: string | null; kind: Kind | null
  population: number | null; population_low: number | null; population_high: number | null
}
/** People, then settlements, whose verdict went this way for these causes. */
export interface DiffSum {
  area: string; level: string; standard: string; before: Verdict | null; after: Verdict | null
  causes: Array<string>; service: string | null; strictness: string | null; gap: string | null; people: number
  settlements: number; villages: number; towns: number; unknown_people: number
}
/** A domain. */
export interface DomainInfo { id: string; label: Record<string, string> }
/** What is probably so, in a list; no value and no verdict. */
export interface EstimateBrief {
  estimate: number | null; low: number | null; high: number | null
  band: 'probably' | 'probably_not' | 'open' | 'value' | null
  reason: 'no_population' | 'outside_domain' | 'looked_not_found' | 'any_not_found' | 'unlisted' | null
  found: boolean | null
}
/** What held-out blocks say of a model, as a whole or of a part. */
export interface EstimateCheck {
  part: string; n: number; predicted: number | null; observed: number | null; log_score: number | null
  brier: number | null; baseline: 'constant' | 'size_band' | null; baseline_log_score: number | null
  skill: number | null; seeds_beaten: number | null; coverage: number | null; holds: boolean | null
}
/** A group of settlements at equal exposure. */
export interface EstimateGroup {
  group: string; settlements: number; population: number; population_found: number
  population_probably: number; population_probably_not: number; population_open: number
  population_estimated: number; mean: number | null; low: number | null; high: number | null
  difference: number | null; difference_low: number | null; difference_high: number | null
}
/** A model, published or failed. */
export interface EstimateModel {
  id: string; indicator: string; operator: string | null; label: Record<string, string>
  meaning: Record<string, string>; published: boolean; failed: Array<string>
  declared: Record<string, unknown>; checks: Array<EstimateCheck>; groups: Array<EstimateGroup>
  headline: Array<string>
}
/** The gate, all models, and what offices state. */
export interface EstimateModels {
  release: string; on: string; synthetic: boolean; gate: Record<string, unknown> | null
  interval: number | null; models: Array<EstimateModel>; anchors: Array<Record<string, unknown>>
}
/** A probability that the release holds estimates of. */
export interface EstimatedInfo {
  indicator: string; label: Record<string, string>; meaning: Record<string, string>
}
/** How one indicator is known in an area, for one status. */
export interface Evidence {
  indicator: string; status: Status; settlements: number; population: number; settlements_stale: number
  population_stale: number; population_possible: number | null; settlements_open: number | null
  date_min: string | null; date_max: string | null; sources: string | null
}
/** A kind of facility of which the release lists some. */
export interface FacilityInfo { kind: string; count: number }
/** What is supplied at a point. */
export type FacilityKind = 'hospital' | 'primary_care' | 'pharmacy' | 'ambulance_station' | 'post_office' | 'bank' | 'shop' | 'bus_stop' | 'rail_stop' | 'mast'
/** The facility that a value speaks of. */
export interface FacilityRef { id: string; kind: FacilityKind; name: string | null }
/** How what is unknown is drawn. */
export interface Fill { fill: string; stroke: string; pattern: string }
/** What a standard is: only law and targets are promises of the state. */
export type Force = 'law' | 'target' | 'benchmark'
/** One area with everything that is known of it. */
export interface FullArea extends AreaName {
  parent_name: string | null; evidence: Array<Evidence>; known_share: Record<string, number | null>
  population_official: number | null; population_official_urban: number | null
  population_official_rural: number | null; population_official_year: number | null
  population_young_urban: number | null; population_young_rural: number | null
  population_old_urban: number | null; population_old_rural: number | null; source: string | null
  scores: Array<FullAreaScore>; parity: Array<Parity>; ladder: Array<Rung>; inequality: Array<Inequality>
  ages: Array<AgeGap>; reconciliation: Reconciliation | null; unit_values: Array<UnitValue>
  unit_judgements: Array<UnitJudgement>; rank: Rank | null; peers: Array<Peer>
  contributions: Record<string, Record<string, number>>
}
/** The same with FGT 0/1/2, H, M0 with bounds, and A. */
export interface FullAreaScore extends AreaScore {
  fgt0: number | null; fgt0_low: number | null; fgt0_high: number | null; fgt1: number | null
  fgt1_low: number | null; fgt1_high: number | null; fgt2: number | null; fgt2_low: number | null
  fgt2_high: number | null; h: number | null; h_low: number | null; h_high: number | null; m0: number | null
  m0_low: number | null; m0_high: number | null; a: number | null
}
/** The score of one domain, or overall. */
export interface GroupScore {
  group: string; score: number | null; score_low: number | null; score_high: number | null
  coverage: number | null; parity_gap: number | null; norm_gap: number | null; kept: number; breached: number
  unknown: number; no_norm: number; not_due: number
}
/** One reading by hexagon (in the order of the cells' numbers) or by area. */
export interface GroupedAnswer {
  release: string; on: string; synthetic: boolean; of: string; by: string; ids?: Array<string> | null
  values?: Array<number | null> | null; classes: Array<string>; class: Array<number | null>
  old: Array<number>; people: Array<Array<number>>; settlements: Array<Array<number>>
}
/** A size of hexagons: layer `hexagons_<resolution>` of the tiles `hexagons`. */
export interface HexagonInfo { resolution: number; from: number; to: number }
/** A code of the settlement in some scheme, with its dates. */
export interface Identifier {
  scheme: string; value: string; valid_from: string | null; valid_to: string | null; source: string | null
}
/** An indicator. */
export interface IndicatorInfo {
  code: string; domain: string; unit: string; better: string; freshness_years: number | null; derived: boolean
  quantity: string; classes: ValueClasses | null; label: Record<string, string>
  supplier: Record<string, string>
}
/** How unequally something lies over the people; above 0: more of it in villages. */
export interface Inequality {
  subject: string; settlements: number; population: number; known_share: number | null
  known_share_town: number | null; known_share_village: number | null; assumed_share: number | null
  mean: number | null; concentration: number | null; erreygers: number | null; theil: number | null
  theil_between: number | null; theil_within: number | null
}
/** Door to door by timetable to one destination, and home the same day. */
export interface Journey {
  label: Record<string, string>; facility: FacilityRef | null; destination: string; status: Status
  method: 'timetable' | 'on foot'; minutes: number | null; minutes_p50: number | null
  minutes_p95: number | null; missed: number | null; morning: string | null; mornings: number | null
  return_days: number | null; weekdays: string | null; best_day: string | null; stay_minutes: number | null
  arrival: string | null; latest_return: string | null; hours: 'stated' | 'assumed' | 'unread' | null
  facility_id: string | null; exact: boolean; source: string | null; date: string | null
}
/** One verdict with its norm, act and gap. */
export interface Judgement {
  verdict: Verdict; gap: number | null; gap_low: number | null; gap_high: number | null; reason: Reason | null
  brief: Record<string, string>; title: Record<string, string>; indicator: string | null; op: string | null
  responsible: Record<string, string>; responsible_text: string | null; confidence: string | null
  readings: Array<Record<string, string>>; sources: Array<NormSource>; standard: string; domain: string
  force: Force; norm: number | null; norm_low: number | null; norm_high: number | null
  norm_national: number | null; norm_oblast: number | null; norm_id: string | null
  norms_possible: Array<string> | null; parity_gap: number | null; norm_gap: number | null
  settled_at: number | null; verdict_if_fresh: Verdict | null; progress: number | null
  required_pace: number | null; due: string | null; revision: string | null; status: Status | null
}
/** What a standard says; the gap is null unless it is certain. */
export interface JudgementBrief {
  verdict: Verdict; gap: number | null; gap_low: number | null; gap_high: number | null; reason: Reason | null
}
/** Class of a settlement in the sense of the norms. */
export type Kind = 'capital' | 'oblast_city' | 'raion_city' | 'urban_settlement' | 'agrogorodok' | 'rural'
/** Level of an area, from the largest to the smallest. */
export type Level = 'country' | 'oblast' | 'raion' | 'selsovet' | 'grid'
/** A line of GeoJSON. */
export interface Line { type: 'LineString'; coordinates: Array<[number, number]> }
/** One link. */
export interface Link { href: string; rel: string; type: string; title?: string | null }
/** How a verdict or a status is drawn and called. */
export interface Mark {
  fill: string; stroke: string; pattern: string; id: string; label: Record<string, string>
}
/** One breach: what would keep the norm, and what that does to the scores. */
export interface Measure {
  standard: string; value: number | null; needed: number; change: number | null; unit: string
  score_change_domain: number | null; score_change_overall: number | null; rank: number | null
}
/** What a standard demands of a place, and how the value is known. */
export interface NormBrief {
  op: string | null; norm: number | null; norm_low: number | null; norm_high: number | null
  status: Status | null
}
/** A row of a standard that says something else than before. */
export interface NormChange {
  standard: string; id: string; before: number | null; after: number | null
  old: Record<string, unknown> | null; new: Record<string, unknown> | null
}
/** Where a norm is written. */
export interface NormSource {
  act: string; title?: string | null; item?: string | null; revision?: string | null; url?: string | null
  seen?: string | null
}
/** Why the two releases are not made alike. */
export interface Note { what: string; name: string; before: unknown; after: unknown }
/** An indicator's mean in a group, against the towns. */
export interface Parity {
  indicator: string; group: string; settlements: number; population: number; known_share: number | null
  mean: number | null; ratio: number | null; difference: number | null
}
/** An area of the same level and of like size. */
export interface Peer {
  id: string; name: string | null; names: Record<string, string>; population: number; village_share: number
  scores: Record<string, Score>; known_share: Record<string, number | null>
}
/** Ids, names and raions of all settlements. */
export interface PlacesAnswer {
  release: string; on: string; synthetic: boolean; ids: Array<string>; names: Array<string | null>
  raions: Array<string>; raion: Array<number | null>
}
/** The standard that a reading is about. */
export interface Promise {
  standard: string; title: string; force: Force; norm: string; due: string | null; days_left: number | null
  act: string; responsible: string
}
/** Where a unit stands over all draws: a median, 5-95 %, and its tiers. */
export interface Rank {
  score_median: number; score_low: number; score_high: number; rank_median: number | null; rank_low: number
  rank_high: number; ranked: number; worst_decile: number | null; tier: number | null; tier_low: number
  tier_high: number
}
/** One thing that is said of all settlements, by the number of the feature. */
export interface ReadingAnswer {
  release: string; on: string; synthetic: boolean; of: string; words?: Array<string> | null
  coded?: Array<number | null> | null; values?: Array<number | null> | null; bound?: Array<number> | null
  days?: Array<string> | null; day?: Array<number | null> | null
}
/** Why a verdict is unknown. */
export type Reason = 'no_value' | 'value' | 'class' | 'population' | 'stale' | 'partial' | 'assumption' | 'before_promise' | 'norm_not_read'
/** The settlements of an area against the official count. */
export interface Reconciliation {
  settlements: number; settlements_with_census: number; settlements_unknown: number; census_rows: number
  census_rows_unmatched: number; census_population: number | null; census_population_unmatched: number | null
  model_population: number | null; official_population: number | null; official_year: number | null
  difference: number | null; note: string | null
}
/** An area by id and default name. */
export interface Ref { id: string; name: string | null }
/** One release on disk. */
export interface ReleaseInfo {
  release: string; country: string; names: Record<string, string>; on: string; synthetic: boolean
  counts: Record<string, number>; default_view: string; bounds: [number, number, number, number] | null
  languages: Array<string>; latest: boolean
}
/** All releases, those of the default country first. */
export interface ReleaseList { default: string | null; releases: Array<ReleaseInfo> }
/** One rung of the parity ladder, against the top rung that has a figure. */
export interface Rung {
  indicator: string
  rung: 'capital' | 'oblast_city' | 'raion_town' | 'agrogorodok' | 'village' | 'village_any'; step: number
  settlements: number; population: number; known_share: number | null; assumed_share: number | null
  mean: number | null; mean_low: number | null; mean_high: number | null
  reference: 'capital' | 'oblast_city' | 'raion_town' | 'agrogorodok' | 'village' | 'village_any' | null
  ratio: number | null; ratio_low: number | null; ratio_high: number | null
  order_of_magnitude: Tristate | null
  reason: 'no_people' | 'assumed' | 'coverage' | 'ordinal' | 'zero' | null; between_population: number | null
  between_share: number | null
}
/** Mean compliance gap, 0 (all kept) … 1; null below the coverage floor. */
export interface Score {
  score: number | null; low: number | null; high: number | null; coverage: number | null
}
/** The overall score of an area; the parts sum to its change. */
export interface ScoreSplit {
  area: string; level: string; before: number | null; after: number | null; parts: Record<string, number>
}
/** Everything that is known of one settlement. */
export interface Scorecard {
  release: string; on: string; synthetic: boolean; settlement: Settlement
  class_statements: Array<ClassStatement>; identifiers: Array<Identifier>; values: Array<Value>
  judgements: Array<Judgement>; scores: Array<GroupScore>; estimates: Array<ToldEstimate>; rank: Rank | null
  measures: Array<Measure>; access: Array<WayBrief>; service: Array<Service>; journeys: Array<Journey>
}
/** How often a bus comes in one part of the year. */
export interface Service {
  period: string; trips: number; days: number; weekdays: string; first_departure: string | null
  last_departure: string | null; gap_day_minutes: number | null; gap_week_minutes: number | null
  routes: string | null; carriers: string | null; stops: string | null; week: string | null; complete: boolean
  source: string; date: string | null
}
/** One settlement with all its attributes. */
export interface Settlement {
  names: Record<string, string>; raion: Ref | null; oblast: Ref | null; score: Record<string, Score>
  judgements: Record<string, JudgementBrief>; tier: number | null; tier_low: number | null
  tier_high: number | null; id: string; name: string | null; kind: Kind | null; kinds_possible: Array<Kind>
  selsovet_centre: Tristate; urban: Tristate; population: number | null; population_low: number | null
  population_high: number | null; population_year: number | null; population_status: Status
  lon: number | null; lat: number | null; selsovet: Ref | null; country: Ref | null; grid: Ref | null
  kind_status: Status; kind_source: string | null; kind_date: string | null; place_type: string | null
  selsovet_centre_status: Status; raion_centre: Tristate; oblast_centre: Tristate
  population_settled_low: number | null; population_settled_high: number | null
  population_source: string | null; population_census: number | null; population_census_year: number | null
  households_low: number; households_high: number | null; duplicate_of: string | null; foreign: string | null
  source: string
}
/** A page of settlements. */
export interface SettlementPage {
  release: string; on: string; synthetic: boolean; total: number; limit: number; offset: number
  links: Array<Link>; items: Array<SettlementRow>; may_be: number | null
}
/** One settlement in a list, with what was asked for. */
export interface SettlementRow {
  names: Record<string, string>; raion: Ref | null; oblast: Ref | null; score: Record<string, Score>
  judgements: Record<string, JudgementBrief>; tier: number | null; tier_low: number | null
  tier_high: number | null; id: string; name: string | null; kind: Kind | null; kinds_possible: Array<Kind>
  selsovet_centre: Tristate; urban: Tristate; population: number | null; population_low: number | null
  population_high: number | null; population_year: number | null; population_status: Status
  lon: number | null; lat: number | null; norm: NormBrief | null; values: Record<string, ValueBrief>
  estimates: Record<string, EstimateBrief>
}
/** Towns, small towns or villages, counted as the worst places are. */
export interface Side {
  side: string; label: string; people: number; bad: number; unknown: number; share: number | null
  unknown_share: number | null
}
/** Radius of a settlement by its population, and by zoom. */
export interface Size {
  population: Array<number>; radius: Array<number>; unknown: number; zoom_factor: Array<[number, number]>
}
/** A source; an assumption has no more than words. */
export interface SourceInfo {
  title: string; attribution: Record<string, string>; version?: string | null; date?: string | null
  licence?: string | null; url?: string | null
}
/** A standard. */
export interface StandardInfo {
  id: string; domain: string; indicator: string; unit: string; title: Record<string, string>
  responsible: Record<string, string>; force: Force; unit_of_assessment: string; acts: Array<NormSource>
  act: string; revision: string; confidence: string; assumed: Array<string>
}
/** How a value is known. */
export type Status = 'measured' | 'declared' | 'modelled' | 'assumed' | 'unknown' | 'unreachable' | 'unsnapped' | 'at_home' | 'not_applicable'
/** What one reading says of the country or an area, to be read aloud. */
export interface SummaryAnswer {
  release: string; on: string; synthetic: boolean; of: string; area: Ref; language: string; title: string
  topic: string; caption: string; promise: Promise | null; headline: Array<string>; classes: Array<ClassCount>
  worst: Worst; parity: Array<Side>; ages: Array<Age>; out_of_date: number; sources: Array<string>
  suppliers: Array<Supply>
}
/** Who could tell what is missing. */
export interface Supply { indicator: string; label: string; supplier: string; people: number }
/** Texts, colours, breaks and labels of the map. */
export interface Theme extends Colours {
  release: string; on: string; synthetic: boolean; dark: Colours; default_view: string
  numbered_tiles: boolean; archives: Array<string>; country: ThemeCountry; languages: Array<string>
  text_fallback: Record<string, string>
  texts: Record<string, Record<string, Record<string, string | Record<string, string>>>>
  known_statuses: Array<string>; estimated: Array<EstimatedInfo>; without_value: Array<string>; size: Size
  topics: Array<Topic>; first: string; hexagons: Array<HexagonInfo>; domains: Array<DomainInfo>
  indicators: Array<IndicatorInfo>; standards: Array<StandardInfo>; operators: Array<Record<string, unknown>>
  facilities: Array<FacilityInfo>; sources: Record<string, SourceInfo>; attributions: Array<Attribution>
}
/** The country. */
export interface ThemeCountry {
  code: string; names: Record<string, string>; languages: Array<string>; bounds: Array<number>
}
/** An estimate in words. */
export interface ToldEstimate extends EstimateBrief {
  label: Record<string, string>; indicator: string; operator: string | null; model: string; unit: string
  days: number | null; propensity: number | null; n: number; facility_id: string | null
  assumption: string | null; text: Record<string, string>
}
/** A heading of the first page. */
export interface Topic { id: string; label: Record<string, string>; subjects: Array<string> }
/** The scores of an area, the last release of each day, by day. */
export interface Trend { release: string; on: string; synthetic: boolean; area: Ref; items: Array<TrendStep> }
/** An area in one release. */
export interface TrendStep {
  release: string; on: string; scores: Record<string, Score>; method: Array<string>; norms: Array<string>
}
/** A yes or no that may be unknown. */
export type Tristate = 'yes' | 'no' | 'unknown'
/** One verdict at the level of the norm, with the value behind it. */
export interface UnitJudgement extends Judgement {
  name: string | null; names: Record<string, string>; value: UnitValue | null
  unit_of_assessment: AssessedUnit; unit_id: string
}
/** One value of a whole unit; never that of its settlements. */
export interface UnitValue {
  domain: string | null; label: Record<string, string>; better: string | null; freshness_years: number | null
  could_supply: Record<string, string>; indicator: string; value: number | null; low: number | null
  high: number | null; unit: string; status: Status; method: string | null; source: string | null
  supplier: string | null; date: string | null; origin: string | null
}
/** One value; where it is unreachable, value and bounds are null. */
export interface Value {
  domain: string | null; label: Record<string, string>; better: string | null; freshness_years: number | null
  facility: FacilityRef | null; stale: boolean; indicator: string; value: number | null; low: number | null
  high: number | null; unit: string; status: Status; method: string | null; source: string | null
  supplier: string | null; date: string | null; facility_id: string | null; origin: string | null
}
/** A value in a list; where it is unreachable, value and bounds are null. */
export interface ValueBrief {
  value: number | null; low: number | null; high: number | null; status: Status; date: string | null
}
/** Those of an indicator. */
export interface ValueClasses {
  breaks: Array<number>; colours: Array<string>; labels?: Array<Record<string, string>> | null
}
/** What a standard says of a settlement on the day of the release. */
export type Verdict = 'kept' | 'breached' | 'unknown' | 'no_norm' | 'not_due'
/** A way with its line. */
export interface Way extends WayBrief { geometry: Line | null }
/** The way to the nearest facility of one kind. */
export interface WayBrief {
  facility: FacilityRef | null; kind: FacilityKind; status: Status; method: string; facility_id: string | null
  minutes: number | null; straight_minutes: number | null; km: number | null; geodesic_km: number | null
  detour: number | null; reason: 'near' | 'ferry' | 'around' | null; leg_m: number | null
}
/** Where it is worst. */
export interface Worst {
  of: string; bad: Array<string>; only_unknown: boolean; what: string; level: string; items: Array<WorstItem>
}
/** A raion, or a settlement, by the people in the bad classes. */
export interface WorstItem {
  people: number; settlements: number; id: string; name: string; names: Record<string, string>
  share: number | null; said: string | null
}
