import { describe, expect, it } from 'vitest'
import { PLAIN, type Look } from '../src/map/look'
import { picture } from '../src/map/picture'
import { readState, START } from '../src/state/url'
import { fileName, frameCode, permalink } from '../src/take/address'
import { drawing, placed, type Drawing, type Name } from '../src/take/drawing'
import { poster, scaleOf, wrapped } from '../src/take/poster'
import type { Frame } from '../src/take/svg'
import { theme } from './theme'

const THEME = theme()
const FLAT: Frame = { width: 100, height: 100, project: ([lon = 0, lat = 0]) => [lon, lat] }
const LOOK: Look = { ...PLAIN, fill: 'red', stroke: 'brown' }
/** Every letter is as wide as half its height. */
const measure = (text: string, size: number): number => (text.length * size) / 2

describe('an address to take away', () => {
  const state = { ...START, country: 'by', release: '2026-11-30.1', lang: 'be', subject: 'standard:by.post', at: '8/53/27', embed: '1' }
  it('shows the same again, on the whole page', () => {
    const link = permalink('https://p.example/a/?x#country=lt', state)
    expect(link).toBe('https://p.example/a/#country=by&release=2026-11-30.1&lang=be&subject=standard:by.post&at=8/53/27')
    expect(readState(link.replace(/^[^#]*/, ''))).toEqual({ ...state, embed: '' })
  })
  it('stands in the code of a frame, with no markup from a name', () => {
    const code = frameCode('https://p.example/', { ...state, show: 'table' }, '"<b>')
    expect(code).toContain('embed=1"')
    expect(code).not.toContain('show=table')
    expect(code).toContain('title="&quot;&lt;b>"')
  })
  it('names a file', () => {
    expect(fileName(state, 'png')).toBe('paritet-by-2026-11-30.1-standard-by.post.png')
  })
})

describe('names', () => {
  const name = (at: [number, number], text: string): Name => ({ at, text, size: 10, away: 5, area: false })
  it('stand to the right, and give way to the left', () => {
    const found = placed([name([50, 50], 'ab'), name([70, 50], 'cd')], FLAT, measure)
    expect(found.map(({ at }) => at[0])).toEqual([55, 75])
    const close = placed([name([50, 50], 'ab'), name([50, 50], 'cd')], FLAT, measure)
    // two letters are ten pixels wide
    expect(close.map(({ at }) => at[0])).toEqual([55, 35])
  })
  it('are left out where no side is free', () => {
    const many = Array.from({ length: 5 }, (_, n) => ({ ...name([50, 50], `n${n}`), away: 12 }))
    expect(placed(many, FLAT, measure).map(({ name: { text } }) => text)).toEqual(['n0', 'n1', 'n2', 'n3'])
  })
})

describe('a drawing', () => {
  const drawn: Drawing = {
    frame: FLAT, areas: [], cells: [], facilities: [[1, 1]], way: null, selected: [9, 9], names: [],
    places: [{ at: [5, 5], radius: 6, look: LOOK, rim: 1, core: true }],
  }
  const svg = drawing(THEME, picture(THEME, START, []), drawn, measure)
  it('has every place, its core, and a ring around what is selected', () => {
    expect(svg.match(/<circle/g)).toHaveLength(3)
    expect(svg).toContain('<circle cx="5" cy="5" r="2"')
    expect(svg).toContain('<circle cx="9" cy="9" r="10"')
  })
  it('has facilities as squares', () => {
    expect(svg).toContain('points="-2.6,-2.6 4.6,-2.6 4.6,4.6 -2.6,4.6"')
  })
})

describe('a text', () => {
  const wide = (text: string): number => text.length
  it('is broken between words', () => {
    expect(wrapped('one two three', 7, wide)).toEqual(['one two', 'three'])
  })
  it('is cut where a word is longer than the line', () => {
    expect(wrapped('a abcdefgh', 5, wide)).toEqual(['a', 'abcde', 'fgh'])
  })
})

describe('a scale', () => {
  it('is the longest round length that fits', () => {
    expect(scaleOf(1, 140)).toEqual({ km: 100, width: 100 })
    expect(scaleOf(0.5, 140)).toEqual({ km: 50, width: 100 })
    expect(scaleOf(0.002, 140).km).toBeCloseTo(0.2)
  })
})

describe('a sheet', () => {
  const row = { mark: { fill: 'red', stroke: 'brown', pattern: '' }, label: 'Kept' }
  const content = {
    title: 'Title', when: 'Day', warning: 'Invented', headline: ['Said'], notes: ['Note'], address: 'https://p.example/',
    key: [{ title: 'Key', shape: 'point' as const, rows: Array.from({ length: 40 }, () => row) }], scale: { width: 50, label: '5 km' },
  }
  const sheet = poster(THEME, content, { width: 400, height: 300, inside: '<g/>' }, measure)
  it('has every text', () => {
    for (const text of ['Title', 'Day', 'Invented', 'Said', 'Note', 'https://p.example/', 'Key', 'Kept', '5 km']) {
      expect(sheet.text).toContain(`>${text}</text>`)
    }
  })
  it('is as high as a long legend needs', () => {
    const last = Math.max(...[...sheet.text.matchAll(/ y="([\d.]+)"[^>]*>Kept/g)].map((found) => Number(found[1])))
    expect(last).toBeGreaterThan(500)
    expect(sheet.height).toBeGreaterThan(last)
  })
})
