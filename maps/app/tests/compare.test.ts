import { describe, expect, it } from 'vitest'
import type { Area } from '../src/api/areas'
import type { AreaScore, Judgement, ReleaseInfo, Scorecard, SummaryAnswer, Value } from '../src/api/generated'
import { inStep } from '../src/map/step'
import { byGroup, causeText, concerned, earlierReleases, groupOf, type Change } from '../src/panels/changes-words'
import { areaGroups, chosenGroup, settlementGroups } from '../src/panels/compare-rows'
import { badJudgement, badScore, badShare, badValue, standing } from '../src/panels/standing'
import { Words } from '../src/words'
import { indicator, theme } from './theme'

const spoken = (sections: object): object => ({ en: { grammar: { plural_rules: 'en' }, plurals: {}, ...sections } })
const km = indicator('a.km')
const value = (more: Partial<Value>): Value =>
  ({ indicator: 'a.km', value: null, low: null, high: null, unit: 'km', status: 'measured', date: null, ...more }) as Value
const exact = (n: number): Value => value({ value: n, low: n, high: n })
const judged = (verdict: string, gap: number | null = null): Judgement =>
  ({ verdict, gap, gap_low: gap, gap_high: gap, reason: null, standard: 's', status: null }) as Judgement

describe('where one place is certainly worse', () => {
  const worse = (one: Value, other: Value, better = 'lower', since = ''): string => {
    const info = indicator('a.km', { better })
    return standing(badValue(one, info, since), badValue(other, info, since))
  }

  it('is decided by what is better of the indicator', () => {
    expect(worse(exact(5), exact(3))).toBe('first')
    expect(worse(exact(5), exact(3), 'higher')).toBe('second')
    expect(worse(exact(3), exact(3))).toBe('same')
    expect(worse(exact(5), exact(3), 'neither')).toBe('open')
  })

  it('is not decided where the ranges meet', () => {
    expect(worse(value({ value: 5, low: 4, high: 8 }), value({ value: 3, low: 1, high: 4 }))).toBe('open')
    expect(worse(value({ value: 5, low: 4.1, high: 8 }), value({ value: 3, low: 1, high: 4 }))).toBe('first')
    // A value without bounds may be anything; a bound alone decides where it is enough.
    expect(worse(value({ value: 5 }), exact(3))).toBe('open')
    expect(worse(value({ low: 4 }), exact(3))).toBe('first')
    expect(worse(value({ low: 2 }), exact(3))).toBe('open')
  })

  it.each([
    ['unknown', value({ status: 'unknown' }), ''],
    ['not there', undefined, ''],
    ['assumed', { ...exact(9), status: 'assumed' } as Value, ''],
    ['living at the destination', value({ status: 'at_home' }), ''],
    ['out of date', { ...exact(9), date: '2015-01-01' }, '2021-01-01'],
  ])('never by what is %s', (_, row, since) => {
    expect(badValue(row, km, since)).toBeNull()
  })

  it('takes no way at all for the worst, and a missing road for what is left of it', () => {
    expect(worse(value({ status: 'unreachable' }), exact(300))).toBe('first')
    expect(worse(value({ status: 'unreachable', low: 20 }), exact(300))).toBe('open')
    expect(worse(value({ status: 'unreachable', low: 20 }), exact(10))).toBe('first')
  })

  it('of verdicts needs two that are certain', () => {
    const of = (one: Judgement, other: Judgement): string => standing(badJudgement(one), badJudgement(other))
    expect(of(judged('breached', 0.4), judged('kept', 0))).toBe('first')
    expect(of(judged('kept', 0), judged('breached'))).toBe('second')
    expect(of(judged('breached', 0.4), judged('breached', 0.2))).toBe('first')
    expect(of(judged('breached', 0.4), judged('unknown'))).toBe('open')
    expect(of(judged('no_norm'), judged('breached', 1))).toBe('open')
    expect(of(judged('kept', 0), judged('kept', 0))).toBe('same')
  })

  it('of mean gaps needs bounds apart', () => {
    const gap = (score: number | null, low: number | null, high: number | null) => badScore({ score, low, high })
    expect(standing(gap(0.4, 0.3, 0.5), gap(0.2, 0.1, 0.25))).toBe('first')
    expect(standing(gap(0.4, 0.2, 0.5), gap(0.2, 0.1, 0.25))).toBe('open')
    expect(gap(null, 0, 1)).toBeNull()
  })

  it('of shares counts the unknown as what may still be breached', () => {
    const share = (kept: number, breached: number, unknown: number): ReturnType<typeof badShare> =>
      badShare({ population: 100, population_kept: kept, population_breached: breached, population_unknown: unknown } as AreaScore)
    expect(share(50, 30, 20)).toEqual({ least: 0.3, most: 0.5 })
    expect(standing(share(40, 60, 0), share(50, 30, 20))).toBe('first')
    expect(standing(share(60, 40, 0), share(50, 30, 20))).toBe('open')
    expect(share(0, 0, 100)).toBeNull()
  })
})

