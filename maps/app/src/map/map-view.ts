// The map itself: its style from the session, its position, and what moves it.
import { html, type TemplateResult } from 'lit'
import { LngLatBounds, ScaleControl, type Map as GLMap } from 'maplibre-gl'
import { Panel, type Context } from '../panels/panel'
import { position } from '../state/url'
import { renewImages } from './images'
import { loadFonts, makeMap } from './make'
import { Painter, pointOf } from './paint'
import { Keys } from './keys'
import type { Picture } from './picture'
import { pictured } from './pictured'
import { Pointer } from './pointer'
import { mapStyle } from './style'

declare global {
  interface Window {
    paritetReady?: boolean
    paritetMap?: GLMap
  }
}

/** What is seen where the address names no position: the raion that is filtered by, or the country. */
function frame({ state, areas, release }: Context): [number, number, number, number] | null {
  return areas.find((area) => area.id === state.raion)?.bounds ?? release.bounds
}

/** Zoom and centre as the address has them. */
function standing(map: GLMap): string {
  const { lat, lng } = map.getCenter()
  return `${map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`
}

export class MapView extends Panel {
  #map: GLMap | null = null
  #painter: Painter | null = null
  readonly #scale = new ScaleControl({ maxWidth: 120 })
  #release = ''
  #drawn = ''
  #theme: Context['theme'] | null = null
  /** The release whose letters are loaded. */
  #fonts = ''
  #lastAt = ''
  #way: [number, number][] | undefined
  #selected = ''
  #shown: Picture | null = null
  #fits = true
  /** Where it stands because `frame` says so; it does so again when the page gives it less room. */
  #framed = ''
  /** Until its first style stands, a map cannot be given the next one. */
  #styled = false
  readonly #covers = (): void => this.#uncover(this.#chosenAt())

  protected override changed(): void {
    const { context } = this
    if (!context || this.#fonts === context.release.release) return this.#show()
    this.#fonts = context.release.release
    void loadFonts(context).then(() => this.#show())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.session.removeEventListener('sheet', this.#covers)
    this.#map?.remove()
    this.#map = this.#painter = null
    this.#styled = false
    this.#fonts = this.#drawn = ''
  }

  protected draw({ words }: Context): TemplateResult {
    return html`
      <div class="map"></div>
      <p class="map-help" id="map-help">${words.text('map_keys')}</p>
      <p class="unseen" role="status"></p>
    `
  }

  /** Say what the keyboard points at; nothing lies there where there are no lines. */
  #tell(lines: string[] | null): void {
    const status = this.querySelector('[role=status]')
    if (status && this.context) status.textContent = lines?.join('. ') ?? this.context.words.text('map_keys_none')
  }

  #show(): void {
    const context = this.context
    if (!context || !this.isConnected || !this.session.webgl) return
    if (!this.#map) {
      this.#create(context)
      return
    }
    this.#name(context)
    this.#restyle(context)
    this.#follow(context)
    if (!this.#styled || !this.#shown) return
    this.#painter?.paint(context, this.#shown)
    this.#bring()
    // The map may have come to rest before the last answer was there.
    if (!this.session.pending) this.#map.triggerRepaint()
  }

  /** Bring into view what was chosen elsewhere: a way when it is first drawn, or a place. */
  #bring(): void {
    const points = this.session.way?.geometry?.coordinates as [number, number][] | undefined
    const { selection } = this.session
    const chosen = selection ? this.session.state.selected : ''
    const [newWay, newPlace] = [points !== this.#way, chosen !== this.#selected]
    this.#way = points
    this.#selected = chosen
    // A link that names a place on the map is shown as it stands.
    const fits = this.#fits || Boolean(chosen && this.#lastAt !== this.session.state.at)
    if ((newWay || newPlace) && chosen) this.#framed = ''
    if (newWay && points?.length && fits) this.#fit(points)
    else if (newPlace && chosen) this.#uncover(this.#chosenAt())
    if (points) this.#fits = true
  }

  #fit(points: [number, number][]): void {
    const bounds = new LngLatBounds()
    for (const point of points) bounds.extend(point)
    const padding = { top: 40, left: 40, right: 40, bottom: 40 + this.#covered() }
    this.#map?.fitBounds(bounds, { padding, maxZoom: 14, animate: false })
  }

  /** Where what is chosen lies; an area by the middle of its bounds. */
  #chosenAt(): [number, number] | null {
    const { selection } = this.session
    if (selection?.kind !== 'area') return pointOf(selection)
    const [west, south, east, north] = this.context?.areas.find(({ id }) => id === selection.area.id)?.bounds ?? []
    if (west === undefined || south === undefined || east === undefined || north === undefined) return null
    return [(west + east) / 2, (south + north) / 2]
  }

