// The columns of the table: what the map shows of each settlement, and what else was asked for.
import { html, nothing, type TemplateResult } from 'lit'
import type { EstimateBrief, IndicatorInfo, SettlementRow, ValueBrief } from '../api/generated'
import { classOf } from '../map/picture'
import { extraColumns, ownIndicator } from '../state/rows'
import { subjectOf } from '../state/subject'
import { chip, chipScore, swatch } from './marks'
import { normText } from './norms'
import type { Context } from './panel'
import { judgementGap, kindText, population, valueText, whereText } from './place'
import { gapText } from './scores'
import { verdictMark } from './verdicts'

export type Cell = TemplateResult | string

export interface Column {
  key: string
  label: string
  /** What the server sorts by; empty where it does not. */
  sort: string
  numeric?: boolean
  cell: (row: SettlementRow) => Cell
}

/** Columns after the name; those of the subject come first, where a narrow screen shows them. */
export function columnsOf(context: Context): Column[] {
  const { words, theme, state, named } = context
  const extra = extraColumns(theme, state).filter((code) => code !== ownIndicator(theme, state))
  return [
    ...subjectColumns(context),
    ...extra.flatMap((code) => valueColumn(context, code)),
    {
      key: 'population',
      label: words.text('population'),
      sort: 'population',
      numeric: true,
      cell: (row) => {
        const { number, range } = population(row, words)
        return html`${number}${hint(range)}`
      },
    },
    { key: 'raion', label: words.text('raion'), sort: '', cell: (row) => whereText({ ...row, oblast: null }, words, named) },
    { key: 'kind', label: words.text('kind'), sort: '', cell: (row) => kindText(row, words) },
  ]
}

function subjectColumns(context: Context): Column[] {
  const { kind, id } = subjectOf(context.state)
  if (kind === 'standard') return standardColumns(context, id)
  if (kind === 'indicator') return valueColumn(context, id, context.words.text('value'))
  if (kind === 'estimate') return estimateColumns(context, id)
  if (kind === 'known' && id) return statusColumns(context, id)
  if (kind === 'known') return scoreColumns(context, 'overall').slice(1)
  if (kind === 'people') return []
  return scoreColumns(context, kind === 'domain' ? id : 'overall')
}

function hint(text: string): TemplateResult | typeof nothing {
  return text ? html`<span class="hint">${text}</span>` : nothing
}

function standardColumns(context: Context, id: string): Column[] {
  const { words, theme } = context
  const standard = theme.standards.find((row) => row.id === id)
  const indicator = theme.indicators.find((row) => row.code === standard?.indicator)
  return [
    {
      key: 'verdict',
      label: words.text('verdict'),
      sort: '',
      cell: (row) => {
        const found = row.judgements[id]
        const mark = verdictMark(theme, found?.verdict ?? '', row.norm?.status ?? '')
        return html`${chip(mark, words, '—')} ${hint(found?.reason ? words.term('reasons', found.reason) : '')}`
      },
    },
    ...(indicator ? valueColumn(context, indicator.code, words.text('value')) : []),
    {
      key: 'gap',
      label: words.text('gap'),
      sort: 'gap',
      numeric: true,
      cell: (row) => (row.judgements[id] ? judgementGap(row.judgements[id], words) : '—'),
    },
    {
      key: 'norm',
      label: words.text('norm'),
      sort: '',
      cell: (row) => (row.norm && normText(words, row.norm, standard?.unit ?? '', indicator?.better ?? '')) || '—',
    },
  ]
}

/** How a value is known and since when; of what has none, why. */
function knownText({ words, theme }: Context, { status, date }: ValueBrief): string {
  const label = words.of(theme.statuses.find((mark) => mark.id === status)?.label)
  return [label, words.date(date)].filter(Boolean).join(', ')
}

function valueCell(context: Context, indicator: IndicatorInfo, row: ValueBrief | undefined): Cell {
  if (!row) return '—'
  const { words, theme } = context
  const known = knownText(context, row)
  const text = valueText({ ...row, unit: indicator.unit }, words)
  if (!text) return known
  const { breaks, colours } = indicator.classes ?? { breaks: [], colours: [] }
  const fill = colours[classOf(row.value, breaks) ?? -1]
  const mark = fill ? swatch({ fill, stroke: theme.colours['outline'] ?? '', pattern: '' }) : nothing
  return html`<span class="value">${mark} ${text}</span> ${hint(known)}`
}

function valueColumn(context: Context, code: string, label = ''): Column[] {
  const indicator = context.theme.indicators.find((row) => row.code === code)
  if (!indicator) return []
  return [
    {
      key: code,
      label: label || context.words.of(indicator.label),
      sort: `value:${code}`,
      numeric: true,
      cell: (row) => valueCell(context, indicator, row.values[code]),
    },
  ]
}

function statusColumns(context: Context, code: string): Column[] {
  const { words, theme } = context
  return [
    {
      key: 'status',
      label: words.text('status'),
      sort: '',
      cell: (row) => chip(theme.statuses.find((mark) => mark.id === (row.values[code]?.status ?? 'unknown')), words, '—'),
    },
    { key: 'date', label: words.text('date'), sort: '', cell: (row) => words.date(row.values[code]?.date) || '—' },
    ...valueColumn(context, code, words.text('value')),
  ]
}

function estimateColumns(context: Context, id: string): Column[] {
  const { words, theme } = context
  const band = (told: EstimateBrief | undefined): string => (told?.found ? 'found' : (told?.band ?? 'none'))
  return [
    {
      key: 'band',
      label: words.text('by_model'),
      sort: '',
      cell: (row) => chip(theme.estimates.find((mark) => mark.id === band(row.estimates[id])), words, '—'),
    },
    {
      key: 'estimate',
      label: words.text('probability'),
      sort: `estimate:${id}`,
      numeric: true,
      cell: (row) => {
        const told = row.estimates[id]
        if (!told || told.found || told.estimate === null) return '—'
        const { low, high } = told
        const range = low === null || high === null ? '' : words.percentRange(low, high)
        return html`${words.percent(told.estimate)} ${hint(range)}`
      },
    },
  ]
}

function scoreColumns(context: Context, group: string): Column[] {
  const { words, theme } = context
  return [
    {
      key: 'score',
      label: words.text('score'),
      sort: 'score',
      numeric: true,
      cell: (row) => {
        const found = row.score[group]
        return found ? html`${chipScore(theme, found.score)} ${gapText(context, found)}` : '—'
      },
    },
    {
      key: 'coverage',
      label: words.text('coverage'),
      sort: 'coverage',
      numeric: true,
      cell: (row) => {
        const coverage = row.score[group]?.coverage
        return typeof coverage === 'number' ? words.percent(coverage) : '—'
      },
    },
  ]
}