describe('rows of a comparison', () => {
  const title = { en: 'Trips' }
  const said = { theme: theme({ texts: spoken({}), standards: [{ id: 's', indicator: 'a.km', title }] }) }
  const context = { ...said, words: new Words(said.theme, 'en') }
  const card = (people: number | null, found: Value, verdict: Judgement): Scorecard =>
    ({
      settlement: { id: 'x', population: people, population_low: null, population_high: null, kind: 'rural', names: {} },
      values: [found], judgements: [verdict], scores: [], estimates: [],
    }) as unknown as Scorecard

  it('tell of settlements who lives there, and each verdict and value', () => {
    const groups = settlementGroups(context, [
      card(100, exact(9), judged('breached', 0.5)),
      card(100, value({ status: 'unknown' }), judged('unknown')),
    ])
    expect(groups.map(({ title: name, rows }) => [name, rows.map((row) => [row.standing, row.differs])])).toEqual([
      ['', [['plain', false], ['plain', false]]],
      ['judgements', [['open', true]]],
      ['values', [['open', true]]],
    ])
  })

  it('mark one side where it is certain', () => {
    const [, verdicts, values] = settlementGroups(context, [
      card(100, exact(9), judged('breached', 0.5)),
      card(90, exact(2), judged('kept', 0)),
    ])
    expect([verdicts, values].map((group) => group?.rows[0]?.standing)).toEqual(['first', 'first'])
  })

  it('leave out a norm that neither has', () => {
    const none = card(1, exact(1), judged('no_norm'))
    expect(settlementGroups(context, [none, none]).map(({ title: name }) => name)).toEqual(['', 'values'])
  })

  it('tell of areas their shares of verdicts, and never call less knowledge worse', () => {
    const area = (kept: number, breached: number): Area =>
      ({
        id: 'r', known_share: { 'a.km': kept / 100 },
        scores: {
          overall: { population: 100, settlements: 5, score: breached / 100, score_low: breached / 100, score_high: breached / 100, coverage: 1 },
          'standard:s': { population: 100, settlements: 5, population_kept: kept, population_breached: breached, population_unknown: 0 },
        },
      }) as unknown as Area
    const groups = areaGroups(context, [area(60, 40), area(90, 10)])
    expect(groups.map(({ title: name, rows }) => [name, rows[0]?.standing])).toEqual([
      ['', 'plain'], ['scores', 'first'], ['judgements', 'first'], ['legend_share', 'plain'],
    ])
  })
})

describe('what is chosen of two areas', () => {
  const answer = (found: number, open: number): SummaryAnswer =>
    ({
      title: 'LTE',
      classes: [
        { id: 'found', label: 'found', people: found, settlements: 1 },
        { id: 'open', label: 'open', people: open, settlements: 9 },
        { id: 'none', label: 'none', people: 0, settlements: 0 },
      ],
    }) as SummaryAnswer
  const words = new Words(theme({ texts: { en: { grammar: { plural_rules: 'en', percent: '{x}%' } } } }), 'en')

  it('is told by class as shares of the people, and no side is worse', () => {
    const [told] = chosenGroup({ words }, [answer(75, 25), answer(20, 20)])
    expect(told?.title).toBe('LTE')
    expect(told?.rows.map(({ label, cells, standing: said }) => [label, ...cells.map(({ text }) => text), said])).toEqual([
      ['found', '75%', '50%', 'plain'],
      ['open', '25%', '50%', 'plain'],
    ])
  })
})

