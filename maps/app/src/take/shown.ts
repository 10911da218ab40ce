// What the map of the page shows now, taken from it: as pixels, and as what was drawn where.
import type { Position } from 'geojson'
import type { Map as GLMap, MapGeoJSONFeature } from 'maplibre-gl'
import type { Theme } from '../api/generated'
import { cellLayer } from '../map/layers/hexagons'
import { FACILITIES } from '../map/layers/lines'
import { CIRCLES, RIMS } from '../map/layers/settlements'
import { PLAIN, type Look } from '../map/look'
import { pointOf } from '../map/paint'
import type { Context } from '../panels/panel'
import { zoomFactor } from '../panels/legend'
import type { Session } from '../state/session'
import type { Drawing, Name, Place } from './drawing'
import type { AreaShape, Frame } from './svg'

/** Fine enough for paper. */
const RATIO = 2
const EARTH_KM = 40_075.017
/** Room for names beyond the borders, in pixels. */
const BESIDE = 40

/** A part of the map on the screen, in pixels. */
export interface Cut {
  left: number
  top: number
  width: number
  height: number
}

/** What is seen of the country, without the empty ground beside it; all that is seen where it lies elsewhere. */
export function cutOf(map: GLMap, [west, south, east, north]: number[]): Cut {
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  const whole = { left: 0, top: 0, width, height }
  if (west === undefined || south === undefined || east === undefined || north === undefined) return whole
  const [from, to] = [map.project([west, north]), map.project([east, south])]
  const within = (value: number, most: number): number => Math.round(Math.min(Math.max(value, 0), most))
  const [left, top] = [within(from.x - BESIDE, width), within(from.y - BESIDE, height)]
  const cut = { left, top, width: within(to.x + BESIDE, width) - left, height: within(to.y + BESIDE, height) - top }
  return Math.min(cut.width, cut.height) > 2 * BESIDE ? cut : whole
}

/** Copy the picture, larger than the screen shows it; at once, for a browser that is about to print. */
export function pixels(map: GLMap, { left, top, width, height }: Cut): HTMLCanvasElement {
  const before = map.getPixelRatio()
  const ratio = Math.max(RATIO, before)
  map.setPixelRatio(ratio)
  map.redraw()
  const copy = document.createElement('canvas')
  copy.width = width * ratio
  copy.height = height * ratio
  copy.getContext('2d')?.drawImage(map.getCanvas(), -left * ratio, -top * ratio)
  map.setPixelRatio(before)
  return copy
}

export function kmPerPixel(map: GLMap): number {
  return (EARTH_KM * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom())
}

function frameOf(map: GLMap, { left, top, width, height }: Cut): Frame {
  const project = ([lon = 0, lat = 0]: Position): [number, number] => {
    const { x, y } = map.project([lon, lat])
    return [x - left, y - top]
  }
  return { width, height, project }
}

/** Each feature once, however many tiles it lies in. */
function points(features: MapGeoJSONFeature[]): (MapGeoJSONFeature & { at: Position })[] {
  const found = new Map<string, MapGeoJSONFeature & { at: Position }>()
  for (const feature of features) {
    const { geometry, id, properties } = feature
    const key = `${String(id ?? properties['id'] ?? '')} ${properties['name'] ?? ''}`
    if (geometry.type === 'Point' && !found.has(key)) found.set(key, Object.assign(feature, { at: geometry.coordinates }))
  }
  return [...found.values()]
}

function rendered(map: GLMap, layers: string[]): MapGeoJSONFeature[] {
  const there = layers.filter((id) => map.getLayer(id))
  return there.length ? map.queryRenderedFeatures({ layers: there }) : []
}

function people({ properties }: MapGeoJSONFeature): number {
  return Number(properties['population'] ?? 0)
}

function look(theme: Theme, { state }: MapGeoJSONFeature): Look {
  return { ...PLAIN, fill: theme.unknown.fill, stroke: theme.unknown.stroke, over: 'unknown', ...state }
}

function placesOf(map: GLMap, theme: Theme): Place[] {
  const { population, radius, unknown, zoom_factor: factors } = theme.size
  const stops = population.map((stop, n): [number, number] => [stop, radius[n] ?? unknown])
  const zoom = map.getZoom()
  const factor = zoomFactor(factors, zoom)
  const rim = (ring: boolean): number => zoomFactor(RIMS.map(([at, thin, thick]) => [at, ring ? thick : thin]), zoom)
  return points(rendered(map, [CIRCLES]))
    .filter(({ state }) => !state['out'])
    .sort((one, other) => people(other) - people(one))
    .map((feature) => ({
      at: feature.at,
      radius: factor * (typeof feature.properties['population'] === 'number' ? zoomFactor(stops, people(feature)) : unknown),
      look: look(theme, feature),
      rim: rim(feature.state['ring'] === true),
      core: feature.properties['kind'] === 'agrogorodok' && zoom >= 8,
    }))
}

function namesOf(map: GLMap, { words }: Context): Name[] {
  const all = map.getStyle().layers.map(({ id }) => id)
  const name = (area: boolean) => (feature: MapGeoJSONFeature & { at: Position }): Name => {
    const residents = people(feature)
    return {
      at: feature.at,
      text: String(feature.properties[`name_${words.language}`] ?? feature.properties['name'] ?? ''),
      size: area ? 11 : residents > 50_000 ? 14 : 12,
      away: 7 + 7 * Math.min(1, residents / 1_000_000),
      area,
    }
  }
  const of = (layers: string[]): (MapGeoJSONFeature & { at: Position })[] =>
    points(rendered(map, layers)).sort((one, other) => people(other) - people(one))
  const places = of(all.filter((id) => /^names-/.test(id))).map(name(false))
  return [...places, ...of(['area-names']).map(name(true))].filter(({ text }) => text)
}

/** What is drawn now; `areas` are the borders in full, which tiles cut. */
export function drawingOf(map: GLMap, context: Context, session: Session, areas: AreaShape[], cut: Cut): Drawing {
  const { theme } = context
  const layers = theme.hexagons.map(({ resolution }) => cellLayer(resolution))
  return {
    frame: frameOf(map, cut),
    areas,
    cells: rendered(map, layers).map((feature) => ({ geometry: feature.geometry, look: look(theme, feature) })),
    places: placesOf(map, theme),
    facilities: points(rendered(map, [FACILITIES])).map(({ at }) => at),
    way: session.way?.geometry ?? null,
    selected: pointOf(session.state.selected ? session.selection : null),
    names: namesOf(map, context),
  }
}