  /** Move the map where a chosen place is out of view, or under the card. */
  #uncover(at: [number, number] | null): void {
    const map = this.#map
    if (!map || !at) return
    const { x, y } = map.project(at)
    const { clientWidth: width, clientHeight: height } = map.getContainer()
    const free = height - this.#covered()
    if (x > 20 && x < width - 20 && y > 20 && y < free - 20) return
    map.jumpTo({ center: at, padding: { top: 0, left: 0, right: 0, bottom: this.#covered() } })
    map.setPadding({ top: 0, left: 0, right: 0, bottom: 0 })
  }

  /** Pixels of the map that the card covers from below, on a narrow screen. */
  #covered(): number {
    const map = this.#map?.getContainer().getBoundingClientRect()
    const card = document.querySelector('paritet-card')?.getBoundingClientRect()
    if (!map || !card?.height || card.left > map.left) return 0
    return Math.max(0, Math.min(map.bottom - card.top, map.height - 120))
  }

  #create(context: Context): void {
    const container = this.querySelector<HTMLElement>('.map')
    if (!container) {
      // The first drawing of the panel has not happened yet.
      void this.updateComplete.then(() => this.querySelector('.map') && this.#show())
      return
    }
    const at = position(context.state)
    const start = at ?? { bounds: frame(context) ?? [-180, -60, 180, 75] }
    try {
      const given = { container, style: this.#style(context), ...start }
      this.#map = makeMap(given, context.words, () => (this.context as Context).theme, this.#scale)
    } catch {
      // The constructor throws where there is no WebGL; a drawing and the table say the same.
      this.session.webgl = false
      void this.session.update({})
      return
    }
    this.#release = context.release.release
    this.#lastAt = context.state.at
    this.#framed = at ? '' : standing(this.#map)
    // The way that a link names comes later than its place; any other is brought into view.
    this.#fits = !at || !context.state.way
    this.#listen(this.#map)
    this.session.zoomed(this.#map.getZoom())
  }

  #listen(map: GLMap): void {
    // Keys mean places here, which a screen reader would take for its own otherwise.
    map.getCanvas().setAttribute('role', 'application')
    map.getCanvas().setAttribute('aria-describedby', 'map-help')
    this.#painter = new Painter(map, this.session)
    const pointer = new Pointer(map, this.session, () =>
      this.context && this.#shown ? { context: this.context, shown: this.#shown } : null,
    )
    new Keys(map, pointer, (lines) => this.#tell(lines))
    // A tile that is not to be had leaves a hole; the rest of the map goes on.
    map.on('error', ({ error }) => this.session.report(new Error(error.message)))
    map.once('style.load', () => {
      this.#styled = true
      this.#show()
    })
    let room = map.getContainer().clientHeight
    map.on('resize', () => {
      const less = map.getContainer().clientHeight < room
      room = map.getContainer().clientHeight
      // Not with more room: the legend grows and shrinks with the zoom, and so would both without end.
      if (less && this.#framed === standing(map) && this.context) this.#stand(map, this.context, null)
    })
    map.on('moveend', () => this.#moved(map))
    this.session.addEventListener('sheet', this.#covers)
    map.on('idle', () => {
      if (!this.session.pending) window.paritetReady = true
    })
    window.paritetMap = map
  }

  /** The map reads the words of its controls but once: a new language is put in here. */
  #name({ words }: Context): void {
    const names = { '.maplibregl-ctrl-zoom-in': 'zoom_in', '.maplibregl-ctrl-zoom-out': 'zoom_out' }
    for (const [selector, key] of Object.entries(names)) {
      const button = this.querySelector<HTMLElement>(selector)
      if (!button) continue
      button.title = words.text(key)
      button.ariaLabel = words.text(key)
    }
    const map = this.#map
    if (!map) return
    Object.assign(map._locale, { 'ScaleControl.Meters': words.text('metre'), 'ScaleControl.Kilometers': words.term('units', 'km') })
    // It writes its unit only when it is given one.
    this.#scale.setUnit('metric')
    map.getCanvas().setAttribute('aria-label', words.text('map_label'))
  }

  #style(context: Context): ReturnType<typeof mapStyle> {
    const { theme, words, state, client } = context
    this.#shown = pictured(context)
    return mapStyle(theme, words, state, this.#shown, (archive) => client.tiles(archive))
  }

  #restyle(context: Context): void {
    const { view, subject, lang, kind, people, facilities } = context.state
    const { grouped: by, summary } = context
    const grouped = `${by?.of} ${by?.by} ${summary?.of}`
    const drawn = [context.release.release, view, subject, lang, kind, people, facilities, grouped].join('|')
    if ((drawn === this.#drawn && context.theme === this.#theme) || !this.#map || !this.#styled) return
    if (context.release.release !== this.#release) this.#painter?.forget()
    if (context.theme !== this.#theme) renewImages(this.#map, context.theme)
    this.#drawn = drawn
    this.#theme = context.theme
    this.#map.setStyle(this.#style(context))
  }

  /** Move the map to where the state says, unless it is there because it moved itself. */
  #follow(context: Context): void {
    const map = this.#map
    if (!map) return
    if (context.release.release !== this.#release) {
      this.#release = context.release.release
      this.#stand(map, context, context.state.at === this.#lastAt ? null : position(context.state))
    } else if (context.state.at !== this.#lastAt) this.#stand(map, context, position(context.state))
    this.#lastAt = this.session.state.at
  }

  #stand(map: GLMap, context: Context, at: ReturnType<typeof position>): void {
    const bounds = frame(context)
    if (at) map.jumpTo(at)
    else if (bounds) map.fitBounds(bounds, { padding: 24, animate: false })
    this.#framed = at ? '' : standing(map)
  }

  #moved(map: GLMap): void {
    this.#lastAt = standing(map)
    this.session.moved(this.#lastAt)
    this.session.zoomed(map.getZoom())
  }
}

customElements.define('paritet-map', MapView)
