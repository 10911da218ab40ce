// Gives the features of the map their looks, and draws what is selected. The style stays as it is.
import type { GeoJSONSource, Map as GLMap } from 'maplibre-gl'
import type { GroupedAnswer, PlacesAnswer, ReadingAnswer, Theme, Way } from '../api/generated'
import type { Context } from '../panels/panel'
import type { Selection, Session } from '../state/session'
import type { State } from '../state/url'
import { areaFilter } from './layers/areas'
import { cellSource } from './layers/hexagons'
import { SELECTED, WAY } from './layers/lines'
import { SETTLEMENTS } from './layers/settlements'
import { cellLooks, looks } from './look'
import type { Picture } from './picture'
import { alone } from './style'
import { WayEnd } from './way-end'

/** What is drawn from: the session, or a part of it that another map shows. */
export type Painted = Pick<Session, 'reading' | 'places' | 'fetchPlaces' | 'cells' | 'selection' | 'way'>

export class Painter {
  readonly #map: GLMap
  readonly #session: Painted
  /** What the settlements and the hexagons look like now. */
  #looked: ReadingAnswer | null = null
  #celled: GroupedAnswer | null = null
  #sifted = ''
  #theme: Theme | null = null
  readonly #end = new WayEnd()

  constructor(map: GLMap, session: Painted) {
    this.#map = map
    this.#session = session
  }

  /** Forget what was drawn: another release has other features, a dark theme other colours. */
  forget(): void {
    this.#looked = this.#celled = null
  }

  paint(context: Context, shown: Picture): void {
    if (context.theme !== this.#theme) this.forget()
    this.#theme = context.theme
    this.#settlements(context, shown)
    this.#cells(context, shown)
    this.#select(context)
    this.#showWay(this.#session.way)
    this.#end.show(this.#map, this.#session.way, pointOf(this.#session.selection), context.words)
  }

  #settlements({ theme, state }: Context, shown: Picture): void {
    const { reading, places } = this.#session
    const sifted = `${state.raion}|${state.verdict}`
    const known = reading === this.#looked && sifted === this.#sifted
    if (known || reading?.of !== (shown.of || undefined)) return
    if (!reading) {
      this.#looked = null
      this.#map.removeFeatureState(SETTLEMENTS)
      return
    }
    // Names and raions of the features come when one of them matters.
    if (!places && (!theme.numbered_tiles || state.raion)) {
      void this.#session.fetchPlaces()
      return
    }
    this.#looked = reading
    this.#sifted = sifted
    const look = looks(theme, shown, reading)
    const out = sieve(state, shown, reading, places)
    const count = (reading.values ?? reading.coded ?? []).length
    for (let n = 0; n < count; n += 1) {
      const id = theme.numbered_tiles ? n : (places?.ids[n] ?? '')
      this.#map.setFeatureState({ ...SETTLEMENTS, id }, { ...look(n), out: out(n) })
    }
  }

  #cells({ theme }: Context, shown: Picture): void {
    const { cells } = this.#session
    if (!cells || cells.answer === this.#celled || cells.answer.of !== shown.of) return
    if (!this.#map.getSource('hexagons')) return
    this.#celled = cells.answer
    const look = cellLooks(theme, shown, cells.answer)
    const source = cellSource(cells.resolution)
    for (let n = 0; n < cells.answer.class.length; n += 1) this.#map.setFeatureState({ ...source, id: n }, look(n))
  }

  /** Ring what is selected: a settlement by its point, an area by its outline; so the raion that is filtered by. */
  #select({ state }: Context): void {
    const { selection } = this.#session
    const chosen = selection && state.selected ? selection : null
    const at = pointOf(chosen)
    this.#map.getSource<GeoJSONSource>(SELECTED)?.setData(alone(at && { type: 'Point', coordinates: at }))
    this.#map.setFilter('areas-selected', areaFilter([chosen?.kind === 'area' ? chosen.area.id : '', state.raion]))
  }

  #showWay(way: Way | null): void {
    this.#map.getSource<GeoJSONSource>(WAY)?.setData(alone(way?.geometry ?? null))
  }
}

/** Where a selected settlement lies; null for an area, and for a place without a point. */
export function pointOf(chosen: Selection | null): [number, number] | null {
  const place = chosen?.kind === 'settlement' ? chosen.card.settlement : null
  return place?.lon != null && place.lat != null ? [place.lon, place.lat] : null
}

/** Which settlements the filters by raion and verdict leave out. */
function sieve(
  state: State,
  shown: Picture,
  reading: ReadingAnswer,
  places: PlacesAnswer | null,
): (n: number) => boolean {
  const raion = state.raion ? places?.raions.indexOf(state.raion) : undefined
  const word = shown.reading === 'verdict' && state.verdict ? reading.words?.indexOf(state.verdict) : undefined
  return (n) =>
    (raion !== undefined && places?.raion[n] !== raion) || (word !== undefined && reading.coded?.[n] !== word)
}
