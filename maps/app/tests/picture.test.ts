import { describe, expect, it } from 'vitest'
import type { Area } from '../src/api/areas'
import { classOf, knownShare, picture, views } from '../src/map/picture'
import { subjectOf } from '../src/state/subject'
import { START } from '../src/state/url'
import { theme } from './theme'

const evidence = (status: string, population: number, stale: number): object =>
  ({ indicator: 'a.km', status, settlements: 1, settlements_stale: 0, population, population_stale: stale })
const area = (id: string, score: number | null, rows: object[] = []): Area =>
  ({ id, level: 'raion', scores: { overall: { score } }, subgroups: {}, evidence: rows }) as unknown as Area
const AREAS = [area('r1', 0.1), area('r2', null)]
const shown = (state: object, areas = AREAS, more = {}) => picture(theme(more), { ...START, ...state }, areas)

describe('classOf', () => {
  it.each([[0, 0], [1.99, 0], [2, 1], [5, 2], [99, 2], [null, null]])('puts %s into class %s', (value, index) => {
    expect(classOf(value, [2, 5])).toBe(index)
  })
})

describe('knownShare', () => {
  it('counts people, and not what is out of date', () => {
    const rows = [evidence('measured', 60, 20), evidence('unknown', 40, 0)]
    expect(knownShare(area('r', 0, rows), 'a.km', theme())).toBe(0.4)
  })
  it('counts settlements where nobody is known to live', () => {
    const rows = [evidence('measured', 0, 0), evidence('unknown', 0, 0)]
    expect(knownShare(area('r', 0, rows), 'a.km', theme())).toBe(0.5)
  })
  it('is null of nothing', () => {
    expect(knownShare(area('r', 0), 'a.km', theme())).toBeNull()
  })
})

describe('the views of a subject', () => {
  const of = (subject: string, areas = AREAS, more = {}) => views(theme(more), areas, subjectOf({ subject }))
  it('are areas first where they have a score', () => {
    expect(of('overall')).toEqual(['areas', 'hexagons', 'settlements'])
  })
  it('are hexagons first of what settlements have', () => {
    expect(of('standard:x')).toEqual(['hexagons', 'areas', 'settlements'])
    expect(of('indicator:a.km')).toEqual(['hexagons', 'settlements'])
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
  it('draws settlements where the hexagons end, or from close by over areas', () => {
    expect(shown({ subject: 'indicator:a.km' }).settlementsFrom).toBe(8)
    expect(shown({ subject: 'overall' }).settlementsFrom).toBe(8.5)
    expect(shown({ subject: 'indicator:a.km', view: 'settlements' }).settlementsFrom).toBe(0)
    expect(shown({ subject: 'known' }).settlementsFrom).toBeGreaterThan(16)
  })
  it('falls back where the view is none of the subject', () => {
    expect(shown({ subject: 'indicator:a.km', view: 'areas' }).view).toBe('hexagons')
  })
  it('knows from which day on a value is fresh', () => {
    expect(shown({ subject: 'indicator:a.km' }).freshFrom).toBe('2021-11-22')
    expect(shown({ subject: 'overall' }).freshFrom).toBe('')
  })
})
