// Two places or two areas row by row: what each has, and where one is certainly worse off. Pure.
import type { Area } from '../api/areas'
import type { ClassCount, Judgement, Mark, Scorecard, SummaryAnswer, Theme, Value } from '../api/generated'
import { freshFrom } from '../map/picture'
import type { Context } from './panel'
import { judgementGap, kindText, population, valueText } from './place'
import { gapText } from './scores'
import { badJudgement, badScore, badShare, badValue, standing, type Bad, type Standing } from './standing'
import { verdictMark, verdictMarks } from './verdicts'

/** Mean of what is known of an area, over all indicators that are not derived from others. */
function meanKnown(theme: Theme, area: Area): number | null {
  const own = theme.indicators.filter((row) => !row.derived).map((row) => area.known_share[row.code] ?? null)
  const shares = own.filter((share) => share !== null)
  return shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null
}

export interface Cell {
  text: string
  hint?: string
  mark?: Mark
}

export interface Row {
  label: string
  cells: [Cell, Cell]
  differs: boolean
  /** `plain` where neither side is a better one. */
  standing: Standing | 'plain'
}

export interface Group {
  title: string
  rows: Row[]
}

type Both<T> = [T, T]
type Said = Pick<Context, 'theme' | 'words'>

const both = <T, U>([one, other]: Both<T>, read: (of: T) => U): Both<U> => [read(one), read(other)]

function row(label: string, cells: Both<Cell>, bad?: Both<Bad>): Row {
  const alike = cells[0].text === cells[1].text
  const found = bad ? standing(...bad) : 'plain'
  if (found === 'first' || found === 'second') return { label, cells, standing: found, differs: true }
  // The same range on both sides is the same, though it is not exact.
  const known = bad?.every((one) => one !== null)
  return { label, cells, standing: found === 'open' && alike && known ? 'same' : found, differs: !alike }
}

function group(title: string, rows: Row[]): Group[] {
  return rows.length ? [{ title, rows }] : []
}

const UNKNOWN_VALUE = ['unknown', 'not_applicable']

function valueCell({ words }: Said, found: Value | undefined, old: boolean): Cell {
  if (!found) return { text: words.term('statuses', 'unknown') }
  const status = words.term('statuses', found.status)
  const text = valueText(found, words)
  const day = found.date && !UNKNOWN_VALUE.includes(found.status) ? words.date(found.date) : ''
  const hint = [text ? status : '', day, old ? words.text('stale') : ''].filter(Boolean).join(' · ')
  return { text: text || status, ...(hint ? { hint } : {}) }
}

function valueRows(said: Said, cards: Both<Scorecard>): Row[] {
  const { theme, words } = said
  return theme.indicators.flatMap((info) => {
    const found = both(cards, (card) => card.values.find((one) => one.indicator === info.code))
    if (found.every((one) => !one)) return []
    const since = freshFrom(theme, info.freshness_years)
    const cells = both(found, (one) => valueCell(said, one, Boolean(one?.date && since && one.date < since)))
    const ordered = ['lower', 'higher'].includes(info.better)
    return [row(words.of(info.label), cells, ordered ? both(found, (one) => badValue(one, info, since)) : undefined)]
  })
}

function verdictCell({ theme, words }: Said, found: Judgement | undefined): Cell {
  if (!found) return { text: words.term('verdicts', 'unknown') }
  const mark = verdictMark(theme, found.verdict, found.status ?? '')
  const gap = judgementGap(found, words)
  const hint = gap === '—' ? (found.reason ? words.term('reasons', found.reason) : '') : `${words.text('gap')}: ${gap}`
  return { text: words.of(mark?.label) || found.verdict, ...(hint ? { hint } : {}), ...(mark ? { mark } : {}) }
}

function verdictRows(said: Said, cards: Both<Scorecard>): Row[] {
  return said.theme.standards.flatMap(({ id, title }) => {
    const found = both(cards, (card) => card.judgements.find((one) => one.standard === id))
    if (found.every((one) => !one || one.verdict === 'no_norm')) return []
    return [row(said.words.of(title), both(found, (one) => verdictCell(said, one)), both(found, badJudgement))]
  })
}

/** What is probably so: beside the verdicts, and no side is worse. */
function estimateRows({ words }: Said, cards: Both<Scorecard>): Row[] {
  const every = new Map(cards.flatMap(({ estimates }) => estimates.map((one) => [one.indicator, words.of(one.label)])))
  return [...every].map(([code, label]) =>
    row(label, both(cards, ({ estimates }): Cell => {
      const found = estimates.find(({ indicator }) => indicator === code)
      return { text: words.of(found?.text) || words.term('statuses', 'unknown') }
    })),
  )
}

