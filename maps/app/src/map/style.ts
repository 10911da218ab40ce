// The MapLibre style of a picture. Pure: the same theme and state give the same style;
// every colour is looked up by name in the theme.
import type { FeatureCollection, Geometry } from 'geojson'
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import type { Theme } from '../api/generated'
import type { Words } from '../words'
import type { Look } from './look'
import { classOf, type Picture } from './picture'

export const HATCH = 'hatch'
/** GeoJSON sources of what is selected: the way of a settlement, and its point. */
export const WAY = 'way'
export const SELECTED = 'selected'
/** Where the looks of settlements are put. */
export const SETTLEMENTS = { source: 'settlements', sourceLayer: 'settlements' }
export const CLICKABLE = { settlements: 'settlements', areas: 'areas-touch' }
const FONT = ['Noto Sans']
const PALE = 0.4

type Colour = (name: string) => string

function colourBook(theme: Theme): Colour {
  return (name) => {
    const colour = theme.colours[name]
    if (!colour) throw new Error(`the theme has no colour ${name}`)
    return colour
  }
}

/** Ids of the areas by class; under null those that are unknown. */
function idsByClass(picture: Picture): Map<number | null, string[]> {
  const groups = new Map<number | null, string[]>()
  for (const [id, value] of picture.values) {
    const index = classOf(value, picture.classes.breaks)
    groups.set(index, [...(groups.get(index) ?? []), id])
  }
  return groups
}

function areaColour(picture: Picture, colour: Colour): ExpressionSpecification | string {
  const arms: (string | string[])[] = []
  for (const [index, ids] of idsByClass(picture)) {
    if (index !== null) arms.push(ids, picture.classes.colours[index] ?? colour('area'))
  }
  if (!arms.length) return colour('area')
  return ['match', ['get', 'id'], ...arms, colour('area')] as unknown as ExpressionSpecification
}

/** What `look` decided of a settlement; before that it is as good as unknown. */
function look(key: keyof Look, before: string | boolean): ExpressionSpecification {
  return ['coalesce', ['feature-state', key], before] as unknown as ExpressionSpecification
}

/** The rim of a circle; a thick one where the value is assumed or missing. */
const RIM = ((): ExpressionSpecification => {
  const widths: [number, number, number][] = [
    [5, 0.3, 0.8],
    [7, 0.7, 1.4],
    [9, 1.2, 2.4],
  ]
  const stops = widths.flatMap(([zoom, thin, ring]) => [zoom, ['case', look('ring', false), ring, thin]])
  return ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification
})()

function radius(theme: Theme): ExpressionSpecification {
  const { population, radius: radii, unknown, zoom_factor: factors } = theme.size
  const stops = population.flatMap((stop, i) => [stop, radii[i] ?? unknown])
  const base = [
    'case',
    ['==', ['typeof', ['get', 'population']], 'number'],
    ['interpolate', ['linear'], ['to-number', ['get', 'population'], 0], ...stops],
    unknown,
  ]
  const byZoom = factors.flatMap(([zoom, factor]) => [zoom, ['*', factor, base]])
  return ['interpolate', ['linear'], ['zoom'], ...byZoom] as unknown as ExpressionSpecification
}

/** The outline of the selected area; of none where the id is empty. */
export function areaFilter(id: string): FilterSpecification {
  return ['==', ['get', 'id'], id]
}

function areaLayers(picture: Picture, colour: Colour): LayerSpecification[] {
  const source = { source: 'areas', 'source-layer': 'areas' }
  const level: FilterSpecification = ['==', ['get', 'level'], picture.level]
  const unknown = idsByClass(picture).get(null) ?? []
  return [
    {
      id: CLICKABLE.areas,
      type: 'fill',
      ...source,
      filter: level,
      paint: { 'fill-color': areaColour(picture, colour), 'fill-antialias': false },
    },
    {
      id: 'areas-unknown',
      type: 'fill',
      ...source,
      filter: ['all', level, ['in', ['get', 'id'], ['literal', unknown]]] as FilterSpecification,
      paint: { 'fill-pattern': HATCH },
    },
    {
      id: 'areas-border',
      type: 'line',
      ...source,
      filter: level,
      paint: {
        'line-color': colour('area_border'),
        'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.4, 9, 1],
      },
    },
    {
      id: 'oblast-border',
      type: 'line',
      ...source,
      filter: ['==', ['get', 'level'], 'oblast'],
      paint: {
        'line-color': colour('line_strong'),
        'line-width': ['interpolate', ['linear'], ['zoom'], 5, 1.2, 9, 2.4],
      },
    },
    {
      id: 'areas-selected',
      type: 'line',
      ...source,
      filter: areaFilter(''),
      paint: { 'line-color': colour('selected'), 'line-width': 3 },
    },
  ]
}

