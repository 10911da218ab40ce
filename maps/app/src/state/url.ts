// Everything that a reader chose stands in the address, so that a link shows it again.
import { readSubject } from './subject'

export type View = 'hexagons' | 'areas' | 'settlements'
export type Show = 'map' | 'table' | 'compare' | 'changes'

export interface State {
  country: string
  /** `date.n`; empty means the newest. */
  release: string
  lang: string
  show: Show
  /** Empty means what suits the subject. */
  view: View | ''
  /** See `subject.ts`; empty means the first of the country. */
  subject: string
  /** `settlement:<id>`, `area:<id>` or empty. */
  selected: string
  /** The place that the selected one is compared with, written alike. */
  other: string
  /** The earlier release of the changes, `date.n`; empty means the one before. */
  since: string
  /** Why something changed, of the changes; empty means all causes. */
  cause: string
  /** Kind of facility whose way is drawn, or empty. */
  way: string
  /** Kinds of facilities that the map shows, by comma. */
  facilities: string
  /** `zoom/lat/lon`, or empty: the whole country. */
  at: string
  sort: string
  page: number
  /** Indicators that the table shows beside the subject, by comma. */
  columns: string
  verdict: string
  kind: string
  raion: string
  /** Residents, `least-most`; either end may be empty. */
  people: string
  /** `1`: a slim page for a frame. */
  embed: string
}

export const START: State = {
  country: '',
  release: '',
  lang: '',
  show: 'map',
  view: '',
  subject: '',
  selected: '',
  other: '',
  since: '',
  cause: '',
  way: '',
  facilities: '',
  at: '',
  sort: '-population',
  page: 0,
  columns: '',
  verdict: '',
  kind: '',
  raion: '',
  people: '',
  embed: '',
}

const VIEWS = ['', 'hexagons', 'areas', 'settlements']
export const CAUSES = ['value', 'norm', 'population', 'class', 'source', 'method', 'new', 'gone']
const SHOWS = ['map', 'table', 'compare', 'changes']

function checked(state: State): State {
  return {
    ...state,
    show: SHOWS.includes(state.show) ? state.show : 'map',
    view: VIEWS.includes(state.view) ? state.view : '',
    subject: readSubject(state.subject) ? state.subject : '',
    cause: CAUSES.includes(state.cause) ? state.cause : '',
    page: Number.isInteger(state.page) && state.page > 0 ? state.page : 0,
    people: /^\d*-\d*$/.test(state.people) && state.people !== '-' ? state.people : '',
    embed: state.embed === '1' ? '1' : '',
  }
}

/** What was known of an indicator was once a view of its own; such links still hold. */
function older(given: URLSearchParams): void {
  if (given.get('view') !== 'evidence') return
  const indicator = given.get('indicator')
  given.set('subject', indicator ? `known:${indicator}` : 'known')
}

/** Read the state from `#key=value&…` or `?key=value&…`; what is missing or nonsense takes its default. */
export function readState(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^[#?]/, ''))
  older(given)
  const entries = Object.entries(START).map(([key, start]) => {
    const text = given.get(key)
    return [key, text === null ? start : typeof start === 'number' ? Number(text) : text]
  })
  return checked(Object.fromEntries(entries) as State)
}

/** Write the state as `#key=value&…`, leaving out what is at its default. */
export function writeState(state: State): string {
  const shown = Object.entries(state)
    .filter(([key, value]) => value !== START[key as keyof State])
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%(2F|3A|2C)/g, unescapeSafe)}`)
  return `#${shown.join('&')}`
}

// `/`, `:` and `,` are legal in a fragment and keep the address readable.
function unescapeSafe(code: string): string {
  return decodeURIComponent(code)
}

/** The map position, or null where the state names none. */
export function position(state: State): { zoom: number; center: [number, number] } | null {
  const [zoom, lat, lon] = state.at.split('/').map(Number)
  if (zoom === undefined || lat === undefined || lon === undefined) return null
  if (![zoom, lat, lon].every(Number.isFinite)) return null
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null
  return { zoom, center: [lon, lat] }
}
