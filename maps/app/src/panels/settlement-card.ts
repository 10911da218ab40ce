// A settlement's scorecard: the answer to what is chosen, what is known, the verdicts, and
// what is missing and who has it.
import { html, nothing, type TemplateResult } from 'lit'
import type { Judgement, Scorecard, Value } from '../api/generated'
import { answer, beside } from './answer'
import { compareButton } from './compare-with'
import { documents } from './documents'
import { estimates } from './estimates'
import { foldedJudgement } from './judgement'
import { journeys, service } from './journeys'
import { known } from './known'
import { lift } from './lift'
import { chipScore } from './marks'
import { missing } from './missing'
import type { Context } from './panel'
import { kindText, population, whereText } from './place'
import { gapText, scoreHead } from './scores'
import { toldOf } from './told'
import { ways } from './ways'

type Piece = TemplateResult | typeof nothing

function head({ words }: Context, { settlement: row }: Scorecard): TemplateResult {
  const shown = words.name(row)
  const others = Object.values(row.names ?? {}).filter((name) => name && name !== shown)
  return html`
    <h2>${shown}</h2>
    ${others.length ? html`<p class="hint">${[...new Set(others)].join(' · ')}</p>` : nothing}
  `
}

function place({ words, named }: Context, { settlement: row }: Scorecard): TemplateResult {
  const year = row.population_year ? ` · ${row.population_year}` : ''
  const people = population(row, words)
  const status = row.population_status ? ` · ${words.term('statuses', row.population_status)}` : ''
  return html`
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
      ${scoreHead(words)}
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

/** Norms of which something is known; the chosen one opens the card. */
function judgements(context: Context, card: Scorecard): Piece {
  const { words, theme, state } = context
  const value = (row: Judgement): Value | undefined => card.values.find((known) => known.indicator === row.indicator)
  const shown = (row: Judgement): TemplateResult =>
    foldedJudgement(context, row, value(row), beside(context, card, row))
  const told = new Set(toldOf(card).map((row) => row.indicator))
  // Of what nobody told anything there is no more to say than who could.
  const empty = (row: Judgement): boolean => row.verdict === 'unknown' && !told.has(row.indicator ?? '')
  const others = card.judgements.filter((row) => `standard:${row.standard}` !== state.subject)
  const judged = others.filter((row) => row.verdict !== 'no_norm' && !empty(row))
  const free = others.filter((row) => row.verdict === 'no_norm')
  const order = theme.verdicts.map((mark) => mark.id)
  judged.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
  if (!judged.length && !free.length) return nothing
  return html`
    <h3>${words.text('judgements')}</h3>
    ${judged.map(shown)}
    ${free.length
      ? html`<details>
          <summary>${words.term('verdicts', 'no_norm')}: ${free.length}</summary>
          ${free.map(shown)}
        </details>`
      : nothing}
  `
}

export function settlementCard(context: Context, card: Scorecard): TemplateResult {
  const { words } = context
  return html`
    ${head(context, card)} ${answer(context, card)} ${place(context, card)}
    ${known(context, card)} ${estimates(context, card)}
    ${service(context, card)} ${journeys(context, card)} ${ways(context, card)}
    ${judgements(context, card)} ${missing(context, card)} ${lift(context, card)}
    ${compareButton(context, `settlement:${card.settlement.id}`)}
    ${scores(context, card)} ${tier(context, card)} ${documents(context, 'settlements', card.settlement.id)}
    ${card.identifiers.length
      ? html`<details>
          <summary>${words.text('identifiers')}: ${card.identifiers.length}</summary>
          <dl class="facts codes">
            ${card.identifiers.map(
              (row) => html`<dt>${row.scheme}</dt>
                <dd>${row.value}</dd>`,
            )}
          </dl>
        </details>`
      : nothing}
  `
}
