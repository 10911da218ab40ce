// What the chosen view says of each area and settlement, independent of how it is drawn.
import type { Area } from '../api/areas'
import type { Classes, Theme } from '../api/types'
import type { State, View } from '../state/url'

/** Zoom from which settlements join the view of areas. */
export const SETTLEMENTS_FROM_ZOOM = 8.5

export interface Picture {
  view: View
  /** Classes that colour the areas. */
  classes: Classes
  /** Area id -> value 0…1; null where it is unknown. */
  values: Map<string, number | null>
  /** Level of the areas that are drawn. */
  level: string
  /** Tile property that judges or measures a settlement, and how it is read. */
  property: string
  reading: 'verdict' | 'gap' | 'status'
  settlementsFrom: number
}

/** The class of a value, 0 the lowest; null stays unknown. */
export function classOf(value: number | null, breaks: number[]): number | null {
  if (value === null) return null
  return breaks.filter((limit) => value >= limit).length
}

/** Share of the residents for whom the indicator's value is known, null without residents. */
export function knownShare(area: Area, indicator: string, theme: Theme): number | null {
  const rows = area.evidence.filter((row) => row.indicator === indicator)
  const weight = (row: (typeof rows)[number]): number => row.population ?? 0
  const whole = rows.reduce((sum, row) => sum + weight(row), 0)
  const known = rows.filter((row) => theme.known_statuses.includes(row.status))
  if (whole > 0) return known.reduce((sum, row) => sum + weight(row), 0) / whole
  // Nobody is known to live there: count settlements, as the table of the area does.
  const settlements = rows.reduce((sum, row) => sum + row.settlements, 0)
  return settlements ? known.reduce((sum, row) => sum + row.settlements, 0) / settlements : null
}

function settlementProperty(state: State): Pick<Picture, 'property' | 'reading'> {
  if (state.view === 'evidence') {
    return { property: `status:${state.indicator}`, reading: 'status' }
  }
  if (state.subject.startsWith('standard:')) {
    return { property: `verdict:${state.subject.slice('standard:'.length)}`, reading: 'verdict' }
  }
  return { property: `score:${state.subject.replace(/^domain:/, '')}`, reading: 'gap' }
}

/** Decide what is shown for the state. */
export function picture(theme: Theme, state: State, areas: Area[]): Picture {
  const view = state.view || 'areas'
  const evidence = view === 'evidence'
  const value = (area: Area): number | null =>
    evidence ? knownShare(area, state.indicator, theme) : (area.scores[state.subject]?.score ?? null)
  const coloured = view === 'settlements' ? [] : areas
  return {
    view,
    classes: evidence ? theme.classes.share_known : theme.classes.gap,
    values: new Map(coloured.map((area) => [area.id, value(area)])),
    level: areas[0]?.level ?? '',
    ...settlementProperty(state),
    settlementsFrom: view === 'settlements' || areas.length === 0 ? 0 : SETTLEMENTS_FROM_ZOOM,
  }
}
