// What is asked of the settlements for the table and for its files: the same rows as on the map. Pure.
import type { Theme } from '../api/generated'
import { subjectOf } from './subject'
import { START, type State } from './url'

export type Query = Record<string, string | undefined>

/** Codes of the indicators that are columns beside the subject. */
export function extraColumns(theme: Theme, { columns }: State): string[] {
  const asked = columns.split(',')
  return theme.indicators.map((row) => row.code).filter((code) => asked.includes(code))
}

/** The indicator whose values the subject speaks of, or empty. */
export function ownIndicator(theme: Theme, state: State): string {
  const { kind, id } = subjectOf(state)
  const code = kind === 'standard' ? theme.standards.find((row) => row.id === id)?.indicator : id
  const valued = kind === 'standard' || kind === 'indicator' || kind === 'known'
  return theme.indicators.find((row) => valued && row.code === code)?.code ?? ''
}

/** What the rows can be sorted by, of the columns that are shown. */
export function sorts(theme: Theme, state: State): string[] {
  const { kind, id } = subjectOf(state)
  const own = ownIndicator(theme, state)
  const told = {
    standard: ['gap'],
    overall: ['score', 'coverage'],
    domain: ['score', 'coverage'],
    estimate: [`estimate:${id}`],
    known: id ? [] : ['coverage'],
    indicator: [],
    people: [],
  }[kind]
  const values = [own, ...extraColumns(theme, state)].filter(Boolean).map((code) => `value:${code}`)
  return ['name', 'population', ...told, ...values]
}

/** The order that puts the worst first; empty where nothing is worse than another. */
export function worstFirst(theme: Theme, state: State): string {
  const { kind, id } = subjectOf(state)
  if (kind === 'standard') return '-gap'
  if (kind === 'overall' || kind === 'domain') return '-score'
  // The less probable that it is there.
  if (kind === 'estimate') return `estimate:${id}`
  const better = theme.indicators.find((row) => kind === 'indicator' && row.code === id)?.better
  return better === 'lower' ? `-value:${id}` : better === 'higher' ? `value:${id}` : ''
}

/** The order that is asked for, if a column that is shown has it. */
export function sortOf(theme: Theme, state: State): string {
  return sorts(theme, state).includes(state.sort.replace(/^-/, '')) ? state.sort : START.sort
}

/** The parameters of `/v1/settlements` for a state, without a page. */
export function rowsQuery(theme: Theme, state: State): Query {
  const { kind, id } = subjectOf(state)
  const standard = theme.standards.find((row) => kind === 'standard' && row.id === id)?.id
  const own = ownIndicator(theme, state)
  const values = new Set([own, ...extraColumns(theme, state)].filter(Boolean))
  return {
    kind: state.kind,
    raion: state.raion,
    people: state.people,
    standard,
    // Without a standard there is no verdict to choose, so none to filter by.
    judgement: standard && state.verdict,
    domain: kind === 'domain' ? id : undefined,
    values: [...values].join(','),
    estimates: kind === 'estimate' ? id : undefined,
    sort: sortOf(theme, state),
  }
}
