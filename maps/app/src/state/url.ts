// Everything that a reader chose stands in the address, so that a link shows it again.

export type View = 'areas' | 'settlements' | 'evidence'

export interface State {
  country: string
  /** `date.n`; empty means the newest. */
  release: string
  lang: string
  show: 'map' | 'table'
  /** Empty means the release's default. */
  view: View | ''
  /** `overall`, `domain:<id>`, `standard:<id>`, `indicator:<code>` (its values) or `estimate:<what>`. */
  subject: string
  indicator: string
  /** `settlement:<id>`, `area:<id>` or empty. */
  selected: string
  /** Kind of facility whose way is drawn, or empty. */
  way: string
  /** `zoom/lat/lon`, or empty: the whole country. */
  at: string
  sort: string
  page: number
  verdict: string
  kind: string
  raion: string
}

export const START: State = {
  country: '',
  release: '',
  lang: '',
  show: 'map',
  view: '',
  subject: 'overall',
  indicator: '',
  selected: '',
  way: '',
  at: '',
  sort: '-population',
  page: 0,
  verdict: '',
  kind: '',
  raion: '',
}

const VIEWS = ['', 'areas', 'settlements', 'evidence']

function checked(state: State): State {
  return {
    ...state,
    show: state.show === 'table' ? 'table' : 'map',
    view: VIEWS.includes(state.view) ? state.view : '',
    subject: /^(overall|(domain|standard|indicator|estimate):.+)$/.test(state.subject) ? state.subject : START.subject,
    page: Number.isInteger(state.page) && state.page > 0 ? state.page : 0,
  }
}

/** Read the state from `#key=value&…` or `?key=value&…`; what is missing or nonsense takes its default. */
export function readState(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^[#?]/, ''))
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
