import { describe, expect, it } from 'vitest'
import type { StandardInfo } from '../src/api/generated'
import { rowsQuery, sortOf, sorts, worstFirst } from '../src/state/rows'
import { START, type State } from '../src/state/url'
import { indicator, theme } from './theme'

const THEME = theme({
  indicators: [indicator('a.km'), indicator('b.trips', { better: 'higher' })],
  standards: [{ id: 's', indicator: 'b.trips' } as StandardInfo],
})

const at = (patch: Partial<State>): State => ({ ...START, ...patch })

describe('the rows that are asked for', () => {
  it('are those of the filters, with what the subject says', () => {
    const state = at({ subject: 'standard:s', verdict: 'breached', kind: 'rural', raion: 'r', people: '-99', sort: '-gap' })
    expect(rowsQuery(THEME, state)).toMatchObject({
      standard: 's', judgement: 'breached', kind: 'rural', raion: 'r', people: '-99', values: 'b.trips', sort: '-gap',
    })
  })

  it('have no verdict without a standard', () => {
    expect(rowsQuery(THEME, at({ subject: 'indicator:a.km', verdict: 'breached' })).judgement).toBeUndefined()
  })

  it('have the columns that are known, each once', () => {
    const state = at({ subject: 'indicator:a.km', columns: 'b.trips,none,a.km' })
    expect(rowsQuery(THEME, state).values).toBe('a.km,b.trips')
  })

  it.each([
    ['estimate:x', { estimates: 'x', values: '' }],
    ['domain:d', { domain: 'd', values: '' }],
    ['known:a.km', { values: 'a.km' }],
    ['known', { values: '' }],
    ['people', { values: '', standard: undefined }],
  ])('of %s', (subject, expected) => {
    expect(rowsQuery(THEME, at({ subject }))).toMatchObject(expected)
  })
})

describe('the order', () => {
  it.each([
    ['standard:s', '-gap'],
    ['overall', '-score'],
    ['indicator:a.km', '-value:a.km'],
    ['indicator:b.trips', 'value:b.trips'],
    ['estimate:x', 'estimate:x'],
    ['people', ''],
    ['known:a.km', ''],
  ])('puts the worst of %s first by %s', (subject, expected) => {
    expect(worstFirst(THEME, at({ subject }))).toBe(expected)
  })

  it('is that of a column that is shown, else by residents', () => {
    expect(sortOf(THEME, at({ subject: 'standard:s', sort: '-gap' }))).toBe('-gap')
    expect(sortOf(THEME, at({ subject: 'people', sort: '-gap' }))).toBe('-population')
    expect(sortOf(THEME, at({ subject: 'people', sort: 'value:a.km' }))).toBe('-population')
    expect(sortOf(THEME, at({ subject: 'people', sort: 'value:a.km', columns: 'a.km' }))).toBe('value:a.km')
    expect(sortOf(THEME, at({ sort: 'nonsense' }))).toBe('-population')
  })

  it('may be that of every worst', () => {
    for (const subject of ['standard:s', 'overall', 'indicator:a.km', 'indicator:b.trips', 'estimate:x']) {
      const state = at({ subject })
      expect(sorts(THEME, state)).toContain(worstFirst(THEME, state).replace(/^-/, ''))
    }
  })
})
