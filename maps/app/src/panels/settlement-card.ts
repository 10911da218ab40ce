// A settlement's scorecard: every value and judgement with status, source, date, norm,
// act, gap and the body that answers for it.
import { html, nothing, type TemplateResult } from 'lit'
import type { Judgement, Scorecard, UnitValue, Value } from '../api/generated'
import { documents } from './documents'
import { estimates } from './estimates'
import { journeys, service } from './journeys'
import { lift } from './lift'
import { chip, chipScore } from './marks'
import { actText, bothLists, confidenceTag, normText, readings } from './norms'
import type { Context } from './panel'
import { sourceNames } from './sources'
import { judgementGap, kindText, population, valueText, whereText } from './place'
import { gapText } from './scores'
import { verdictMark } from './verdicts'
import { ways } from './ways'
import type { Words } from '../words'

type Piece = TemplateResult | typeof nothing

function head({ words, named }: Context, { settlement: row }: Scorecard): TemplateResult {
  const shown = words.name(row)
  const others = Object.values(row.names ?? {}).filter((name) => name && name !== shown)
  const year = row.population_year ? ` · ${row.population_year}` : ''
  const people = population(row, words)
  const status = row.population_status ? ` · ${words.term('statuses', row.population_status)}` : ''
  return html`
    <h2>${shown}</h2>
    ${others.length ? html`<p class="hint">${[...new Set(others)].join(' · ')}</p>` : nothing}
    <dl class="facts">
      <dt>${words.text('population')}</dt>
      <dd><strong>${people.number}</strong>${people.range ? ` (${people.range})` : ''}<span class="hint">${year}${status}</span></dd>
      <dt>${words.text('kind')}</dt>
      <dd>${kindText(row, words)}</dd>
      <dt>${words.text('selsovet_centre')}</dt>
      <dd>${words.term('tristate', row.selsovet_centre ?? 'unknown')}</dd>
      <dt>${words.text('area')}</dt>
      <dd>${whereText(row, words, named)}</dd>
    </dl>
  `
}

function scores(context: Context, { scores: rows }: Scorecard): Piece {
  const { words, theme } = context
  const label = (group: string): string =>
    words.of(theme.domains.find((row) => row.id === group)?.label) || words.text('overall')
  const order = ['overall', ...theme.domains.map((row) => row.id)]
  // A domain without a standard has neither a score nor a coverage to show.
  const shown = order.flatMap((group) =>
    rows.filter((row) => row.group === group && row.coverage !== null),
  )
  if (!shown.length) return nothing
  return html`
    <h3>${words.text('scores')}</h3>
    <table class="lines">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.text('score')}</th>
          <th scope="col">${words.text('coverage')}</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (row) => html`<tr>
            <th scope="row">${label(row.group)}</th>
            <td>
              ${chipScore(theme, row.score)}
              ${gapText(context, { score: row.score, low: row.score_low, high: row.score_high })}
            </td>
            <td>${row.coverage === null ? '—' : words.percent(row.coverage)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  `
}

/** The tier over all draws, with those that it may be as well: never one place in a row. */
function tier({ words }: Context, { rank }: Scorecard): Piece {
  if (!rank) return nothing
  const ends = { low: rank.tier_low, high: rank.tier_high }
  const every = ends.low === 1 && ends.high === 5
  const key = every ? 'tier_unknown' : ends.low === ends.high ? 'tier_sure' : 'tier_open'
  return html`<p class="hint">${words.text(key, { tier: rank.tier ?? '', ...ends })}</p>`
}

/** The value behind a judgement, and how it is known. */
function valueFacts(context: Context, value: Value | UnitValue | undefined): Piece {
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

function normLine({ words, theme }: Context, row: Judgement, value?: Value | UnitValue): Piece {
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

/** A verdict with the value behind it; the card of an area shows its own norms so too. */
export function judgement(
  context: Context,
  row: Judgement,
  value?: Value | UnitValue,
  more: Piece = nothing,
): TemplateResult {
  const { words, theme } = context
  const mark = verdictMark(theme, row.verdict, value?.status ?? '')
  const gap = judgementGap(row, words)
  const responsible = words.of(row.responsible) || row.responsible_text
  return html`
    <article class="judgement ${row.verdict}">
      <h4>${words.of(row.title) || row.standard}</h4>
      <p class="verdict-line">
        ${chip(mark, words, row.verdict)}
        ${gap === '—' ? nothing : html`<span>${words.text('gap')}: <strong>${gap}</strong></span>`}
        ${row.force === 'law'
          ? nothing
          : html`<span class="tag">${words.term('forces', row.force)}</span>`}
      </p>
      <dl class="facts">
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
      </dl>
    </article>
  `
}

/** A norm of trips says little without the days: 28 trips on one day are no service. */
const BESIDE: Record<string, string> = { 'transport.trips_per_week': 'transport.days_per_week' }

function beside({ words }: Context, card: Scorecard, row: Judgement): Piece {
  const other = card.values.find((known) => known.indicator === BESIDE[row.indicator ?? ''])
  const text = other ? valueText(other, words) : ''
  return text
    ? html`<dt>${words.of(other?.label)}</dt>
        <dd>${text}</dd>`
    : nothing
}

function judgements(context: Context, card: Scorecard): Piece {
  const { words, theme } = context
  const shown = (row: Judgement): TemplateResult =>
    judgement(
      context,
      row,
      card.values.find((known) => known.indicator === row.indicator),
      beside(context, card, row),
    )
  // What has no norm for this class comes last and closed: it asks for nothing.
  const judged = card.judgements.filter((row) => row.verdict !== 'no_norm')
  const free = card.judgements.filter((row) => row.verdict === 'no_norm')
  return html`
    ${theme.domains.map((domain) => {
      const rows = judged.filter((row) => row.domain === domain.id)
      return rows.length
        ? html`<h3>${words.of(domain.label)}</h3>
            ${rows.map(shown)}`
        : nothing
    })}
    ${free.length
      ? html`<details>
          <summary>${words.term('verdicts', 'no_norm')}: ${free.length}</summary>
          ${free.map(shown)}
        </details>`
      : nothing}
  `
}

function otherValues(context: Context, card: Scorecard): Piece {
  const { words } = context
  const judged = new Set(card.judgements.map((row) => row.indicator))
  const rows = card.values.filter((row) => !judged.has(row.indicator))
  if (!rows.length) return nothing
  return html`
    <details>
      <summary>${words.text('other_values')}: ${rows.length}</summary>
      ${rows.map(
        (row) => html`<article class="judgement">
          <h4>${words.of(row.label) || row.indicator}</h4>
          <dl class="facts">${valueFacts(context, row)}</dl>
        </article>`,
      )}
    </details>
  `
}

export function settlementCard(context: Context, card: Scorecard): TemplateResult {
  const { words } = context
  return html`
    ${head(context, card)} ${scores(context, card)} ${tier(context, card)} ${lift(context, card)}
    ${estimates(context, card)} ${judgements(context, card)}
    ${service(context, card)} ${journeys(context, card)}
    ${ways(context, card)} ${otherValues(context, card)} ${documents(context, 'settlements', card.settlement.id)}
    ${card.identifiers.length
      ? html`<h3>${words.text('identifiers')}</h3>
          <dl class="facts codes">
            ${card.identifiers.map(
              (row) => html`<dt>${row.scheme}</dt>
                <dd>${row.value}</dd>`,
            )}
          </dl>`
      : nothing}
  `
}