/** Overall and by domain: `of` finds the mean gap of a subject, none where there is nothing to score. */
function scoreRows<T>(
  { theme, words }: Said,
  pair: Both<T>,
  of: (one: T, domain: string) => { score: number | null; low: number | null; high: number | null; coverage: number | null } | undefined,
): Row[] {
  const subjects = [
    { domain: '', label: words.text('overall') },
    ...theme.domains.map(({ id, label }) => ({ domain: id, label: words.of(label) })),
  ]
  return subjects.flatMap(({ domain, label }) => {
    const found = both(pair, (one) => of(one, domain))
    if (found.every((one) => !one || one.coverage === null)) return []
    const cells = both(found, (one): Cell => {
      if (!one) return { text: words.term('verdicts', 'unknown') }
      const text = gapText({ words }, one)
      const coverage = one.coverage === null ? '' : `${words.text('coverage')}: ${words.percent(one.coverage)}`
      return { text, ...(coverage ? { hint: coverage } : {}) }
    })
    return [row(label, cells, both(found, badScore))]
  })
}

export function settlementGroups(said: Said, cards: Both<Scorecard>): Group[] {
  const { words } = said
  const people = both(cards, ({ settlement }): Cell => {
    const { number, range } = population(settlement, words)
    return { text: number, ...(range ? { hint: range } : {}) }
  })
  const scored = scoreRows(said, cards, (card, domain) => {
    const found = card.scores.find(({ group: name }) => name === (domain || 'overall'))
    return found && { score: found.score, low: found.score_low, high: found.score_high, coverage: found.coverage }
  })
  return [
    ...group('', [
      row(words.text('population'), people),
      row(words.text('kind'), both(cards, ({ settlement }) => ({ text: kindText(settlement, words) }))),
    ]),
    ...group(words.text('scores'), scored),
    ...group(words.text('judgements'), verdictRows(said, cards)),
    ...group(words.text('values'), valueRows(said, cards)),
    ...group(words.text('by_model'), estimateRows(said, cards)),
  ]
}

/** The verdicts of a standard by people, or by settlements where nobody is counted. */
function shareCell({ theme, words }: Said, area: Area, standard: string): Cell {
  const score = area.scores[`standard:${standard}`]
  const what = (score?.population ?? 0) > 0 ? 'population' : 'settlements'
  const marks = verdictMarks(theme, area, standard)
  const parts = theme.verdicts.map(({ id }, i) => ({
    label: words.of(marks[i]?.label),
    size: score?.[`${what}_${id as 'kept'}`] ?? 0,
  }))
  const whole = parts.reduce((sum, { size }) => sum + size, 0)
  const said = parts.filter(({ size }) => size > 0).map(({ label, size }) => `${label}: ${words.percent(size / whole)}`)
  return { text: said.join('; ') || words.term('verdicts', 'unknown') }
}

/** What is chosen, class by class: of how many people it holds. An estimate is no verdict, so no side is worse. */
export function chosenGroup({ words }: Pick<Said, 'words'>, told: Both<SummaryAnswer>): Group[] {
  const count = ({ people, settlements }: ClassCount, byPeople: boolean): number => (byPeople ? people : settlements)
  const shares = both(told, ({ classes }) => {
    const byPeople = classes.some(({ people }) => people > 0)
    const whole = classes.reduce((sum, one) => sum + count(one, byPeople), 0)
    return new Map(classes.map((one) => [one.id, whole ? count(one, byPeople) / whole : 0]))
  })
  const rows = told[0].classes
    .filter(({ id }) => shares.some((share) => (share.get(id) ?? 0) > 0))
    .map(({ id, label }) => row(label, both(shares, (share) => ({ text: words.percent(share.get(id) ?? 0) }))))
  return group(told[0].title, rows)
}

export function areaGroups(said: Said, areas: Both<Area>): Group[] {
  const { theme, words } = said
  const people = both(areas, ({ scores }): Cell => {
    const all = scores['overall']
    return { text: all ? words.peopleIn(all.population ?? 0, all.settlements) : words.text('population_unknown') }
  })
  const scored = scoreRows(said, areas, ({ scores }, domain) => {
    const found = scores[domain ? `domain:${domain}` : 'overall']
    return found && { score: found.score, low: found.score_low, high: found.score_high, coverage: found.coverage }
  })
  const judged = theme.standards
    .filter(({ id }) => areas.some(({ scores }) => scores[`standard:${id}`]))
    .map(({ id, title }) =>
      row(words.of(title), both(areas, (area) => shareCell(said, area, id)), both(areas, ({ scores }) => badShare(scores[`standard:${id}`]))),
    )
  const share = (found: number | null): Cell => ({ text: found === null ? words.term('statuses', 'unknown') : words.percent(found) })
  const known = theme.indicators.map(({ code, label }) =>
    row(words.of(label), both(areas, (area) => share(area.known_share[code] ?? null))),
  )
  return [
    ...group('', [row(words.text('population'), people)]),
    ...group(words.text('scores'), scored),
    ...group(words.text('judgements'), judged),
    ...group(words.text('legend_share'), [
      row(words.text('all_indicators'), both(areas, (area) => share(meanKnown(theme, area)))),
      ...known,
    ]),
  ]
}
