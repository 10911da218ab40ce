// The MapLibre style of a picture. Pure: the same theme and state give the same style;
// every colour is looked up by name in the theme.
import type { FeatureCollection, Geometry } from 'geojson'
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { Theme } from '../api/generated'
import type { State } from '../state/url'
import type { Words } from '../words'
import { areaBorders, areaFills } from './layers/areas'
import { colourBook } from './layers/colours'
import { hexagonLayers } from './layers/hexagons'
import { areaNames, FACILITIES, facilityLayer, nameLayers, NAMES, SELECTED, selectedLayer, WAY, wayLayers } from './layers/lines'
import { settlementLayers } from './layers/settlements'
import type { Picture } from './picture'

/** A feature alone, or none, as the data of a GeoJSON source. */
export function alone(geometry: Geometry | null): FeatureCollection {
  const features = geometry ? [{ type: 'Feature' as const, properties: {}, geometry }] : []
  return { type: 'FeatureCollection', features }
}

/** Build the style; `tiles(archive)` gives the address of a release's tile archive. */
export function mapStyle(
  theme: Theme,
  words: Words,
  state: State,
  picture: Picture,
  tiles: (archive: string) => string,
): StyleSpecification {
  const colour = colourBook(theme)
  const vector = (archive: string): SourceSpecification => ({ type: 'vector', url: `pmtiles://${tiles(archive)}` })
  const cells = picture.view === 'hexagons' ? theme.hexagons : []
  const named = theme.archives.includes('names')
  // Before version 7 of the tables the settlements bear their names themselves.
  const names = theme.numbered_tiles ? 'names' : 'settlements'
  const layers: LayerSpecification[] = [
    { id: 'ground', type: 'background', paint: { 'background-color': colour('ground') } },
    ...areaFills(theme, picture, colour),
    ...hexagonLayers(theme, cells, colour),
    ...areaBorders(picture, colour),
    ...wayLayers(colour),
    ...settlementLayers(theme, picture, state, colour),
    ...(state.facilities ? [facilityLayer(state.facilities, colour)] : []),
    selectedLayer(colour),
    ...(named ? [areaNames(words, colour, picture.level)] : []),
    ...nameLayers(words, colour, named ? NAMES : 'settlements', names),
  ]
  return {
    version: 8,
    // No `glyphs`: names are drawn with the page's own fonts, from no other host.
    sources: {
      areas: vector('areas'),
      settlements: {
        ...vector('settlements'),
        ...(theme.numbered_tiles ? {} : { promoteId: { settlements: 'id' } }),
      } as SourceSpecification,
      ...(named ? { [NAMES]: vector('names') } : {}),
      ...(state.facilities ? { [FACILITIES]: vector('facilities') } : {}),
      ...(cells.length ? { hexagons: vector('hexagons') } : {}),
      [WAY]: { type: 'geojson', data: alone(null) },
      [SELECTED]: { type: 'geojson', data: alone(null) },
    },
    layers,
  }
}
