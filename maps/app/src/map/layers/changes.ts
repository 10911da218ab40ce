// Which way each settlement went: an arrow or an equals sign, told apart by shape and colour. Pure.
import type { LayerSpecification, StyleSpecification, VectorSourceSpecification } from 'maplibre-gl'
import type { Theme } from '../../api/generated'
import type { Words } from '../../words'
import { MARK_RADIUS, type ImageName } from '../images'
import { alone } from '../style'
import { areaBorders } from './areas'
import { byZoom, colourBook, expression } from './colours'
import { nameLayers, NAMES, SELECTED, selectedLayer } from './lines'
import { SETTLEMENTS } from './settlements'
import type { Picture } from '../picture'

/** From the lowest to the topmost. */
export const DIRECTIONS = ['other', 'better', 'worse'] as const
export type Direction = (typeof DIRECTIONS)[number]
export const SIGNS: Record<Direction, string> = { other: '=', better: '▼', worse: '▲' }
const IMAGE_OF: Record<Direction, ImageName> = { other: 'equal', better: 'down', worse: 'triangle' }

export const layerOf = (direction: Direction): string => `changes-${direction}`

/** The hue of a direction: what is breached, what is kept, what is no service. */
export function changeColour(theme: Theme, direction: Direction): string {
  const mark = { worse: 'breached', better: 'kept', other: 'unknown' }[direction]
  const found = theme.verdicts.find(({ id }) => id === mark)
  return (direction === 'other' ? found?.stroke : found?.fill) ?? theme.unknown.stroke
}

function arrows(theme: Theme, direction: Direction): LayerSpecification {
  const size = direction === 'other' ? 0.55 : 1
  return {
    id: layerOf(direction),
    type: 'symbol',
    ...{ source: SETTLEMENTS.source, 'source-layer': SETTLEMENTS.sourceLayer },
    layout: {
      'icon-image': IMAGE_OF[direction],
      'icon-size': byZoom(...([[5, 4], [9, 8], [12, 12]] as const).map(([zoom, radius]): [number, number] => [zoom, (size * radius) / MARK_RADIUS])),
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
    paint: {
      'icon-color': changeColour(theme, direction),
      'icon-opacity': expression(['case', ['==', ['feature-state', 'change'], direction], 1, 0]),
    },
  }
}

/** The style of the map of changes; `level` is that of the areas which are outlined. */
export function changesStyle(
  theme: Theme,
  words: Words,
  shown: Picture,
  tiles: (archive: string) => string,
): StyleSpecification {
  const colour = colourBook(theme)
  const vector = (archive: string): VectorSourceSpecification => ({ type: 'vector', url: `pmtiles://${tiles(archive)}` })
  const named = theme.archives.includes('names')
  return {
    version: 8,
    sources: {
      areas: vector('areas'),
      settlements: { ...vector('settlements'), ...(theme.numbered_tiles ? {} : { promoteId: { settlements: 'id' } }) },
      ...(named ? { [NAMES]: vector('names') } : {}),
      [SELECTED]: { type: 'geojson', data: alone(null) },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('area') } },
      ...areaBorders(shown, colour),
      ...DIRECTIONS.map((direction) => arrows(theme, direction)),
      selectedLayer(colour),
      ...nameLayers(words, colour, named ? NAMES : 'settlements', theme.numbered_tiles ? 'names' : 'settlements'),
    ],
  }
}
