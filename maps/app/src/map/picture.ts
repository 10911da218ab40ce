// What the chosen view says of each area and settlement, independent of how it is drawn.
import type { Area } from '../api/areas'
import type { Evidence } from '../api/generated'
import type { Classes, IndicatorInfo, Theme } from '../api/generated'
import type { State, View } from '../state/url'

/** Zoom from which settlements join the view of areas. */
export const SETTLEMENTS_FROM_ZOOM = 8.5

/** A zoom that the map does not reach. */
const NEVER = 24

/** An indicator that has classes. */
export type Drawn = IndicatorInfo & { classes: Classes }

export interface Picture {
  view: View
  /** Classes that colour the areas. */
  classes: Classes
  /** Area id -> value 0…1; null where it is unknown. */
  values: Map<string, number | null>
  /** Level of the areas that are drawn. */
  level: string
  /** The reading of the settlements that is asked for, as `verdict:<standard>`; or empty. */
  of: string
  reading: 'verdict' | 'gap' | 'status' | 'value' | 'estimate' | 'none'
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

function readingOf(state: State): Pick<Picture, 'of' | 'reading'> {
  if (state.view === 'evidence') {
    // All indicators together say nothing of a single settlement.
    if (!state.indicator) return { of: '', reading: 'none' }
    return { of: `status:${state.indicator}`, reading: 'status' }
  }
  const [kind, id = ''] = state.subject.split(/:(.*)/s)
  if (kind === 'standard') return { of: `verdict:${id}`, reading: 'verdict' }
  if (kind === 'indicator') return { of: `value:${id}`, reading: 'value' }
  if (kind === 'estimate') return { of: `estimate:${id}`, reading: 'estimate' }
  return { of: `score:${id || state.subject}`, reading: 'gap' }
}

/** The day of the release less the window of the indicator that is drawn. */
function freshFrom(theme: Theme, window: number | null | undefined): string {
  if (typeof window !== 'number') return ''
  const day = new Date(theme.on)
  day.setUTCMonth(day.getUTCMonth() - Math.round(window * 12))
  return day.toISOString().slice(0, 10)
}

function settlementsFrom(state: State, areas: Area[]): number {
  if (state.view === 'evidence' && !state.indicator) return NEVER
  return state.view === 'settlements' || !areas.length ? 0 : SETTLEMENTS_FROM_ZOOM
}

/** Decide what is shown for the state. */
export function picture(theme: Theme, state: State, areas: Area[]): Picture {
  const view = state.view || 'areas'
  const evidence = view === 'evidence'
  const known = (area: Area): number | null =>
    state.indicator ? knownShare(area, state.indicator, theme) : knownShareOfAll(area, theme)
  const value = (area: Area): number | null =>
    evidence ? known(area) : (area.scores[state.subject]?.score ?? null)
  const coloured = view === 'settlements' ? [] : areas
  const subject = drawnIndicators(theme).find((row) => state.subject === `indicator:${row.code}`)
  const drawn = evidence ? undefined : subject
  return {
    view,
    classes: evidence ? theme.classes.share_known : theme.classes.gap,
    values: new Map(coloured.map((area) => [area.id, value(area)])),
    level: areas[0]?.level ?? '',
    ...readingOf(state),
    drawn,
    freshFrom: freshFrom(theme, drawn?.freshness_years),
    settlementsFrom: settlementsFrom(state, areas),
  }
}