function circleLayers(theme: Theme, picture: Picture, colour: Colour): LayerSpecification[] {
  const source = { source: 'settlements', 'source-layer': 'settlements' }
  const size = radius(theme)
  return [
    {
      id: CLICKABLE.settlements,
      type: 'circle',
      ...source,
      minzoom: picture.settlementsFrom,
      // Small places are drawn over big ones, else a town hides its villages.
      layout: { 'circle-sort-key': ['-', 0, ['to-number', ['get', 'population'], 0]] },
      paint: {
        'circle-radius': size,
        'circle-color': ['to-color', look('fill', theme.unknown.fill)],
        'circle-stroke-color': ['to-color', look('stroke', theme.unknown.stroke)],
        'circle-stroke-width': RIM,
        'circle-opacity': ['case', look('old', false), PALE, 1],
      },
    },
    {
      id: 'settlements-selected',
      type: 'circle',
      source: SELECTED,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 8, 12, 18],
        'circle-opacity': 0,
        'circle-stroke-color': colour('selected'),
        'circle-stroke-width': 3,
      },
    },
  ]
}

// Which settlements are named, from which zoom on: [zoom, least population].
const NAMED_FROM: [number, number, number][] = [
  [0, 7, 20_000],
  [7, 8.5, 5_000],
  [8.5, 10, 1_000],
  [10, 11, 200],
  [11, 24, -1],
]

function labelLayers(words: Words, colour: Colour, layer: string): LayerSpecification[] {
  const people: ExpressionSpecification = ['to-number', ['get', 'population'], 0]
  return NAMED_FROM.map(([from, to, least]) => ({
    id: `names-${from}`,
    type: 'symbol',
    source: 'settlements',
    'source-layer': layer,
    minzoom: from,
    maxzoom: to,
    filter: ['>', people, least],
    layout: {
      'text-field': ['coalesce', ['get', `name_${words.language}`], ['get', 'name']],
      'text-font': FONT,
      'text-size': ['interpolate', ['linear'], people, 1_000, 12, 100_000, 15],
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 0.8,
      'text-padding': 6,
      'symbol-sort-key': ['-', 0, people],
    },
    paint: {
      'text-color': colour('label'),
      'text-halo-color': colour('label_halo'),
      'text-halo-width': 1.6,
    },
  }))
}

/** The way of the selected settlement: a dark line in a light one, seen on any ground. */
function wayLayers(colour: Colour): LayerSpecification[] {
  const width = (thin: number, thick: number): ExpressionSpecification => [
    'interpolate', ['linear'], ['zoom'], 6, thin, 12, thick,
  ]
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const
  return [
    {
      id: 'way-halo',
      type: 'line',
      source: WAY,
      layout,
      paint: { 'line-color': colour('label_halo'), 'line-width': width(5, 9) },
    },
    {
      id: 'way',
      type: 'line',
      source: WAY,
      layout,
      paint: { 'line-color': colour('way'), 'line-width': width(2.5, 5) },
    },
  ]
}

/** A feature alone, or none, as the data of a GeoJSON source. */
export function alone(geometry: Geometry | null): FeatureCollection {
  const features = geometry ? [{ type: 'Feature' as const, properties: {}, geometry }] : []
  return { type: 'FeatureCollection', features }
}

/** Build the style; `tiles(layer)` gives the address of a release's tile archive. */
export function mapStyle(
  theme: Theme,
  words: Words,
  picture: Picture,
  tiles: (layer: string) => string,
): StyleSpecification {
  const colour = colourBook(theme)
  return {
    version: 8,
    // No `glyphs`: names are drawn with the page's own fonts, from no other host.
    sources: {
      areas: { type: 'vector', url: `pmtiles://${tiles('areas')}` },
      settlements: {
        type: 'vector',
        url: `pmtiles://${tiles('settlements')}`,
        ...(theme.numbered_tiles ? {} : { promoteId: { settlements: 'id' } }),
      },
      [WAY]: { type: 'geojson', data: alone(null) },
      [SELECTED]: { type: 'geojson', data: alone(null) },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('ground') } },
      ...areaLayers(picture, colour),
      ...wayLayers(colour),
      ...circleLayers(theme, picture, colour),
      ...labelLayers(words, colour, theme.numbered_tiles ? 'names' : 'settlements'),
    ],
  }
}
