// The first thing a card says: the verdict at the chosen standard, the chosen value, or how
// many norms are kept and how much is known.
import { html, nothing, type TemplateResult } from 'lit'
import type { Judgement, Measure, Scorecard } from '../api/generated'
import { subjectOf } from '../state/subject'
import { valueFacts, verdictFacts, verdictLine } from './judgement'
import { chip } from './marks'
import type { Context } from './panel'
import { valueText } from './place'
import { missingOf, toldOf } from './told'
import { verdictMark } from './verdicts'
import { wayOf } from './ways'

type Piece = TemplateResult | typeof nothing

/** A norm of trips says little without the days: 28 trips on one day are no service. */
const BESIDE: Record<string, string> = { 'transport.trips_per_week': 'transport.days_per_week' }

export function beside({ words }: Context, card: Scorecard, row: Judgement): Piece {
  const other = toldOf(card).find((known) => known.indicator === BESIDE[row.indicator ?? ''])
  const text = other ? valueText(other, words) : ''
  return text
    ? html`<dt>${words.of(other?.label)}</dt>
        <dd>${text}</dd>`
    : nothing
}

/** «Не хватает: 8 рейсов в неделю»: the smallest change of the value that keeps the norm. */
export function mendText({ words }: Context, { value, needed, change, unit }: Measure): string {
  if (unit === 'yes/no') return words.text('mend_service')
  if (value === null || change === null) return words.text('mend_needed', { x: words.value(needed, unit) })
  const key = change > 0 ? 'mend_short' : 'mend_over'
  return words.text(key, { x: words.plural(unit, Math.abs(change), 1) })
}

function mend(context: Context, card: Scorecard, row: Judgement): Piece {
  const found = card.measures.find((one) => one.standard === row.standard)
  return found ? html`<p class="mend">${mendText(context, found)}</p>` : nothing
}

function ofStandard(context: Context, card: Scorecard, row: Judgement): TemplateResult {
  const { words } = context
  const value = card.values.find((known) => known.indicator === row.indicator)
  return html`
    <h3>${words.of(row.title) || row.standard}</h3>
    ${verdictLine(context, row, value)}
    <p class="sentence">${words.of(row.brief)} ${value ? wayOf(context, card, value) : nothing}</p>
    ${mend(context, card, row)}
    <details>
      <summary>${words.text('norm_and_act')}</summary>
      ${verdictFacts(context, row, value, beside(context, card, row))}
    </details>
  `
}

/** How many norms stand how, and the sentence of each that is breached. */
function ofMany(context: Context, card: Scorecard, rows: Judgement[], title: string): Piece {
  const { words, theme } = context
  const counts = theme.verdicts.flatMap(({ id }) => {
    const found = rows.filter((row) => row.verdict === id)
    return found.length && id !== 'no_norm' ? [{ id, count: found.length }] : []
  })
  if (!counts.length) return nothing
  const breached = rows.filter((row) => row.verdict === 'breached')
  return html`
    <h3>${title}</h3>
    <p class="verdict-line">
      ${counts.map(({ id, count }) => html`<span>${chip(verdictMark(theme, id, ''), words, id)} ${count}</span>`)}
    </p>
    ${breached.map(
      (row) => html`<p class="sentence"><strong>${words.of(row.title)}.</strong> ${words.of(row.brief)}</p>
        ${mend(context, card, row)}`,
    )}
  `
}

function ofIndicator(context: Context, card: Scorecard, code: string): Piece {
  const { words } = context
  const value = card.values.find((row) => row.indicator === code)
  if (!value) return nothing
  return html`
    <h3>${words.of(value.label) || code}</h3>
    <dl class="facts">${valueFacts(context, value)}</dl>
    <p>${wayOf(context, card, value)}</p>
    ${card.judgements
      .filter((row) => row.indicator === code && row.verdict !== 'no_norm')
      .map((row) => html`<p class="sentence"><strong>${words.of(row.title)}.</strong> ${words.of(row.brief)}</p>`)}
  `
}

function ofEstimate({ words }: Context, card: Scorecard, code: string): Piece {
  const found = card.estimates.find((row) => row.indicator === code)
  if (!found) return nothing
  return html`
    <h3>${words.text('by_model')}</h3>
    <p class="sentence">${words.of(found.text)}</p>
    <p class="hint">${words.text('by_model_hint')}</p>
  `
}

/** The answer to what is chosen, before everything else. */
export function answer(context: Context, card: Scorecard): Piece {
  const { words, theme, state } = context
  const { kind, id } = subjectOf(state)
  const standard = kind === 'standard' ? card.judgements.find((row) => row.standard === id) : undefined
  const said = (): Piece => {
    if (standard) return ofStandard(context, card, standard)
    if (kind === 'indicator' || (kind === 'known' && id)) return ofIndicator(context, card, id)
    if (kind === 'estimate') return ofEstimate(context, card, id)
    if (kind === 'domain') {
      const rows = card.judgements.filter((row) => row.domain === id)
      return ofMany(context, card, rows, words.of(theme.domains.find((row) => row.id === id)?.label))
    }
    if (kind === 'overall') return ofMany(context, card, card.judgements, words.text('overall'))
    const counts = { known: toldOf(card).length, missing: missingOf(card).length }
    return kind === 'known' ? html`<p class="sentence">${words.text('known_counts', counts)}</p>` : nothing
  }
  const piece = said()
  return piece === nothing ? nothing : html`<section class="answer ${standard?.verdict ?? ''}">${piece}</section>`
}
