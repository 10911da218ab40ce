// The map of what changed: an arrow at each settlement whose service went one way.
import type { GeoJSONSource, Map as GLMap } from 'maplibre-gl'
import type { DiffPlaces, Theme } from '../api/generated'
import type { Context } from '../panels/panel'
import type { Session } from '../state/session'
import { position } from '../state/url'
import { changesStyle, DIRECTIONS, layerOf } from './layers/changes'
import { SELECTED } from './layers/lines'
import { SETTLEMENTS } from './layers/settlements'
import { makeMap } from './make'
import { pointOf } from './paint'
import { picture } from './picture'
import { alone } from './style'

/** Pixels around the pointer in which an arrow is still hit. */
const REACH = 5

export class ChangesMap {
  readonly #map: GLMap
  readonly #session: Session
  readonly #context: () => Context
  #styled = false
  #drawn = ''
  #theme: Theme
  #went: DiffPlaces | null = null
  #marked: DiffPlaces | null = null
  #at: string

  /** Make the map; throws where there is no WebGL. `idle` is told when a picture is whole. */
  constructor(container: HTMLElement, session: Session, context: () => Context, idle: () => void) {
    this.#session = session
    this.#context = context
    const { state, release, words } = context()
    this.#at = state.at
    const start = position(state) ?? { bounds: release.bounds ?? ([-180, -60, 180, 75] as [number, number, number, number]) }
    this.#map = makeMap({ container, style: this.#style(), ...start }, words, () => this.#context().theme)
    this.#drawn = this.#key()
    this.#theme = context().theme
    this.#map.once('style.load', () => {
      this.#styled = true
      this.show(this.#went)
    })
    this.#map.on('idle', idle)
    window.paritetMap = this.#map
    this.#map.on('moveend', () => this.#moved())
    this.#map.on('click', ({ point: { x, y } }) => void this.#click(x, y))
    this.#map.on('mousemove', ({ point: { x, y } }) => {
      this.#map.getCanvas().style.cursor = this.#under(x, y) === undefined ? '' : 'pointer'
    })
  }

  #key(): string {
    const { release, state } = this.#context()
    return [release.release, state.lang].join('|')
  }

  #style(): ReturnType<typeof changesStyle> {
    const { theme, words, state, areas, client } = this.#context()
    return changesStyle(theme, words, picture(theme, state, areas), (archive) => client.tiles(archive))
  }

  /** Draw which way each settlement went; nothing until that is known. */
  show(went: DiffPlaces | null): void {
    this.#went = went
    if (!this.#styled) return
    const { theme } = this.#context()
    if (this.#key() !== this.#drawn || theme !== this.#theme) {
      this.#drawn = this.#key()
      this.#theme = theme
      this.#marked = null
      this.#map.setStyle(this.#style())
    }
    this.#follow()
    void this.#mark()
    const chosen = this.#session.state.selected ? this.#session.selection : null
    const at = pointOf(chosen)
    this.#map.getSource<GeoJSONSource>(SELECTED)?.setData(alone(at && { type: 'Point', coordinates: at }))
  }

  /** Tell the features; only those that changed have a state at all. */
  async #mark(): Promise<void> {
    const went = this.#went
    if (went === this.#marked) return
    this.#marked = went
    this.#map.removeFeatureState(SETTLEMENTS)
    // Before version 7 of the tables the features are not numbered.
    const ids = this.#context().theme.numbered_tiles ? null : (await this.#session.fetchPlaces()).ids
    if (went !== this.#marked) return
    went?.coded.forEach((code, n) => {
      if (code !== null) this.#map.setFeatureState({ ...SETTLEMENTS, id: ids?.[n] ?? n }, { change: went.words[code] })
    })
  }

  #under(x: number, y: number): string | number | undefined {
    const layers = DIRECTIONS.map(layerOf).filter((layer) => this.#map.getLayer(layer))
    const box: [[number, number], [number, number]] = [[x - REACH, y - REACH], [x + REACH, y + REACH]]
    return this.#map.queryRenderedFeatures(box, { layers }).find(({ state }) => state['change'])?.id
  }

  async #click(x: number, y: number): Promise<void> {
    const found = this.#under(x, y)
    if (found === undefined) return
    const id = typeof found === 'number' ? (await this.#session.fetchPlaces()).ids[found] : found
    if (id) void this.#session.update({ selected: `settlement:${id}` })
  }

  #follow(): void {
    const { state } = this.#session
    const at = state.at === this.#at ? null : position(state)
    this.#at = state.at
    if (at) this.#map.jumpTo(at)
  }

  #moved(): void {
    const { lat, lng } = this.#map.getCenter()
    this.#at = `${this.#map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`
    this.#session.moved(this.#at)
  }

  remove(): void {
    this.#map.remove()
  }
}
