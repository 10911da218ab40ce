// The map itself: a style made from the session, clicks, the tooltip, the position.
import { html, type TemplateResult } from 'lit'
import {
  addProtocol,
  LngLatBounds,
  Map as GLMap,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type MapGeoJSONFeature,
  type MapMouseEvent,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { Protocol } from 'pmtiles'
import { Panel, type Context } from '../panels/panel'
import { position } from '../state/url'
import type { PlacesAnswer, ReadingAnswer } from '../api/generated'
import { hatchImage } from './hatch'
import { looks, told } from './look'
import { picture, type Picture } from './picture'
import { alone, areaFilter, CLICKABLE, HATCH, mapStyle, SELECTED, SETTLEMENTS, WAY } from './style'
import { areaTip, settlementTip } from './tooltip'

// Without its own address the worker is silently missing from the bundle.
setWorkerUrl(workerUrl)
addProtocol('pmtiles', new Protocol().tile)

/** Until a reading is there nothing is said. */
const NOTHING: ReadingAnswer = { release: '', on: '', synthetic: false, of: '' }

/** Pixels around the pointer in which a small circle is still hit. */
const REACH = 4

declare global {
  interface Window {
    paritetReady?: boolean
    paritetMap?: GLMap
  }
}

/** The letters that names need, drawn once so that the map finds the fonts loaded. */
async function loadFonts(): Promise<void> {
  const sample = 'Аяўіғқңү Az Łódź'
  await Promise.all(['400', '700'].map((weight) => document.fonts.load(`${weight} 16px "Noto Sans"`, sample)))
}

export class MapView extends Panel {
  #map: GLMap | null = null
  #popup = new Popup({ closeButton: false, closeOnClick: false, offset: 10, maxWidth: '280px' })
  #release = ''
  #drawn = ''
  #fonts = false
  #lastAt = ''
  #way: [number, number][] | undefined
  #shown: Picture | null = null
  /** The reading whose looks the settlements have. */
  #looked: ReadingAnswer | null = null
  /** Ids and names of the features, once one of them mattered. */
  #places: PlacesAnswer | null = null
  #fits = true
  /** Until its first style stands, a map cannot be given the next one. */
  #styled = false

  protected override changed(): void {
    if (!this.#fonts) {
      this.#fonts = true
      void loadFonts().then(() => this.#show())
    } else {
      this.#show()
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#map?.remove()
    this.#map = null
    this.#fonts = false
    this.#styled = false
    this.#drawn = ''
  }

  protected draw({ words }: Context): TemplateResult {
    return html`<div class="map" role="region" aria-label=${words.text('map_label')}></div>`
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
    if (!this.#styled) return
    this.#look(context)
    this.#select(context)
    this.#showWay()
  }

  /** Give every settlement its look; the style itself stays as it is. */
  #look({ theme }: Context): void {
    const { reading } = this.session
    const [map, shown] = [this.#map, this.#shown]
    if (!map || !shown || reading === this.#looked || reading?.of !== (shown.of || undefined)) return
    if (!reading) {
      this.#looked = null
      map.removeFeatureState(SETTLEMENTS)
      return
    }
    if (!theme.numbered_tiles && !this.#places) {
      void this.#named().then(() => this.#show())
      return
    }
    this.#looked = reading
    const look = looks(theme, shown, reading)
    const count = (reading.values ?? reading.coded ?? []).length
    for (let n = 0; n < count; n += 1) {
      map.setFeatureState({ ...SETTLEMENTS, id: this.#feature(n) }, look(n))
    }
  }

  /** The id of a feature in the tiles; releases before version 7 have that of the place. */
  #feature(n: number): number | string {
    const numbered = this.context?.theme.numbered_tiles
    return numbered ? n : (this.#places?.ids[n] ?? '')
  }

  async #named(): Promise<PlacesAnswer> {
    this.#places = await this.session.places()
    return this.#places
  }

  /** Ring what is selected: a settlement by its point, an area by its outline. */
  #select({ state }: Context): void {
    const { selection } = this.session
    const chosen = selection && state.selected ? selection : null
    const place = chosen?.kind === 'settlement' ? chosen.card.settlement : null
    const located = place?.lon != null && place.lat != null
    const point = located ? { type: 'Point' as const, coordinates: [place.lon, place.lat] as number[] } : null
    this.#map?.getSource<GeoJSONSource>(SELECTED)?.setData(alone(point))
    this.#map?.setFilter('areas-selected', areaFilter(chosen?.kind === 'area' ? chosen.area.id : ''))
  }

  /** Draw the way, and bring it into view when it is first drawn. */
  #showWay(): void {
    const way = this.session.way?.geometry ?? null
    this.#map?.getSource<GeoJSONSource>(WAY)?.setData(alone(way))
    const points = way?.coordinates
    if (points === this.#way) return
    this.#way = points
    // A link that names a place on the map is shown as it stands.
    const fits = this.#fits
    this.#fits = true
    if (!points?.length || !fits) return
    const bounds = new LngLatBounds()
    for (const point of points) bounds.extend(point)
    const padding = { top: 40, left: 40, right: 40, bottom: 40 + this.#covered() }
    this.#map?.fitBounds(bounds, { padding, maxZoom: 14, animate: false })
  }

  /** Pixels of the map that the card covers from below, on a narrow screen. */
  #covered(): number {
    const map = this.#map?.getContainer().getBoundingClientRect()
    const card = document.querySelector('aside.card')?.getBoundingClientRect()
    if (!map || !card || card.left > map.left) return 0
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
    try {
      this.#map = new GLMap({
        container,
        style: this.#style(context),
        ...(at ?? { bounds: context.release.bounds ?? [-180, -60, 180, 75] }),
        fitBoundsOptions: { padding: 24 },
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        maxZoom: 16,
        locale: {
          'NavigationControl.ZoomIn': context.words.text('zoom_in'),
          'NavigationControl.ZoomOut': context.words.text('zoom_out'),
          'Map.Title': context.words.text('map_label'),
        },
      })
    } catch {
      // The constructor throws where there is no WebGL; the table says the same.
      this.session.webgl = false
      void this.session.update({ show: 'table' })
      return
    }
    this.#release = context.release.release
    this.#lastAt = context.state.at
    this.#fits = !at
    this.#listen(this.#map, context)
    this.session.zoomed(this.#map.getZoom())
  }

  #listen(map: GLMap, context: Context): void {
    map.keyboard.disableRotation()
    map.touchZoomRotate.disableRotation()
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    map.addControl(new ScaleControl({ maxWidth: 120 }), 'bottom-left')
    // Asked again whenever a new style starts without images.
    map.setMissingStyleImageResolver((id) => {
      if (id === HATCH) map.addImage(HATCH, hatchImage(context.theme), { pixelRatio: 2 })
    })
    map.once('style.load', () => {
      this.#styled = true
      this.#show()
    })
    map.on('click', (event) => void this.#click(event))
    map.on('mousemove', (event) => this.#hover(event))
    map.on('mouseout', () => this.#popup.remove())
    map.on('moveend', () => this.#moved(map))
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
    const canvas = this.#map?.getCanvas()
    if (canvas) canvas.ariaLabel = words.text('map_label')
  }

  #style(context: Context): ReturnType<typeof mapStyle> {
    const { theme, words, state, areas, client } = context
    this.#shown = picture(theme, state, areas)
    return mapStyle(theme, words, this.#shown, (layer) => client.tiles(layer))
  }

  #restyle(context: Context): void {
    const { view, subject, indicator, lang } = context.state
    const drawn = [context.release.release, view, subject, indicator, lang].join('|')
    if (drawn === this.#drawn || !this.#styled) return
    if (context.release.release !== this.#release) this.#looked = this.#places = null
    this.#drawn = drawn
    this.#map?.setStyle(this.#style(context))
  }

  /** Move the map to where the state says, unless it is there because it moved itself. */
  #follow(context: Context): void {
    const map = this.#map
    if (!map) return
    if (context.release.release !== this.#release) {
      this.#release = context.release.release
      const at = context.state.at === this.#lastAt ? null : position(context.state)
      if (at) map.jumpTo(at)
      else if (context.release.bounds) {
        map.fitBounds(context.release.bounds, { padding: 24, animate: false })
      }
    } else if (context.state.at !== this.#lastAt) {
      const at = position(context.state)
      if (at) map.jumpTo(at)
    }
    this.#lastAt = this.session.state.at
  }

  #moved(map: GLMap): void {
    this.session.zoomed(map.getZoom())
    const { lat, lng } = map.getCenter()
    this.#lastAt = `${map.getZoom().toFixed(2)}/${lat.toFixed(4)}/${lng.toFixed(4)}`
    this.session.moved(this.#lastAt)
  }

  /** What stands under the pointer: a settlement before the area around it. */
  #under(event: MapMouseEvent): MapGeoJSONFeature | undefined {
    const { x, y } = event.point
    const settlements = this.#map?.queryRenderedFeatures(
      [
        [x - REACH, y - REACH],
        [x + REACH, y + REACH],
      ],
      { layers: [CLICKABLE.settlements] },
    )
    return settlements?.[0] ?? this.#map?.queryRenderedFeatures(event.point, { layers: [CLICKABLE.areas] })[0]
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const found = this.#under(event)
    if (!found) return
    const { release } = this.session.state
    const settlement = found.layer.id === CLICKABLE.settlements
    const id = settlement ? await this.#idOf(found) : (found.properties['id'] as string)
    if (!id || release !== this.session.state.release) return
    void this.session.update({ selected: `${settlement ? 'settlement' : 'area'}:${id}` })
  }

  async #idOf({ id }: MapGeoJSONFeature): Promise<string | undefined> {
    return typeof id === 'number' ? (await this.#named()).ids[id] : id
  }

  #hover(event: MapMouseEvent): void {
    const [map, context, shown] = [this.#map, this.context, this.#shown]
    if (!map || !context || !shown) return
    const found = this.#under(event)
    map.getCanvas().style.cursor = found ? 'pointer' : ''
    if (!found) {
      this.#popup.remove()
      return
    }
    const settlement = found.layer.id === CLICKABLE.settlements
    const content = settlement ? this.#settlementTip(found, shown, context) : this.#areaTip(found, shown, context)
    this.#popup.setLngLat(event.lngLat).setDOMContent(content).addTo(map)
  }

  #areaTip({ properties }: MapGeoJSONFeature, shown: Picture, context: Context): HTMLElement {
    const name = properties[`name_${context.words.language}`] ?? properties['name'] ?? ''
    return areaTip(String(properties['id']), String(name), shown, context)
  }

  #settlementTip({ id, properties }: MapGeoJSONFeature, shown: Picture, context: Context): HTMLElement {
    // The names come when the first is needed; this box fills when the pointer moves on.
    if (!this.#places) void this.#named()
    const n = typeof id === 'number' ? id : (this.#places?.ids.indexOf(String(id)) ?? -1)
    const { reading } = this.session
    const says = told(reading ?? NOTHING, n)
    return settlementTip(this.#places?.names[n] ?? '…', properties['population'], says, shown, context)
  }
}

customElements.define('paritet-map', MapView)
