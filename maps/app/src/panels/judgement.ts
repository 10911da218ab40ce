// A verdict: its value, norm, act, gap and who answers for it; and a value alone.
import { html, nothing, type TemplateResult } from 'lit'
import type { Judgement, UnitValue, Value } from '../api/generated'
import { chip } from './marks'
import { actText, bothLists, confidenceTag, normText, readings } from './norms'
import type { Context } from './panel'
import { judgementGap, valueText } from './place'
import { sourceNames } from './sources'
import { verdictMark } from './verdicts'
import type { Words } from '../words'

type Piece = TemplateResult | typeof nothing
type Known = Value | UnitValue | undefined

/** The value behind a judgement, and how it is known. */
export function valueFacts(context: Context, value: Known): Piece {
  if (!value) return nothing
  const { words } = context
  const text = valueText(value, words)
  const place = 'facility' in value ? value.facility?.name : null
  const source = value.source
    ? sourceNames(context, value.source.split(/,\s*/)).join('; ')
    : ''
  return html`
    <dt>${words.text('value')}</dt>
    <dd>
      ${text ? html`<strong>${text}</strong> · ` : nothing}${words.term('statuses', value.status)}
      ${place ? html`<span class="hint"> · ${place}</span>` : nothing}
    </dd>
    ${source || value.date
      ? html`<dt>${words.text('source')}</dt>
          <dd>
            ${source}${source && value.date ? ', ' : ''}${words.date(value.date)}
            ${value.supplier ? html`<br />${words.text('supplier')}: ${value.supplier}` : nothing}
          </dd>`
      : nothing}
  `
}

function normLine({ words, theme }: Context, row: Judgement, value: Known): Piece {
  const info = theme.indicators.find((known) => known.code === row.indicator) ?? value
  const unit = info?.unit ?? ''
  const text = normText(words, row, unit, info?.better ?? '')
  const due = row.due ? `, ${words.text('due')} ${words.date(row.due)}` : ''
  return text
    ? html`<dt>${words.text('norm')}</dt>
        <dd>
          ${text}${due} ${confidenceTag(row.confidence, words)} ${bothLists(words, row, unit)}
        </dd>`
    : nothing
}

function whyUnknown({ words }: Context, row: Judgement): Piece {
  if (!row.reason) return nothing
  const fresh = row.verdict_if_fresh
    ? ` (${words.text('if_fresh', { verdict: words.term('verdicts', row.verdict_if_fresh).toLowerCase() })})`
    : ''
  return html`<dt>${words.text('reason')}</dt>
    <dd>${words.term('reasons', row.reason)}${fresh}</dd>`
}

/** A gap above 0 beside the compliance gap: against the towns, or of the norms. */
function gapLine(label: string, gap: number | null, words: Words): Piece {
  if (gap === null || gap === 0) return nothing
  return html`<dt>${label}</dt>
    <dd>${words.percent(gap)}</dd>`
}

/** The mark of a verdict, the gap, and a tag where it is no law. */
export function verdictLine({ words, theme }: Context, row: Judgement, value: Known): TemplateResult {
  const gap = judgementGap(row, words)
  return html`<p class="verdict-line">
    ${chip(verdictMark(theme, row.verdict, value?.status ?? ''), words, row.verdict)}
    ${gap === '—' ? nothing : html`<span>${words.text('gap')}: <strong>${gap}</strong></span>`}
    ${row.force === 'law' ? nothing : html`<span class="tag">${words.term('forces', row.force)}</span>`}
  </p>`
}

/** What a verdict rests on, line by line. */
export function verdictFacts(context: Context, row: Judgement, value: Known, more: Piece = nothing): TemplateResult {
  const { words } = context
  const responsible = words.of(row.responsible) || row.responsible_text
  return html`<dl class="facts">
    ${whyUnknown(context, row)} ${valueFacts(context, value)} ${normLine(context, row, value)}
    ${row.verdict === 'no_norm' ? nothing : readings(words, row)}
    ${gapLine(words.text('parity_gap'), row.parity_gap, words)}
    ${gapLine(words.text('norm_gap'), row.norm_gap, words)}
    ${row.progress === null
      ? nothing
      : html`<dt>${words.text('progress')}</dt>
          <dd>${words.percent(row.progress)}</dd>`}
    ${row.sources.length
      ? html`<dt>${words.text('act')}</dt>
          <dd>${row.sources.map((act) => html`<div>${actText(act, words)}</div>`)}</dd>`
      : nothing}
    ${responsible
      ? html`<dt>${words.text('responsible')}</dt>
          <dd>${responsible}</dd>`
      : nothing}
    ${more}
  </dl>`
}

/** A verdict with the value behind it; the card of an area shows its own norms so too. */
export function judgement(context: Context, row: Judgement, value: Known, more: Piece = nothing): TemplateResult {
  return html`<article class="judgement ${row.verdict}">
    <h4>${context.words.of(row.title) || row.standard}</h4>
    ${verdictLine(context, row, value)} ${verdictFacts(context, row, value, more)}
  </article>`
}

/** The same folded up: what it is and how it stands, the rest on demand. */
export function foldedJudgement(context: Context, row: Judgement, value: Known, more: Piece = nothing): TemplateResult {
  return html`<details class="judgement ${row.verdict}">
    <summary>
      <span class="what">${context.words.of(row.title) || row.standard}</span>
      ${verdictLine(context, row, value)}
      ${row.reason ? html`<span class="hint">${context.words.term('reasons', row.reason)}</span>` : nothing}
    </summary>
    ${verdictFacts(context, row, value, more)}
  </details>`
}
