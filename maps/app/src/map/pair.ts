// Two maps of the same picture, each at its own place, that move in step.
import { LngLat, type Map as GLMap } from 'maplibre-gl'
import type { Theme } from '../api/generated'
import type { Context } from '../panels/panel'
import type { Selection, Session } from '../state/session'
import { renewImages } from './images'
import { makeMap } from './make'
import { Painter, pointOf, type Painted } from './paint'
import type { Picture } from './picture'
import { pictured } from './pictured'
import { inStep, type Stand } from './step'
import { mapStyle } from './style'

/** Near enough to see a village among its neighbours. */
const PLACE_ZOOM = 11

const standOf = (map: GLMap): Stand => ({ zoom: map.getZoom(), center: map.getCenter().toArray() })

/** What the second map shows: the session, with the other place as the chosen one. */
function ofOther(session: Session): Painted {
  return {
    get reading() { return session.reading },
    get places() { return session.places },
    get cells() { return session.cells },
    get selection() { return session.other },
    way: null,
    fetchPlaces: () => session.fetchPlaces(),
  }
}

declare global {
  interface Window {
    paritetPair?: GLMap[]
  }
}

export class Pair {
  readonly #session: Session
  readonly #maps: GLMap[] = []
  readonly #painters: Painter[]
  readonly #stands: Stand[]
  readonly #context: () => Context
  #styled = 0
  #leading = false
  #drawn = ''
  #theme: Theme
  #placed = ''
  #shown: Picture

  /** Make both maps; throws where there is no WebGL. */
  constructor(boxes: HTMLElement[], session: Session, context: () => Context) {
    this.#session = session
    this.#context = context
    const { words, release } = context()
    this.#shown = pictured(context())
    const start = { bounds: release.bounds ?? ([-180, -60, 180, 75] as [number, number, number, number]) }
    try {
      for (const container of boxes) {
        const given = { container, style: this.#style(), ...start }
        this.#maps.push(makeMap(given, words, () => this.#context().theme))
      }
    } catch (error) {
      this.remove()
      throw error
    }
    this.#drawn = this.#key()
    this.#theme = context().theme
    this.#stands = this.#maps.map(standOf)
    this.#painters = this.#maps.map((map, i) => new Painter(map, i ? ofOther(session) : session))
    this.#maps.forEach((map, i) => this.#listen(map, i))
    window.paritetPair = this.#maps
  }

  #listen(map: GLMap, i: number): void {
    map.on('move', () => this.#moved(i))
    map.on('moveend', () => this.#leading || this.#session.zoomed(map.getZoom()))
    map.on('idle', () => {
      if (!this.#session.pending && this.#placed && this.#maps.every((one) => one.loaded() && one.areTilesLoaded())) window.paritetReady = true
    })
    map.once('style.load', () => {
      this.#styled += 1
      this.show()
    })
  }

  /** Carry the other map along; its own move is no new one. */
  #moved(i: number): void {
    const map = this.#maps[i] as GLMap
    const other = this.#maps[1 - i]
    const before = this.#stands[i] as Stand
    this.#stands[i] = standOf(map)
    if (this.#leading || !other) return
    this.#leading = true
    other.jumpTo(inStep(before, this.#stands[i], this.#stands[1 - i] as Stand))
    this.#leading = false
  }

  #key(): string {
    const { release, state, grouped, summary } = this.#context()
    const { view, subject, lang, kind, people, facilities } = state
    const said = `${grouped?.of} ${grouped?.by} ${summary?.of}`
    return [release.release, view, subject, lang, kind, people, facilities, said].join('|')
  }

  #style(): ReturnType<typeof mapStyle> {
    const { theme, words, state, client } = this.#context()
    return mapStyle(theme, words, state, this.#shown, (archive) => client.tiles(archive))
  }

  /** Show what is chosen now. */
  show(): void {
    if (this.#styled < this.#maps.length) return
    const context = this.#context()
    this.#shown = pictured(context)
    if (this.#key() !== this.#drawn || context.theme !== this.#theme) {
      this.#drawn = this.#key()
      this.#theme = context.theme
      for (const painter of this.#painters) painter.forget()
      for (const map of this.#maps) {
        renewImages(map, context.theme)
        map.setStyle(this.#style())
      }
    }
    const places = [this.#session.selection, this.#session.other]
    this.#place(places)
    this.#maps.forEach((map, i) => map.getCanvas().setAttribute('aria-label', this.#nameOf(places[i] ?? null, i)))
    const { selected, other } = context.state
    const chosen = [selected, other]
    this.#painters.forEach((painter, i) =>
      painter.paint({ ...context, state: { ...context.state, selected: chosen[i] ?? '' } }, this.#shown),
    )
  }

  /** What a reader who does not see the map is told of it: whose it is. */
  #nameOf(chosen: Selection | null, i: number): string {
    const { words } = this.#context()
    const row = chosen?.kind === 'settlement' ? chosen.card.settlement : chosen?.area
    return `${row ? words.name(row) : i + 1}. ${words.text('map_label')}`
  }

  /** Bring both places into view at one zoom, when one of them is new. */
  #place(chosen: (Selection | null)[]): void {
    const { selected, other } = this.#context().state
    const ready = [selected, other].every((key, i) => !key === !chosen[i])
    const key = `${selected} ${other}`
    if (!ready || key === this.#placed) return
    this.#placed = key
    const stands = chosen.map((one, i) => this.#standAt(one, this.#maps[i] as GLMap))
    const zoom = Math.min(...stands.map((stand) => stand?.zoom ?? PLACE_ZOOM))
    this.#leading = true
    stands.forEach((stand, i) => stand && this.#maps[i]?.jumpTo({ center: stand.center, zoom }))
    this.#leading = false
    this.#session.zoomed((this.#maps[0] as GLMap).getZoom())
  }

  #standAt(chosen: Selection | null, map: GLMap): Stand | null {
    const at = pointOf(chosen)
    if (at) return { zoom: PLACE_ZOOM, center: at }
    const bounds = chosen?.kind === 'area' ? chosen.area.bounds : null
    const camera = bounds && map.cameraForBounds(bounds, { padding: 16 })
    if (camera?.zoom === undefined || !camera.center) return null
    return { zoom: camera.zoom, center: LngLat.convert(camera.center).toArray() }
  }

  remove(): void {
    for (const map of this.#maps) map.remove()
  }
}
