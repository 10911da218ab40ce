// Settlements: circles by residents, with a mark of their own where a hue is not enough. Pure.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { Theme } from '../../api/generated'
import { MARK_RADIUS } from '../images'
import { SHAPES, type Shape } from '../look'
import type { Picture } from '../picture'
import { byZoom, expression, look, type Colour } from './colours'

/** Where the looks of settlements are put. */
export const SETTLEMENTS = { source: 'settlements', sourceLayer: 'settlements' }
export const CIRCLES = 'settlements'
const PALE = 0.4

/** Which settlements are drawn, by what the tiles hold of them. */
export interface TileFilter {
  kind: string
  /** Residents from and to, written `least-most`. */
  people: string
}

export function tileFilter({ kind, people }: TileFilter): FilterSpecification {
  const residents = ['to-number', ['get', 'population'], -1]
  const [least, most] = people.split('-')
  const tests: unknown[] = [
    ...(kind ? [['==', ['get', 'kind'], kind]] : []),
    ...(least ? [['>=', residents, Number(least)]] : []),
    ...(most ? [['all', ['has', 'population'], ['<=', residents, Number(most)]]] : []),
  ]
  return ['all', ...tests] as FilterSpecification
}

/** Widths of the rim of a circle by zoom: thin, and thick where the value is assumed or missing. */
export const RIMS: [number, number, number][] = [[5, 0.3, 0.8], [7, 0.7, 1.4], [9, 1.2, 2.4]]
const RIM = byZoom(
  ...RIMS.map(([zoom, thin, ring]): [number, unknown] => [zoom, ['case', look('ring', false), ring, thin]]),
)

/** Radius by residents and zoom, in pixels or in parts of a given radius. */
function radius(theme: Theme, unit = 1): ExpressionSpecification {
  const { population, radius: radii, unknown, zoom_factor: factors } = theme.size
  const stops = population.flatMap((stop, i) => [stop, radii[i] ?? unknown])
  const base = [
    'case',
    ['==', ['typeof', ['get', 'population']], 'number'],
    ['interpolate', ['linear'], ['to-number', ['get', 'population'], 0], ...stops],
    unknown,
  ]
  return byZoom(...factors.map(([zoom, factor]): [number, unknown] => [zoom, ['*', factor / unit, base]]))
}

function opacity(shape: Shape | ''): ExpressionSpecification {
  return expression([
    'case',
    ['any', look('out', false), ['!=', look('shape', ''), shape]], 0,
    look('old', false), PALE,
    1,
  ])
}

export function settlementLayers(
  theme: Theme,
  picture: Picture,
  chosen: TileFilter,
  colour: Colour,
): LayerSpecification[] {
  const common = {
    source: 'settlements',
    'source-layer': 'settlements',
    minzoom: picture.settlementsFrom,
    filter: tileFilter(chosen),
  }
  // Small places are drawn over big ones, else a town hides its villages.
  const order = expression(['-', 0, ['to-number', ['get', 'population'], 0]])
  const marks = Object.values(SHAPES).map((shape): LayerSpecification => ({
    id: `settlements-${shape}`,
    type: 'symbol',
    ...common,
    layout: {
      'icon-image': shape,
      'icon-size': radius(theme, MARK_RADIUS / 1.25),
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': order,
    },
    paint: {
      'icon-color': expression(['to-color', look('fill', theme.unknown.fill)]),
      'icon-opacity': opacity(shape),
    },
  }))
  return [
    {
      id: CIRCLES,
      type: 'circle',
      ...common,
      layout: { 'circle-sort-key': order },
      paint: {
        'circle-radius': radius(theme),
        'circle-color': expression(['to-color', look('fill', theme.unknown.fill)]),
        'circle-stroke-color': expression(['to-color', look('stroke', theme.unknown.stroke)]),
        'circle-stroke-width': RIM,
        'circle-opacity': opacity(''),
        'circle-stroke-opacity': opacity(''),
      },
    },
    ...marks,
    {
      // An agrogorodok holds the services of the villages around it: a core of its own.
      id: 'agrogorodoks',
      type: 'circle',
      ...common,
      minzoom: Math.max(picture.settlementsFrom, 8),
      filter: ['all', ['==', ['get', 'kind'], 'agrogorodok'], tileFilter(chosen)] as FilterSpecification,
      paint: {
        'circle-radius': radius(theme, 3),
        'circle-color': colour('label_halo'),
        'circle-stroke-color': colour('ink'),
        'circle-stroke-width': 1,
        'circle-opacity': expression(['case', look('out', false), 0, 1]),
        'circle-stroke-opacity': expression(['case', look('out', false), 0, 1]),
      },
    },
  ]
}
