// Areas by the class of their own value. Pure.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { Theme } from '../../api/generated'
import { areaLook } from '../look'
import type { Picture } from '../picture'
import { byZoom, expression, type Colour } from './colours'

export const AREAS = 'areas-touch'

/** Ids of the areas by what is taken of their looks. */
function idsBy(theme: Theme, picture: Picture, key: 'fill' | 'over'): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const id of [...picture.values.keys(), ...picture.areaClasses.keys()]) {
    const found = areaLook(theme, picture, id)[key]
    groups.set(found, [...(groups.get(found) ?? []), id])
  }
  return groups
}

function areaColour(theme: Theme, picture: Picture, colour: Colour): ExpressionSpecification | string {
  const arms = [...idsBy(theme, picture, 'fill')].flatMap(([fill, ids]) => [ids, fill])
  return arms.length ? expression(['match', ['get', 'id'], ...arms, colour('area')]) : colour('area')
}

/** The areas that are outlined; an empty id is none. */
export function areaFilter(ids: string[]): FilterSpecification {
  return ['in', ['get', 'id'], ['literal', ids.filter(Boolean)]]
}

const SOURCE = { source: 'areas', 'source-layer': 'areas' }

/** The fill of the areas: their class, and a pattern over what is unknown or by a model. */
export function areaFills(theme: Theme, picture: Picture, colour: Colour): LayerSpecification[] {
  const level: FilterSpecification = ['==', ['get', 'level'], picture.level]
  const over = idsBy(theme, picture, 'over')
  const pattern = (id: string, name: string, ids: string[] = []): LayerSpecification => ({
    id,
    type: 'fill',
    ...SOURCE,
    filter: ['all', level, ['in', ['get', 'id'], ['literal', ids]]] as FilterSpecification,
    paint: { 'fill-pattern': name },
  })
  return [
    {
      id: AREAS,
      type: 'fill',
      ...SOURCE,
      filter: level,
      paint: { 'fill-color': areaColour(theme, picture, colour), 'fill-antialias': false },
    },
    pattern('areas-unknown', 'hatch', over.get('unknown')),
    pattern('areas-model', 'model', over.get('model')),
  ]
}

/** The borders of the areas, of the oblasts, and of what is selected. */
export function areaBorders(picture: Picture, colour: Colour): LayerSpecification[] {
  return [
    {
      id: 'areas-border',
      type: 'line',
      ...SOURCE,
      filter: ['==', ['get', 'level'], picture.level],
      paint: { 'line-color': colour('area_border'), 'line-width': byZoom([5, 0.4], [9, 1]) },
    },
    {
      id: 'oblast-border',
      type: 'line',
      ...SOURCE,
      filter: ['==', ['get', 'level'], 'oblast'],
      paint: { 'line-color': colour('line_strong'), 'line-width': byZoom([5, 1.2], [9, 2.4]) },
    },
    {
      id: 'areas-selected',
      type: 'line',
      ...SOURCE,
      filter: areaFilter([]),
      paint: { 'line-color': colour('selected'), 'line-width': 3 },
    },
  ]
}
