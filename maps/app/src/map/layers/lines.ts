// What stands over the picture: names, the way of a settlement, facilities, what is selected. Pure.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { Words } from '../../words'
import { MARK_RADIUS } from '../images'
import { byZoom, expression, type Colour } from './colours'

/** GeoJSON sources of what is selected: the way of a settlement, and its point. */
export const WAY = 'way'
export const SELECTED = 'selected'
export const FACILITIES = 'facilities'
export const NAMES = 'names'
const FONT = ['Noto Sans']

// Which settlements are named, from which zoom on: [zoom, least population].
const NAMED_FROM: [number, number, number][] = [
  [0, 7, 20_000],
  [7, 8.5, 5_000],
  [8.5, 10, 1_000],
  [10, 11, 200],
  [11, 24, -1],
]

function text(words: Words, colour: Colour): { field: ExpressionSpecification; paint: object } {
  return {
    field: expression(['coalesce', ['get', `name_${words.language}`], ['get', 'name']]),
    paint: { 'text-color': colour('label'), 'text-halo-color': colour('label_halo'), 'text-halo-width': 1.6 },
  }
}

export function nameLayers(words: Words, colour: Colour, source: string, layer: string): LayerSpecification[] {
  const people = expression(['to-number', ['get', 'population'], 0])
  const { field, paint } = text(words, colour)
  return NAMED_FROM.map(([from, to, least]) => ({
    id: `names-${from}`,
    type: 'symbol',
    source,
    'source-layer': layer,
    minzoom: from,
    maxzoom: to,
    filter: ['>', people, least],
    layout: {
      'text-field': field,
      'text-font': FONT,
      'text-size': expression(['interpolate', ['linear'], people, 1_000, 12, 100_000, 15]),
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      // The larger the circle, the farther its name.
      'text-radial-offset': expression(['interpolate', ['linear'], people, 1_000, 0.8, 1_000_000, 1.6]),
      'text-padding': 6,
      'symbol-sort-key': ['-', 0, people],
    },
    paint,
  }))
}

/** The names of the areas, spaced and pale beneath those of the places. */
export function areaNames(words: Words, colour: Colour, level: string): LayerSpecification {
  const { field } = text(words, colour)
  return {
    id: 'area-names',
    type: 'symbol',
    source: NAMES,
    'source-layer': 'area_names',
    minzoom: 7,
    maxzoom: 10.5,
    filter: ['==', ['get', 'level'], level],
    layout: {
      'text-field': field,
      'text-font': FONT,
      'text-size': byZoom([7, 10.5], [10, 14]),
      'text-letter-spacing': 0.06,
      'text-max-width': 7,
      'text-padding': 4,
    },
    paint: {
      'text-color': colour('ink_muted'),
      'text-halo-color': colour('label_halo'),
      'text-halo-width': 1.4,
    },
  }
}

/** Only facilities of these kinds, written by comma. */
export function facilityFilter(kinds: string): FilterSpecification {
  return ['in', ['get', 'kind'], ['literal', kinds ? kinds.split(',') : []]] as FilterSpecification
}

/** Facilities that are switched on: squares, and their names from close by. */
export function facilityLayer(kinds: string, colour: Colour): LayerSpecification {
  return {
    id: FACILITIES,
    type: 'symbol',
    source: FACILITIES,
    'source-layer': 'facilities',
    filter: facilityFilter(kinds),
    layout: {
      'icon-image': 'square',
      'icon-size': byZoom([5, 2.2 / MARK_RADIUS], [9, 4 / MARK_RADIUS], [13, 7 / MARK_RADIUS]),
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': expression(['step', ['zoom'], '', 12, ['get', 'name']]),
      'text-font': FONT,
      'text-size': 11,
      'text-anchor': 'top',
      'text-offset': [0, 0.7],
      'text-optional': true,
    },
    paint: {
      'icon-color': colour('way'),
      'text-color': colour('way'),
      'text-halo-color': colour('label_halo'),
      'text-halo-width': 1.4,
    },
  }
}

/** The way of the selected settlement: a dark line in a light one, seen on any ground. */
export function wayLayers(colour: Colour): LayerSpecification[] {
  const line = (id: string, tint: string, thin: number, thick: number): LayerSpecification => ({
    id,
    type: 'line',
    source: WAY,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour(tint), 'line-width': byZoom([6, thin], [12, thick]) },
  })
  return [line('way-halo', 'label_halo', 5, 9), line('way', 'way', 2.5, 5)]
}

export function selectedLayer(colour: Colour): LayerSpecification {
  return {
    id: 'settlements-selected',
    type: 'circle',
    source: SELECTED,
    paint: {
      'circle-radius': byZoom([5, 8], [12, 18]),
      'circle-opacity': 0,
      'circle-stroke-color': colour('selected'),
      'circle-stroke-width': 3,
    },
  }
}
