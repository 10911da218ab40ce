// What lies under the pointer: the box that tells of it, and its choice by a click.
import { Popup, type LngLat, type Map as GLMap, type MapGeoJSONFeature, type MapMouseEvent } from 'maplibre-gl'
import type { ReadingAnswer } from '../api/generated'
import type { Context } from '../panels/panel'
import type { Session } from '../state/session'
import { AREAS } from './layers/areas'
import { cellLayer } from './layers/hexagons'
import { CIRCLES } from './layers/settlements'
import { SHAPES, told } from './look'
import type { Picture } from './picture'
import { areaTip, cellTip, settlementTip } from './tooltip'

/** Pixels around the pointer in which a small circle is still hit. */
const REACH = 4
/** Until a reading is there nothing is said. */
const NOTHING: ReadingAnswer = { release: '', on: '', synthetic: false, of: '' }
const PLACES = [CIRCLES, ...Object.values(SHAPES).map((shape) => `settlements-${shape}`)]

/** What is drawn now, and for whom. */
export type Drawing = () => { context: Context; shown: Picture } | null

export class Pointer {
  readonly #map: GLMap
  readonly #session: Session
  readonly #drawing: Drawing
  readonly #popup = new Popup({ closeButton: false, closeOnClick: false, offset: 10, maxWidth: '280px' })

  constructor(map: GLMap, session: Session, drawing: Drawing) {
    this.#map = map
    this.#session = session
    this.#drawing = drawing
    map.on('click', (event) => void this.#click(event))
    map.on('mousemove', (event) => this.#hover(event))
    map.on('mouseout', () => this.#popup.remove())
  }

  /** Layers of these names that the style has; a style of areas has no hexagons. */
  #there(layers: string[]): string[] {
    return layers.filter((layer) => this.#map.getLayer(layer))
  }

  /** A settlement before the hexagon, and that before the area around it. */
  #under({ point }: MapMouseEvent): MapGeoJSONFeature | undefined {
    const { x, y } = point
    const box: [[number, number], [number, number]] = [[x - REACH, y - REACH], [x + REACH, y + REACH]]
    const [place] = this.#map.queryRenderedFeatures(box, { layers: this.#there(PLACES) })
    return place ?? this.#map.queryRenderedFeatures(point, { layers: this.#there([...this.#cells(), AREAS]) })[0]
  }

  #cells(): string[] {
    const theme = this.#drawing()?.context.theme
    return theme ? theme.hexagons.map(({ resolution }) => cellLayer(resolution)) : []
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const found = this.#under(event)
    if (found) await this.choose(found, event.lngLat)
  }

  /** Open what was clicked or chosen by the keyboard; a hexagon is come closer to. */
  async choose(found: MapGeoJSONFeature, at: LngLat): Promise<void> {
    const { release } = this.#session.state
    if (found.source === 'hexagons') {
      // A hexagon holds many places: come closer, where they are drawn.
      const zoom = Math.max(...(this.#drawing() as { context: Context }).context.theme.hexagons.map((row) => row.to))
      this.#map.easeTo({ center: at, zoom: zoom + 0.2, animate: !calm() })
      return
    }
    const place = found.source === 'settlements'
    const id = place ? await this.#idOf(found) : (found.properties['id'] as string)
    if (!id || release !== this.#session.state.release) return
    void this.#session.update({ selected: `${place ? 'settlement' : 'area'}:${id}` })
  }

  async #idOf({ id }: MapGeoJSONFeature): Promise<string | undefined> {
    return typeof id === 'number' ? (await this.#session.fetchPlaces()).ids[id] : id
  }

  #hover(event: MapMouseEvent): void {
    const drawing = this.#drawing()
    if (!drawing) return
    const found = this.#under(event)
    this.#map.getCanvas().style.cursor = found ? 'pointer' : ''
    if (!found) this.#popup.remove()
    else this.#show(this.#tip(found, drawing), event.lngLat)
  }

  #show(tip: HTMLElement, at: LngLat): void {
    this.#popup.setLngLat(at).setDOMContent(tip).addTo(this.#map)
  }

  /** Show the box of a feature and return what it says, line by line. */
  async point(found: MapGeoJSONFeature, at: LngLat): Promise<string[]> {
    if (found.source === 'settlements') await this.#session.fetchPlaces()
    const drawing = this.#drawing()
    if (!drawing) return []
    const tip = this.#tip(found, drawing)
    this.#show(tip, at)
    return [...tip.children].map((line) => line.textContent ?? '').filter(Boolean)
  }

  leave(): void {
    this.#popup.remove()
  }

  /** What is drawn in view and may be chosen: settlements, else hexagons, else areas. */
  inView(): MapGeoJSONFeature[] {
    const cells = this.#cells()
    const layers = [PLACES, cells, [AREAS]].map((names) => this.#there(names))
    for (const names of layers) {
      const found = names.length ? this.#map.queryRenderedFeatures({ layers: names }) : []
      const shown = found.filter(({ state }) => !state['out'])
      if (shown.length) return shown
    }
    return []
  }

  #tip({ id, source, properties }: MapGeoJSONFeature, { context, shown }: { context: Context; shown: Picture }): HTMLElement {
    if (source === 'areas') {
      const name = properties[`name_${context.words.language}`] ?? properties['name'] ?? ''
      return areaTip(String(properties['id']), String(name), shown, context)
    }
    const { cells, reading, places } = this.#session
    if (source === 'hexagons') return cellTip(cells?.answer ?? null, Number(id), shown, context)
    // The names come when the first is needed; this box fills when the pointer moves on.
    if (!places) void this.#session.fetchPlaces()
    const n = typeof id === 'number' ? id : (places?.ids.indexOf(String(id)) ?? -1)
    const says = told(reading ?? NOTHING, n)
    return settlementTip(places?.names[n] ?? '…', properties['population'], says, shown, context)
  }
}

/** The reader asked the system for little motion. */
export function calm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
