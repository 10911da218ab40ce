// What the chosen subject says of areas, hexagons and settlements, independent of how it is drawn.
import type { Area } from '../api/areas'
import type { Classes, Evidence, IndicatorInfo, Theme, ValueClasses } from '../api/generated'
import { readingOf, subjectOf, type Subject } from '../state/subject'
import type { State, View } from '../state/url'

/** Zoom from which settlements join the view of areas. */
export const SETTLEMENTS_FROM_ZOOM = 8.5

/** A zoom that the map does not reach. */
const NEVER = 24

/** An indicator that has classes. */
export type Drawn = IndicatorInfo & { classes: ValueClasses }

const READINGS = {
  overall: 'gap',
  domain: 'gap',
  standard: 'verdict',
  indicator: 'value',
  estimate: 'estimate',
  known: 'status',
  people: 'people',
} as const

export interface Picture {
  view: View
  subject: Subject
  /** Classes that colour the areas, where they have a value of their own. */
  classes: Classes
  /** Area id -> value 0…1; null where it is unknown. */
  values: Map<string, number | null>
  /** Level of the areas that are drawn. */
  level: string
  /** The reading of the settlements that is asked for, as `verdict:<standard>`; or empty. */
  of: string
  reading: (typeof READINGS)[Subject['kind']] | 'none'
  /** The indicator whose values are drawn. */
  drawn: Drawn | undefined
  /** Day of the oldest value that is not out of date, ISO; empty where age is not shown. */
  freshFrom: string
  settlementsFrom: number
}

/** The class of a value, 0 the lowest; null stays unknown. */
export function classOf(value: number | null, breaks: number[]): number | null {
  if (value === null) return null
  return breaks.filter((limit) => value >= limit).length
}

/** Indicators whose values are drawn themselves. */
export function drawnIndicators(theme: Theme): Drawn[] {
  return theme.indicators.filter((row): row is Drawn => row.classes !== null)
}

/** Share of the residents whose value is known and not out of date; null without any. */
export function knownShare(area: Area, indicator: string, theme: Theme): number | null {
  const rows = area.evidence.filter((row) => row.indicator === indicator)
  // Where nobody is known to live, settlements are counted instead.
  const byPeople = rows.some((row) => (row.population ?? 0) > 0)
  const all = (row: Evidence): number => (byPeople ? (row.population ?? 0) : row.settlements)
  const stale = (row: Evidence): number =>
    (byPeople ? row.population_stale : row.settlements_stale) ?? 0
  const whole = rows.reduce((sum, row) => sum + all(row), 0)
  const known = rows
    .filter((row) => theme.known_statuses.includes(row.status))
    .reduce((sum, row) => sum + all(row) - stale(row), 0)
  return whole ? known / whole : null
}

/** Mean of the known shares of all indicators that are not derived from others. */
export function knownShareOfAll(area: Area, theme: Theme): number | null {
  const shares = theme.indicators
    .filter((row) => !row.derived)
    .map((row) => knownShare(area, row.code, theme))
    .filter((share) => share !== null)
  return shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null
}

/** The day of the release less the window of the indicator that is drawn. */
function freshFrom(theme: Theme, window: number | null | undefined): string {
  if (typeof window !== 'number') return ''
  const day = new Date(theme.on)
  day.setUTCMonth(day.getUTCMonth() - Math.round(window * 12))
  return day.toISOString().slice(0, 10)
}

/** Areas have a value of their own: a score, or the share that is known. */
function ofAreas({ kind }: Subject): boolean {
  return ['overall', 'domain', 'standard', 'known'].includes(kind)
}

/** Which of the views there are for a subject, the best first. */
export function views(theme: Theme, areas: Area[], subject: Subject): View[] {
  const raions: View[] = areas.length && ofAreas(subject) ? ['areas'] : []
  if (!readingOf(subject)) return raions
  const cells: View[] = theme.hexagons.length ? ['hexagons'] : []
  const first = subject.kind === 'overall' || subject.kind === 'domain'
  return first ? [...raions, ...cells, 'settlements'] : [...cells, ...raions, 'settlements']
}

/** Decide what is shown for the state. */
export function picture(theme: Theme, state: State, areas: Area[]): Picture {
  const subject = subjectOf(state)
  const possible = views(theme, areas, subject)
  const view = possible.find((one) => one === state.view) ?? possible[0] ?? 'settlements'
  const { kind, id } = subject
  const known = (area: Area): number | null =>
    id ? knownShare(area, id, theme) : knownShareOfAll(area, theme)
  const value = (area: Area): number | null =>
    kind === 'known' ? known(area) : (area.scores[state.subject]?.score ?? null)
  const drawn = kind === 'indicator' ? drawnIndicators(theme).find((row) => row.code === id) : undefined
  const of = readingOf(subject)
  const grouped = Math.max(0, ...theme.hexagons.map((row) => row.to))
  return {
    view,
    subject,
    classes: kind === 'known' ? theme.classes.share_known : theme.classes.gap,
    values: new Map(view === 'areas' ? areas.map((area) => [area.id, value(area)]) : []),
    level: areas[0]?.level ?? '',
    of,
    reading: of ? READINGS[kind] : 'none',
    drawn,
    freshFrom: freshFrom(theme, drawn?.freshness_years),
    settlementsFrom: !of ? NEVER : { areas: SETTLEMENTS_FROM_ZOOM, hexagons: grouped, settlements: 0 }[view],
  }
}
