// HexagonInfo below the zoom of the settlements: a fill, and a pattern over what is no certain value. Pure.
import type { LayerSpecification } from 'maplibre-gl'
import type { HexagonInfo, Theme } from '../../api/generated'
import { expression, look, where, type Colour } from './colours'

/** Where the looks of the hexagons of a resolution are put. */
export function cellSource(resolution: number): { source: string; sourceLayer: string } {
  return { source: 'hexagons', sourceLayer: `hexagons_${resolution}` }
}

export function cellLayer(resolution: number): string {
  return `hexagons-${resolution}`
}

function ofResolution(theme: Theme, { resolution, from, to }: HexagonInfo, colour: Colour): LayerSpecification[] {
  const common = {
    type: 'fill' as const,
    source: 'hexagons',
    'source-layer': `hexagons_${resolution}`,
    minzoom: from,
    maxzoom: to,
  }
  const id = cellLayer(resolution)
  const pattern = (name: string, shown: unknown[]): LayerSpecification => ({
    ...common,
    id: `${id}-${name}`,
    paint: { 'fill-pattern': name, 'fill-opacity': expression(shown), 'fill-antialias': false },
  })
  return [
    {
      ...common,
      id,
      paint: {
        'fill-color': expression(['to-color', look('fill', theme.unknown.fill)]),
        'fill-outline-color': colour('cell_border'),
      },
    },
    pattern('hatch', where('over', 'unknown', 'unknown') as unknown[]),
    pattern('model', where('over', 'model', 'unknown') as unknown[]),
    pattern('stipple', where('old', true, false) as unknown[]),
  ]
}

export function hexagonLayers(theme: Theme, rows: HexagonInfo[], colour: Colour): LayerSpecification[] {
  return rows.flatMap((row) => ofResolution(theme, row, colour))
}
