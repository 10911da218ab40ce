// What the map shows, as vectors: hexagons, areas, places, names. Pure.
import type { Geometry, Position } from 'geojson'
import type { Theme } from '../api/generated'
import { OUTLINES } from '../map/images'
import type { Look } from '../map/look'
import type { Picture } from '../map/picture'
import { areaPaths, element, filled, mark, pathOf, words, type AreaShape, type Frame } from './svg'

export interface Place {
  at: Position
  radius: number
  look: Look
  /** Width of its rim in pixels. */
  rim: number
  /** An agrogorodok has a core of its own. */
  core: boolean
}

export interface Name {
  at: Position
  text: string
  size: number
  /** Pixels between the place and its name. */
  away: number
  /** Names of areas are spaced and pale, in the middle of what they name. */
  area: boolean
}

export interface Drawing {
  frame: Frame
  areas: AreaShape[]
  /** Pieces of hexagons, as the tiles cut them. */
  cells: { geometry: Geometry; look: Look }[]
  /** The largest first, for the small lie over the large. */
  places: Place[]
  facilities: Position[]
  way: Geometry | null
  selected: Position | null
  /** The most important first: who comes later gives way. */
  names: Name[]
}

type Box = [number, number, number, number]

const meet = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]

/** Put each name beside its place, right, left, above or below, or leave it out where no side is free. */
export function placed(
  names: Name[],
  { project }: Frame,
  measure: (text: string, size: number) => number,
): { name: Name; at: [number, number] }[] {
  const taken: Box[] = []
  return names.flatMap((name) => {
    const [x, y] = project(name.at)
    const [wide, high] = [measure(name.text, name.size), name.size]
    const beside: [number, number][] = name.area
      ? [[x - wide / 2, y + high / 3]]
      : [
          [x + name.away, y + high / 3],
          [x - name.away - wide, y + high / 3],
          [x - wide / 2, y - name.away],
          [x - wide / 2, y + name.away + high * 0.8],
        ]
    const boxOf = ([left, base]: [number, number]): Box => [left - 2, base - high, left + wide + 2, base + 3]
    const at = beside.find((one) => !taken.some((box) => meet(box, boxOf(one))))
    if (!at) return []
    taken.push(boxOf(at))
    return [{ name, at }]
  })
}

/** The map as the inside of an SVG, cut at its frame. */
export function drawing(theme: Theme, shown: Picture, drawn: Drawing, measure: (text: string, size: number) => number): string {
  const { frame, areas, cells, places } = drawn
  const colour = (name: string): string => theme.colours[name] ?? ''
  const borders = areas.map(({ geometry }) => (geometry ? pathOf(geometry, frame) : '')).join('')
  const line = (stroke: string, width: number): string =>
    drawn.way ? element('path', { d: pathOf(drawn.way, frame), fill: 'none', stroke, 'stroke-width': width }) : ''
  const square = (at: Position): string => {
    const [x, y] = frame.project(at)
    const points = (OUTLINES.square ?? []).map(([dx, dy]) => `${(x + 4 * dx).toFixed(1)},${(y + 4 * dy).toFixed(1)}`)
    return element('polygon', { points: points.join(' '), fill: colour('way') })
  }
  const ring = drawn.selected ? frame.project(drawn.selected) : null
  const core = ({ at, radius }: Place): string => {
    const [cx, cy] = frame.project(at)
    return element('circle', { cx, cy, r: radius / 3, fill: colour('label_halo'), stroke: colour('ink'), 'stroke-width': 1 })
  }
  return [
    element('rect', { width: frame.width, height: frame.height, fill: colour('ground') }),
    shown.view === 'areas' ? areaPaths(theme, areas, shown, frame) : element('path', { d: borders, fill: colour('area') }),
    // The rim in the fill's own colour closes the seams between the pieces.
    ...cells.map(({ geometry, look }) => filled(pathOf(geometry, frame), look, look.fill, 0.4)),
    element('path', { d: borders, fill: 'none', stroke: colour('area_border'), 'stroke-width': 0.5 }),
    line(colour('label_halo'), 6),
    line(colour('way'), 3),
    ...places.map((place) => mark(frame.project(place.at), place.radius, place.look, place.rim) + (place.core ? core(place) : '')),
    ...drawn.facilities.map(square),
    ring ? element('circle', { cx: ring[0], cy: ring[1], r: 10, fill: 'none', stroke: colour('selected'), 'stroke-width': 3 }) : '',
    ...placed(drawn.names, frame, measure).map(({ name, at }) =>
      words(at, name.text, { size: name.size, fill: colour(name.area ? 'ink_muted' : 'label'), halo: colour('label_halo') }),
    ),
  ].join('')
}
