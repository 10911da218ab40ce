import { describe, expect, it } from 'vitest'
import type { AreaName, GroupedAnswer } from '../src/api/generated'
import { classOf, picture, views } from '../src/map/picture'
import { subjectOf } from '../src/state/subject'
import { START } from '../src/state/url'
import { theme } from './theme'

const AREAS = ['r1', 'r2'].map((id) => ({ id, level: 'raion' })) as AreaName[]
const ANSWER = { release: 'zz/1', on: '2026-11-22', synthetic: true, by: 'raion', ids: ['r1', 'r2'], old: [0, 0], people: [], settlements: [] }
const SCORES: GroupedAnswer = { ...ANSWER, of: 'score:overall', values: [0.1, null], classes: [], class: [null, null] }
const VALUES: GroupedAnswer = { ...ANSWER, of: 'value:a.km', classes: ['0', '1'], class: [1, null] }
const shown = (state: object, areas = AREAS, grouped: GroupedAnswer | null = SCORES) =>
  picture(theme(), { ...START, ...state }, areas, grouped)

describe('classOf', () => {
  it.each([[0, 0], [1.99, 0], [2, 1], [5, 2], [99, 2], [null, null]])('puts %s into class %s', (value, index) => {
    expect(classOf(value, [2, 5])).toBe(index)
  })
})

describe('the views of a subject', () => {
  const of = (subject: string, areas = AREAS, more = {}) => views(theme(more), areas, subjectOf({ subject }))
  it('are areas first where scores are compared', () => {
    expect(of('overall')).toEqual(['areas', 'hexagons', 'settlements'])
  })
  it('are hexagons first of what settlements have', () => {
    expect(of('standard:x')).toEqual(['hexagons', 'areas', 'settlements'])
    expect(of('indicator:a.km')).toEqual(['hexagons', 'areas', 'settlements'])
  })
  it('are the areas alone of all that is known', () => {
    expect(of('known')).toEqual(['areas'])
  })
  it('do without areas and without hexagons', () => {
    expect(of('overall', [])).toEqual(['hexagons', 'settlements'])
    expect(of('overall', [], { hexagons: [] })).toEqual(['settlements'])
  })
})

describe('a picture', () => {
  it('has the values of the areas where they are drawn', () => {
    expect([...shown({ subject: 'overall' }).values]).toEqual([['r1', 0.1], ['r2', null]])
    expect(shown({ subject: 'indicator:a.km' }).values.size).toBe(0)
  })
  it('has their classes where they have no value of their own', () => {
    const { values, areaClasses } = shown({ subject: 'indicator:a.km', view: 'areas' }, AREAS, VALUES)
    expect([...areaClasses]).toEqual([['r1', '1'], ['r2', 'unknown']])
    expect(values.size).toBe(0)
  })
  it('has nothing of another reading, which may still be on its way', () => {
    expect(shown({ subject: 'overall' }, AREAS, VALUES).values.size).toBe(0)
  })
  it('draws settlements where the hexagons end, or from close by over areas', () => {
    expect(shown({ subject: 'indicator:a.km' }).settlementsFrom).toBe(8)
    expect(shown({ subject: 'overall' }).settlementsFrom).toBe(8.5)
    expect(shown({ subject: 'indicator:a.km', view: 'settlements' }).settlementsFrom).toBe(0)
    expect(shown({ subject: 'known' }).settlementsFrom).toBeGreaterThan(16)
  })
  it('falls back where the view is none of the subject', () => {
    expect(shown({ subject: 'indicator:a.km', view: 'areas' }, []).view).toBe('hexagons')
  })
  it('knows from which day on a value is fresh', () => {
    expect(shown({ subject: 'indicator:a.km' }).freshFrom).toBe('2021-11-22')
    expect(shown({ subject: 'overall' }).freshFrom).toBe('')
  })
})

describe('the share of the bad classes', () => {
  const grouped: GroupedAnswer = {
    ...ANSWER, of: 'value:a.km', classes: ['0', '2', 'no_norm'], class: [0, 1], people: [[30, 0], [10, 0], [60, 5]],
  }
  it('is of the residents whom the reading could speak of', () => {
    const { values } = picture(theme(), { ...START, subject: 'indicator:a.km', view: 'areas' }, AREAS, grouped, ['2'])
    expect([...values]).toEqual([['r1', 0.25], ['r2', null]])
  })
})
