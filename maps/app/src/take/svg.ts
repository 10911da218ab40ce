// A picture of the map in vectors, of what is drawn and where it lies. Pure: text in, text out.
import type { Geometry, Position } from 'geojson'
import type { Theme } from '../api/generated'
import { OUTLINES } from '../map/images'
import { areaLook, type Look } from '../map/look'
import type { Picture } from '../map/picture'

/** A part of the world on paper: its size in pixels, and where a position [lon, lat] lies on it. */
export interface Frame {
  width: number
  height: number
  project: (position: Position) => [number, number]
}

/** An area of the country, as the GeoJSON of the API gives it. */
export interface AreaShape {
  id: string
  name: string
  geometry: Geometry | null
}

/** Names in the fonts that a picture finds on any machine, alone as in a page. */
export const FONT = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

const MARGIN = 8

export function escaped(text: string): string {
  const codes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  // What XML cannot hold would make the whole picture unreadable.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => codes[sign] ?? '')
}

/** An element; an attribute that is null is left out. */
export function element(name: string, attributes: Record<string, string | number | null>, inside = ''): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== null)
  const written = given.map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value ?? '')}"`)
  return inside ? `<${name}${written.join('')}>${inside}</${name}>` : `<${name}${written.join('')}/>`
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** Web Mercator: 1 is once around the world. */
function mercator([lon = 0, lat = 0]: Position): [number, number] {
  return [lon / 360, -Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)]
}

/** Fit bounds (west, south, east, north in degrees) into a box of pixels; the frame is as high as they need. */
export function frameOf([west, south, east, north]: [number, number, number, number], width: number, most: number): Frame {
  const [left, bottom] = mercator([west, south])
  const [right, top] = mercator([east, north])
  const scale = Math.min((width - 2 * MARGIN) / (right - left), (most - 2 * MARGIN) / (bottom - top))
  const aside = (width - scale * (right - left)) / 2
  return {
    width,
    height: Math.ceil(scale * (bottom - top) + 2 * MARGIN),
    project: (position) => {
      const [x, y] = mercator(position)
      return [aside + scale * (x - left), MARGIN + scale * (y - top)]
    },
  }
}

/** Polygons and lines as the `d` of a path; points have none. */
export function pathOf(geometry: Geometry, { project }: Frame): string {
  const line = (points: Position[]): string =>
    points.map((point, n) => `${n ? 'L' : 'M'}${project(point).map(rounded).join(' ')}`).join('')
  const ring = (points: Position[]): string => `${line(points.slice(0, -1))}Z`
  switch (geometry.type) {
    case 'Polygon':
      return geometry.coordinates.map(ring).join('')
    case 'MultiPolygon':
      return geometry.coordinates.flat().map(ring).join('')
    case 'LineString':
      return line(geometry.coordinates)
    case 'MultiLineString':
      return geometry.coordinates.map(line).join('')
    default:
      return ''
  }
}

/** What lies over a fill, as on the map: hatched without a value, striped by a model, dotted out of date. */
export function patterns(theme: Theme): string {
  const pattern = (id: string, side: number, inside: string): string =>
    element('pattern', { id, width: side, height: side, patternUnits: 'userSpaceOnUse' }, inside)
  const stripes = (side: number, up: boolean, stroke: string, width: number): string => {
    const [from, to] = up ? [side, 0] : [0, side]
    const d = [-side, 0, side].map((x) => `M${x} ${from}L${x + side} ${to}`).join('')
    return element('path', { d, stroke, 'stroke-width': width, fill: 'none' })
  }
  const colour = (name: string): string => theme.colours[name] ?? ''
  const ground = element('rect', { width: 8, height: 8, fill: colour('hatch_ground') })
  return element(
    'defs',
    {},
    pattern('unknown', 8, ground + stripes(8, true, colour('hatch'), 1)) +
      pattern('model', 6, stripes(6, false, colour('surface'), 1.6)) +
      pattern('old', 6, element('circle', { cx: 3, cy: 3, r: 0.9, fill: colour('ink') })),
  )
}

/** A filled shape by its path, and the pattern of its look over it. */
export function filled(d: string, look: Look, stroke: string | null, width = 0.5): string {
  if (!d) return ''
  const rim = { stroke, 'stroke-width': stroke ? width : null }
  const over = look.over === 'unknown' ? 'unknown' : look.over === 'model' ? 'model' : look.old ? 'old' : ''
  if (over === 'unknown') return element('path', { d, fill: 'url(#unknown)', ...rim })
  return element('path', { d, fill: look.fill, ...rim }) + (over ? element('path', { d, fill: `url(#${over})` }) : '')
}

/** A settlement, in the shape that the map gives it. */
export function mark([x, y]: [number, number], radius: number, look: Look, rim = look.ring ? 2 : 0.7): string {
  const paint = { fill: look.fill, stroke: look.stroke, 'stroke-width': rim, opacity: look.old ? 0.4 : null }
  if (!look.shape) return element('circle', { cx: x, cy: y, r: radius, ...paint })
  const points = (OUTLINES[look.shape] ?? []).map(([dx, dy]) => `${rounded(x + dx * radius)},${rounded(y + dy * radius)}`)
  return element('polygon', { points: points.join(' '), ...paint, 'stroke-width': 0.3 })
}

export interface Letters {
  size?: number
  bold?: boolean
  fill?: string
  /** Colour of a rim that keeps the letters readable on any ground. */
  halo?: string
  anchor?: 'start' | 'middle' | 'end'
}

export function words([x, y]: [number, number], text: string, letters: Letters = {}): string {
  const { size = 12, bold, fill = 'currentColor', halo, anchor } = letters
  const rim = halo ? { stroke: halo, 'stroke-width': 2.5, 'stroke-linejoin': 'round', 'paint-order': 'stroke' } : {}
  const style = { 'font-family': FONT, 'font-size': size, 'font-weight': bold ? 'bold' : null, 'text-anchor': anchor ?? null }
  return element('text', { x, y, fill, ...style, ...rim }, escaped(text))
}

export function svgText({ width, height }: { width: number; height: number }, title: string, inside: string): string {
  const size = { width, height, viewBox: `0 0 ${rounded(width)} ${rounded(height)}` }
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size, role: 'img' }, `<title>${escaped(title)}</title>${inside}`)
}

/** The areas by the classes of their values; those without one are hatched. */
export function areaPaths(theme: Theme, areas: AreaShape[], shown: Picture, frame: Frame): string {
  const border = theme.colours['area_border'] ?? ''
  return areas
    .map(({ id, name, geometry }) => {
      const path = geometry ? filled(pathOf(geometry, frame), areaLook(theme, shown, id), border) : ''
      return path && element('g', {}, `<title>${escaped(name)}</title>${path}`)
    })
    .join('')
}

/**
 * The map of the areas as a picture of its own, for a browser that draws no other.
 *
 * `bounds` are west, south, east, north in degrees, `width` and `most` (the height) in pixels, and
 * `title` is what a reader who cannot see it is told.
 */
export function areasSvg(
  theme: Theme,
  areas: AreaShape[],
  shown: Picture,
  { bounds, width = 900, most = 900, title }: { bounds: [number, number, number, number]; width?: number; most?: number; title: string },
): string {
  const frame = frameOf(bounds, width, most)
  return svgText(frame, title, patterns(theme) + areaPaths(theme, areas, shown, frame))
}
