// The MapLibre style of a picture. Pure: the same theme and state give the same style;
// every colour is looked up by name in the theme.
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import type { Mark, Theme, Way } from '../api/generated'
import type { Words } from '../words'
import { ASSUMED, ringedValues, verdictMark } from '../panels/verdicts'
import { classOf, type Picture } from './picture'

export const HATCH = 'hatch'
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

/** Whether the verdict stands on an assumed value. */
function isAssumed(picture: Picture): ExpressionSpecification {
  return ['==', ['get', picture.statusProperty], ASSUMED]
}

/** The rim of a circle; a thick one where the verdict or value stands on an assumption. */
function rim(theme: Theme, picture: Picture): ExpressionSpecification {
  const hollow = theme.assumed_verdicts.map((mark) => mark.id.split(':')[0] ?? '')
  const verdict = ['in', ['get', picture.property], ['literal', hollow]]
  const rings = ringedValues(theme).filter((mark) => mark.pattern === 'hollow')
  const thick = picture.reading === 'value'
    ? ['in', ['get', picture.statusProperty], ['literal', rings.map((mark) => mark.id)]]
    : ['all', isAssumed(picture), verdict]
  const widths: [number, number, number][] = [
    [5, 0.3, 0.8],
    [7, 0.7, 1.4],
    [9, 1.2, 2.4],
  ]
  const stops = widths.flatMap(([zoom, thin, ring]) => [zoom, ['case', thick, ring, thin]])
  return ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification
}

function settlementColours(
  theme: Theme,
  picture: Picture,
  part: 'fill' | 'stroke',
): ExpressionSpecification {
  const value: ExpressionSpecification = ['get', picture.property]
  if (picture.reading === 'verdict') {
    const arms = (status: string): string[] =>
      theme.verdicts.flatMap(({ id }) => [id, verdictMark(theme, id, status)?.[part] ?? ''])
    const match = (status: string) => ['match', value, ...arms(status), theme.unknown[part]]
    return [
      'case',
      isAssumed(picture),
      match(ASSUMED),
      match(''),
    ] as unknown as ExpressionSpecification
  }
  const marked = (by: ExpressionSpecification, marks: Mark[]): ExpressionSpecification => {
    const arms = marks.flatMap((mark) => [mark.id, mark[part]])
    return ['match', by, ...arms, theme.unknown[part]] as unknown as ExpressionSpecification
  }
  if (picture.reading === 'status') return marked(value, theme.statuses)
  const { breaks, colours } = picture.drawn?.classes ?? theme.classes.gap
  const ring = marked(['get', picture.statusProperty], ringedValues(theme))
  const outline = theme.colours['outline']
  const known =
    part === 'fill'
      ? ['step', value, colours[0], ...breaks.flatMap((limit, i) => [limit, colours[i + 1]])]
      : ['case', isAssumed(picture), ring, outline]
  return [
    'case',
    ['==', ['typeof', value], 'number'],
    known,
    ring,
  ] as unknown as ExpressionSpecification
}

/** What is out of date is history: it stands back. */
function strength(picture: Picture): ExpressionSpecification | number {
  if (!picture.freshFrom) return 1
  const day = ['to-string', ['get', picture.property.replace('value:', 'date:')]]
  const old = ['all', ['!=', day, ''], ['<', day, picture.freshFrom]]
  return ['case', old, PALE, 1] as unknown as ExpressionSpecification
}

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

function areaLayers(picture: Picture, colour: Colour, selected: string): LayerSpecification[] {
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
      filter: ['==', ['get', 'id'], selected],
      paint: { 'line-color': colour('selected'), 'line-width': 3 },
    },
  ]
}

function circleLayers(
  theme: Theme,
  picture: Picture,
  colour: Colour,
  selected: string,
): LayerSpecification[] {
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
        'circle-color': settlementColours(theme, picture, 'fill'),
        'circle-stroke-color': settlementColours(theme, picture, 'stroke'),
        'circle-stroke-width': rim(theme, picture),
        'circle-opacity': strength(picture),
      },
    },
    {
      id: 'settlements-selected',
      type: 'circle',
      ...source,
      filter: ['==', ['get', 'id'], selected],
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

function labelLayers(words: Words, colour: Colour): LayerSpecification[] {
  const people: ExpressionSpecification = ['to-number', ['get', 'population'], 0]
  return NAMED_FROM.map(([from, to, least]) => ({
    id: `names-${from}`,
    type: 'symbol',
    source: 'settlements',
    'source-layer': 'settlements',
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
      source: 'way',
      layout,
      paint: { 'line-color': colour('label_halo'), 'line-width': width(5, 9) },
    },
    {
      id: 'way',
      type: 'line',
      source: 'way',
      layout,
      paint: { 'line-color': colour('way'), 'line-width': width(2.5, 5) },
    },
  ]
}

/** Build the style; `tiles(layer)` gives the address of a release's tile archive. */
export function mapStyle(
  theme: Theme,
  words: Words,
  picture: Picture,
  selection: { settlement: string; area: string; way: Way['geometry'] },
  tiles: (layer: string) => string,
): StyleSpecification {
  const colour = colourBook(theme)
  const line = selection.way
  const way = { type: 'FeatureCollection' as const, features: line ? [{ type: 'Feature' as const, properties: {}, geometry: line }] : [] }
  return {
    version: 8,
    // No `glyphs`: names are drawn with the page's own fonts, from no other host.
    sources: {
      areas: { type: 'vector', url: `pmtiles://${tiles('areas')}` },
      settlements: { type: 'vector', url: `pmtiles://${tiles('settlements')}` },
      way: { type: 'geojson', data: way },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('ground') } },
      ...areaLayers(picture, colour, selection.area),
      ...wayLayers(colour),
      ...circleLayers(theme, picture, colour, selection.settlement),
      ...labelLayers(words, colour),
    ],
  }
}
