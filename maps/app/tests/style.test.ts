import { describe, expect, it } from 'vitest'
import { tileFilter } from '../src/map/layers/settlements'
import { picture } from '../src/map/picture'
import { mapStyle } from '../src/map/style'
import { START } from '../src/state/url'
import type { Words } from '../src/words'
import { theme } from './theme'

const words = { language: 'en' } as Words

function style(patch: object, more = {}) {
  const [look, state] = [theme(more), { ...START, ...patch }]
  return mapStyle(look, words, state, picture(look, state, []), (archive) => `tiles/${archive}`)
}

describe('the style', () => {
  it('names every source that a layer draws from', () => {
    for (const subject of ['overall', 'indicator:a.km', 'known']) {
      for (const facilities of ['', 'pharmacy']) {
        const { layers, sources } = style({ subject, facilities })
        const used = new Set(layers.flatMap((layer) => ('source' in layer ? [layer.source] : [])))
        expect([...used].filter((name) => !(name in sources))).toEqual([])
        expect(Object.keys(sources).filter((name) => !used.has(name))).toEqual([])
      }
    }
  })
  it('asks for facilities only where they are shown', () => {
    expect(Object.keys(style({}).sources)).not.toContain('facilities')
    expect(Object.keys(style({ facilities: 'pharmacy' }).sources)).toContain('facilities')
  })
  it('asks for hexagons only where the release has them', () => {
    expect(Object.keys(style({ subject: 'indicator:a.km' }).sources)).toContain('hexagons')
    expect(Object.keys(style({ subject: 'indicator:a.km' }, { hexagons: [] }).sources)).not.toContain('hexagons')
  })
  it('is the same for what is chosen on the map: a click restyles nothing', () => {
    expect(style({ selected: 'settlement:1', at: '5/1/1' })).toEqual(style({}))
  })
  it('has names of releases whose settlements bear them themselves', () => {
    const { layers } = style({}, { archives: ['areas', 'settlements'], numbered_tiles: false, hexagons: [] })
    const names = layers.filter((layer) => layer.id.startsWith('names-'))
    expect(names.map((layer) => 'source-layer' in layer && layer['source-layer'])).toEqual(Array(5).fill('settlements'))
  })
})

describe('the filter of the tiles', () => {
  it('is of kind and residents', () => {
    expect(tileFilter({ kind: '', people: '' })).toEqual(['all'])
    expect(tileFilter({ kind: 'rural', people: '50-99' })).toHaveLength(4)
    expect(tileFilter({ kind: '', people: '100-' })).toEqual(['all', ['>=', ['to-number', ['get', 'population'], -1], 100]])
  })
})
