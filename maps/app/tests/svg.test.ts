import type { Geometry } from 'geojson'
import { describe, expect, it } from 'vitest'
import type { AreaName, GroupedAnswer } from '../src/api/generated'
import { picture } from '../src/map/picture'
import { PLAIN, type Look } from '../src/map/look'
import { START } from '../src/state/url'
import { areasSvg, element, filled, frameOf, mark, pathOf, words, type Frame } from '../src/take/svg'
import { theme } from './theme'

const THEME = theme()
/** A degree is ten pixels, and north is up. */
const FLAT: Frame = { width: 100, height: 100, project: ([lon = 0, lat = 0]) => [10 * lon, 100 - 10 * lat] }
const square = (west: number): Geometry => ({
  type: 'Polygon',
  coordinates: [[[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]],
})
const LOOK: Look = { ...PLAIN, fill: 'red', stroke: 'brown' }

describe('an element', () => {
  it('holds no markup that came in a name', () => {
    expect(element('a', { b: '"<&' })).toBe('<a b="&quot;&lt;&amp;"/>')
    expect(words([0, 0], '</text><script>')).toContain('>&lt;/text&gt;&lt;script&gt;</text>')
  })
  it('drops the signs that XML cannot hold', () => {
    expect(words([0, 0], 'a\u0000\u000bb')).toContain('>ab</text>')
  })
})

describe('a frame', () => {
  it('puts the corners of its bounds at its margins, as Web Mercator does', () => {
    const { width, height, project } = frameOf([0, 0, 90, 66.51326], 196, 1000)
    // a quarter of the world on 180 pixels; atanh(sin 66.51326°) is π/2: as high as wide
    expect([width, height]).toEqual([196, 196])
    expect(project([0, 66.51326]).map(Math.round)).toEqual([8, 8])
    expect(project([90, 0]).map(Math.round)).toEqual([188, 188])
  })
  it('is no higher than it may be', () => {
    expect(frameOf([0, 0, 1, 50], 500, 200).height).toBe(200)
  })
})

describe('a path', () => {
  it('closes the rings of every polygon, holes too', () => {
    expect(pathOf(square(2), FLAT)).toBe('M20 100L30 100L30 90L20 90Z')
    const two: Geometry = { type: 'MultiPolygon', coordinates: [square(0), square(2)].map((one) => (one as never as { coordinates: number[][][] }).coordinates) }
    expect(pathOf(two, FLAT).match(/Z/g)).toHaveLength(2)
  })
  it('leaves a line open', () => {
    expect(pathOf({ type: 'LineString', coordinates: [[0, 0], [1, 1]] }, FLAT)).toBe('M0 100L10 90')
  })
})

describe('what is filled', () => {
  it('is its colour, and its pattern over it', () => {
    expect(filled('M0 0', LOOK, null)).toBe('<path d="M0 0" fill="red"/>')
    expect(filled('M0 0', { ...LOOK, over: 'model' }, null)).toContain('url(#model)')
    expect(filled('M0 0', { ...LOOK, old: true }, null)).toContain('url(#old)')
  })
  it('has no colour of a class where nothing is known', () => {
    expect(filled('M0 0', { ...LOOK, over: 'unknown' }, null)).toBe('<path d="M0 0" fill="url(#unknown)"/>')
  })
})

describe('a mark', () => {
  it('has the shape of the map', () => {
    expect(mark([5, 5], 2, LOOK)).toContain('<circle cx="5" cy="5" r="2"')
    expect(mark([10, 10], 10, { ...LOOK, shape: 'diamond' })).toContain('points="10,-2 22,10 10,22 -2,10"')
  })
  it('stands back where it is out of date', () => {
    expect(mark([5, 5], 2, { ...LOOK, old: true })).toContain('opacity="0.4"')
  })
})

describe('the areas alone', () => {
  const areas = ['a', 'b'].map((id) => ({ id, level: 'raion' })) as AreaName[]
  const grouped = { of: 'score:overall', by: 'raion', ids: ['a', 'b'], values: [0.2, null] } as unknown as GroupedAnswer
  const shown = picture(THEME, { ...START, subject: 'overall' }, areas, grouped)
  const shapes = [{ id: 'a', name: 'A & B', geometry: square(0) }, { id: 'b', name: 'B', geometry: square(1) }, { id: 'c', name: 'C', geometry: null }]
  const svg = areasSvg(THEME, shapes, shown, { bounds: [0, 0, 2, 1], title: 'All <standards>' })
  it('have the colour of their class, or the hatching of the unknown', () => {
    expect(svg).toContain('<title>A &amp; B</title><path d="')
    expect(svg).toContain('fill="g2"')
    expect(svg.match(/fill="url\(#unknown\)"/g)).toHaveLength(1)
  })
  it('are called what the picture shows, and leave out who has no borders', () => {
    expect(svg).toContain('<title>All &lt;standards&gt;</title>')
    expect(svg).not.toContain('>C<')
  })
})
