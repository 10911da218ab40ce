// Areas by the class of their own value. Pure.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { classOf, type Picture } from '../picture'
import { byZoom, expression, type Colour } from './colours'

export const AREAS = 'areas-touch'

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
  return arms.length ? expression(['match', ['get', 'id'], ...arms, colour('area')]) : colour('area')
}

/** The outline of the selected area; of none where the id is empty. */
export function areaFilter(id: string): FilterSpecification {
  return ['==', ['get', 'id'], id]
}

const SOURCE = { source: 'areas', 'source-layer': 'areas' }

/** The fill of the areas: their class, or the hatching of what is unknown. */
export function areaFills(picture: Picture, colour: Colour): LayerSpecification[] {
  const level: FilterSpecification = ['==', ['get', 'level'], picture.level]
  const unknown = idsByClass(picture).get(null) ?? []
  return [
    {
      id: AREAS,
      type: 'fill',
      ...SOURCE,
      filter: level,
      paint: { 'fill-color': areaColour(picture, colour), 'fill-antialias': false },
    },
    {
      id: 'areas-unknown',
      type: 'fill',
      ...SOURCE,
      filter: ['all', level, ['in', ['get', 'id'], ['literal', unknown]]] as FilterSpecification,
      paint: { 'fill-pattern': 'hatch' },
    },
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
      filter: areaFilter(''),
      paint: { 'line-color': colour('selected'), 'line-width': 3 },
    },
  ]
}
