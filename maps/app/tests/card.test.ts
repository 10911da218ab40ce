import { describe, expect, it } from 'vitest'
import type { Judgement, Scorecard, Way } from '../src/api/generated'
import { endText, facilityEnd } from '../src/map/facility-end'
import { normText } from '../src/panels/norms'
import { ordered, type Row } from '../src/panels/peers'
import { groupedBy, missingOf, toldOf } from '../src/panels/told'
import { Words } from '../src/words'
import { theme } from './theme'

const WORDS = new Words(
  theme({
    texts: {
      en: {
        grammar: { plural_rules: 'en', thousands: ',', decimal: '.' },
        units: { 'trips/week': 'trips a week', min: 'min' },
        texts: {
          at_least: 'at least {x}', at_most: 'at most {x}', range: '{low} to {high}', must_have: 'must be there',
          none_at_all: 'none at all', norm_or_none: '{norm}, or no norm at all',
        },
      },
    },
  }),
  'en',
)

describe('the norm of a judgement', () => {
  const text = (row: object, unit = 'trips/week', better = 'higher'): string =>
    normText(WORDS, { op: null, norm: null, norm_low: null, norm_high: null, ...row } as Judgement, unit, better)
      .replaceAll('\u00a0', ' ')
  it('is its limit', () => {
    expect(text({ op: '>=', norm: 8, norm_low: 8, norm_high: 8 })).toBe('at least 8 trips a week')
    expect(text({ op: '<=', norm: 20, norm_low: 20, norm_high: 20 }, 'min')).toBe('at most 20 min')
  })
  it('is a range where several are possible', () => {
    expect(text({ norm_low: 8, norm_high: 20 })).toBe('at least 8 to 20 trips a week')
    expect(text({ norm_low: 8, norm_high: 8 })).toBe('at least 8 trips a week')
  })
  it('may be none: kept even by the strictest of the possible norms, it is shown', () => {
    expect(text({ norm_high: 1 }, 'yes/no')).toBe('must be there, or no norm at all')
    expect(text({ norm_high: 20 })).toBe('at least 20 trips a week, or no norm at all')
    expect(text({ norm_low: 30 }, 'min', 'lower')).toBe('at most 30 min, or no norm at all')
  })
  it('is nothing where there is none', () => {
    expect(text({})).toBe('')
  })
})

describe('values of a card', () => {
  const statuses = ['measured', 'unknown', 'not_applicable', 'unreachable', 'unsnapped', 'assumed']
  const card = { values: statuses.map((status) => ({ status })) } as unknown as Scorecard
  it('are told, a word among them', () => {
    expect(toldOf(card).map((row) => row.status)).toEqual(['measured', 'unreachable', 'unsnapped', 'assumed'])
  })
  it('are missing where somebody could tell them', () => {
    expect(missingOf(card).map((row) => row.status)).toEqual(['unknown'])
  })
  it('stand by what they share, in the order of the first', () => {
    expect(groupedBy(['b1', 'a1', 'b2'], (text) => text[0] ?? '')).toEqual([['b', ['b1', 'b2']], ['a', ['a1']]])
  })
})

describe('the end of a way', () => {
  const way = (...coordinates: number[][]): Way => ({ geometry: { type: 'LineString', coordinates } }) as unknown as Way
  it('is the facility, whichever way the road is travelled', () => {
    expect(facilityEnd(way([0, 0], [1, 1], [2, 0]), [0.1, 0])).toEqual([2, 0])
    expect(facilityEnd(way([2, 0], [1, 1], [0, 0]), [0.1, 0])).toEqual([2, 0])
  })
  it('is its last point where the settlement has none, and none without a line', () => {
    expect(facilityEnd(way([2, 0], [0, 0]), null)).toEqual([0, 0])
    expect(facilityEnd({ geometry: null } as Way, null)).toBeNull()
  })
  it('names what it is once', () => {
    expect(endText('Hospital', 'Hospital of Dema')).toBe('Hospital of Dema')
    expect(endText('Pharmacy', 'No. 5')).toBe('Pharmacy: No. 5')
    expect(endText('Pharmacy', '')).toBe('Pharmacy')
  })
})

describe('the order of areas of like size', () => {
  const row = (name: string, score: number | null, low: number | null, known: number | null = null): Row =>
    ({ id: name, name, people: 1, villagers: 0, known, score: { score, low, high: 1, coverage: 1 } })
  const names = (rows: Row[], code = ''): string => ordered(rows, code).map((one) => one.name).join('')
  it('is from the largest gap, an open one by its lower end', () => {
    expect(names([row('a', 0.1, 0), row('b', null, 0.3), row('c', 0.5, 0.4), row('d', null, null)])).toBe('cbad')
  })
  it('is from what is known least where that is asked', () => {
    expect(names([row('a', 0, 0, 0.9), row('b', 0, 0, null), row('c', 0, 0, 0.2)], 'a.km')).toBe('bca')
  })
})
