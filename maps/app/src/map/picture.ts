// What the chosen subject says of areas, hexagons and settlements, independent of how it is drawn.
import type { AreaName, Classes, GroupedAnswer, IndicatorInfo, Theme, ValueClasses } from '../api/generated'
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
  /** Area id -> gap or share, 0…1; null where it is unknown. Empty where areas have classes alone. */
  values: Map<string, number | null>
  /** Area id -> its class, of what has no value of its own. */
  areaClasses: Map<string, string>
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

/** The day of the release less the window of the indicator that is drawn. */
export function freshFrom(theme: Theme, window: number | null | undefined): string {
  if (typeof window !== 'number') return ''
  const day = new Date(theme.on)
  day.setUTCMonth(day.getUTCMonth() - Math.round(window * 12))
  return day.toISOString().slice(0, 10)
}

/** What is asked of areas: all indicators together have a share of theirs alone. */
export function readingOfAreas(subject: Subject): string {
  return readingOf(subject) || 'known'
}

/** Which of the views there are for a subject, the best first. */
export function views(theme: Theme, areas: AreaName[], subject: Subject): View[] {
  const raions: View[] = areas.length ? ['areas'] : []
  if (!readingOf(subject)) return raions
  const cells: View[] = theme.hexagons.length ? ['hexagons'] : []
  const first = subject.kind === 'overall' || subject.kind === 'domain'
  return first ? [...raions, ...cells, 'settlements'] : [...cells, ...raions, 'settlements']
}

/** Area id -> what was said of it. */
function byArea<Said>({ ids }: GroupedAnswer, said: (Said | undefined)[]): [string, Said][] {
  return (ids ?? []).flatMap((id, i) => (said[i] === undefined ? [] : [[id, said[i]] as [string, Said]]))
}

/** Share of the residents of each area who are in the bad classes; null where nobody is known to live. */
function badShares({ classes, people }: GroupedAnswer, bad: string[], areas: number): (number | null)[] {
  const sum = (names: string[], area: number): number =>
    names.reduce((total, name) => total + (people[classes.indexOf(name)]?.[area] ?? 0), 0)
  // Whom no norm binds is not among those who could be served badly.
  const bound = classes.filter((name) => name !== 'no_norm')
  return Array.from({ length: areas }, (_, area) => {
    const all = sum(bound, area)
    return all ? sum(bad, area) / all : null
  })
}

/**
 * Decide what is shown for the state. `grouped` is the reading by area, once it is there, and `bad` are
 * the classes whose share of the residents colours the areas that have no value of their own.
 */
export function picture(
  theme: Theme,
  state: State,
  areas: AreaName[],
  grouped: GroupedAnswer | null = null,
  bad: string[] = [],
): Picture {
  const subject = subjectOf(state)
  const possible = views(theme, areas, subject)
  const view = possible.find((one) => one === state.view) ?? possible[0] ?? 'settlements'
  const { kind, id } = subject
  const drawn = kind === 'indicator' ? drawnIndicators(theme).find((row) => row.code === id) : undefined
  const of = readingOf(subject)
  const cells = Math.max(0, ...theme.hexagons.map((row) => row.to))
  const told = view === 'areas' && grouped?.of === readingOfAreas(subject) ? grouped : null
  const shares = told && !told.values && bad.length ? badShares(told, bad, told.class.length) : told?.values
  const names = told && !shares ? told.class.map((n) => (n === null ? 'unknown' : told.classes[n])) : []
  return {
    view,
    subject,
    classes: kind === 'known' ? theme.classes.share_known : theme.classes.gap,
    values: new Map(told && shares ? byArea(told, shares) : []),
    areaClasses: new Map(told ? byArea(told, names) : []),
    level: areas[0]?.level ?? '',
    of,
    reading: of ? READINGS[kind] : 'none',
    drawn,
    freshFrom: freshFrom(theme, drawn?.freshness_years),
    settlementsFrom: !of ? NEVER : { areas: SETTLEMENTS_FROM_ZOOM, hexagons: cells, settlements: 0 }[view],
  }
}