describe('two maps in step', () => {
  it('have one zoom and go as far as each other', () => {
    const moved = inStep({ zoom: 9, center: [10, 0] }, { zoom: 10, center: [11, 0] }, { zoom: 9, center: [30, 50] })
    expect(moved.zoom).toBe(10)
    expect(moved.center[0]).toBeCloseTo(31)
    expect(moved.center[1]).toBeCloseTo(50)
  })

  it('go as far on the map, not in degrees: a degree is long in the north', () => {
    const north = inStep({ zoom: 9, center: [0, 0] }, { zoom: 9, center: [0, 1] }, { zoom: 9, center: [0, 60] })
    // On Mercator's map a degree is 1 / cos(latitude) long: at 60° twice as long as at the equator.
    expect(north.center[1] - 60).toBeGreaterThan(0.49)
    expect(north.center[1] - 60).toBeLessThan(0.5)
  })
})

describe('the releases to compare with', () => {
  const release = (id: string): ReleaseInfo =>
    ({ release: id, country: id.split('/')[0], on: id.slice(3, 13) }) as ReleaseInfo
  const all = ['by/2026-01-01.1', 'by/2026-01-01.10', 'by/2026-01-01.9', 'by/2025-01-01.1', 'kz/2025-06-01.1', 'by/2026-02-01.1'].map(release)

  it('are those before of the country, the newest first; the tenth of a day comes after the ninth', () => {
    expect(earlierReleases(release('by/2026-01-01.10'), all).map((row) => row.release)).toEqual([
      'by/2026-01-01.9', 'by/2026-01-01.1', 'by/2025-01-01.1',
    ])
    expect(earlierReleases(release('kz/2025-06-01.1'), all)).toEqual([])
  })
})

describe('causes', () => {
  const causes = { 'value-': 'worse service', 'norm+': 'a stricter norm', due: 'the norm fell due', began: 'the norm began', source: 'other source' }
  const texts = spoken({ causes, change_causes: { gone: 'gone' }, texts: { people_in: '{people} {settlements}' } })
  const words = new Words(theme({ texts }), 'en')
  const change = (more: Partial<Change>): Change => ({ causes: [], service: null, strictness: null, before: 'kept', after: 'kept', ...more })

  it.each([
    [change({ causes: ['value', 'norm'], service: 'worse', strictness: 'stricter' }), 'worse service; a stricter norm'],
    [change({ causes: ['norm'], before: 'not_due', after: 'unknown' }), 'the norm fell due'],
    [change({ causes: ['norm'], before: 'no_norm', strictness: 'stricter' }), 'the norm began'],
    [change({ causes: ['gone'], after: null }), 'gone'],
  ])('are told with their direction', (row, text) => {
    expect(causeText(words, row)).toBe(text)
  })

  it('keep service apart from all that is none', () => {
    const line = (...list: string[]) => ({ causes: list, service: null })
    expect(groupOf({ causes: ['value', 'norm'], service: 'worse' })).toBe('worse')
    expect(groupOf(line('value'))).toBe('value')
    expect(groupOf(line('source', 'method'))).toBe('known')
    expect(groupOf(line('population', 'class'))).toBe('place')
    expect(groupOf(line('norm', 'source'))).toBe('several')
    const rows = [line('norm'), { causes: ['value'], service: 'better' }, line('source')]
    expect(byGroup(rows).map(({ group, lines }) => [group, lines.length])).toEqual([['better', 1], ['norm', 1], ['known', 1]])
  })

  it('make up nobody where no population is known', () => {
    expect(concerned(words, { people: 0, settlements: 3, unknown_people: 3 })).toBe('3 settlements, population_unknown')
    expect(concerned(words, { people: 40, settlements: 3, unknown_people: 1 })).toBe('40 people 3 in_settlements')
  })
})
