// What a subject says of the country: sentences, classes, the worst areas, town and village, age, who could tell more.
import { html, nothing, type TemplateResult } from 'lit'
import type { SummaryAnswer } from '../api/generated'
import type { Context } from './panel'

type Piece = TemplateResult | typeof nothing

/** A bar of a share 0…1 beside its number; the number says it too. */
export function meter(share: number, more = 0): TemplateResult {
  const part = (name: string, size: number): Piece =>
    size > 0 ? html`<span class=${name} .style=${`width: ${(100 * size).toFixed(1)}%`}></span>` : nothing
  return html`<span class="meter" aria-hidden="true">${part('bad', share)}${part('unknown', more)}</span>`
}

export function worst({ words, choose, named }: Context, { worst: { items, what, level, only_unknown: open } }: SummaryAnswer): Piece {
  const shown = items.filter((row) => row.settlements > 0)
  if (!shown.length) return nothing
  const most = Math.max(...shown.map((row) => row.people), 1)
  const kind = level === 'settlement' ? 'settlement' : 'area'
  return html`
    <h3>${words.text(open ? 'least_known' : 'worst')}</h3>
    <p class="hint">${what}</p>
    <ol class="worst">
      ${shown.map(
        (row) => html`<li>
          <button class="link" @click=${() => choose({ selected: `${kind}:${row.id}` })}>
            ${words.name(named.get(row.id) ?? row)}
          </button>
          <span class="number">${words.number(row.people)}</span>
          ${open ? meter(0, row.people / most) : meter(row.people / most)}
          <span class="hint">${[
            row.share === null ? '' : words.percent(row.share),
            row.said ?? words.plural('settlements', row.settlements),
          ].filter(Boolean).join(' · ')}</span>
        </li>`,
      )}
    </ol>
  `
}

function parity({ words }: Context, { parity: sides, worst: { what, only_unknown: open } }: SummaryAnswer): Piece {
  const shown = sides.filter((row) => row.people > 0)
  if (shown.length < 2) return nothing
  return html`
    <h3>${words.text('town_village')}</h3>
    ${what ? html`<p class="hint">${what}</p>` : nothing}
    <ul class="sides">
      ${shown.map(
        (row) => html`<li>
          <span>${row.label}</span>
          ${open ? meter(0, row.share ?? row.unknown_share ?? 0) : meter(row.share ?? 0, row.unknown_share ?? 0)}
          <span class="number">${row.share === null ? '—' : words.percent(row.share)}</span>
          ${row.unknown_share
            ? html`<span class="hint">${words.text('unknown_of', { share: words.percent(row.unknown_share) })}</span>`
            : nothing}
        </li>`,
      )}
    </ul>
  `
}

function ages({ words }: Context, { ages: years, out_of_date: old }: SummaryAnswer): Piece {
  if (!years.length) return nothing
  const weight = (row: { people: number; settlements: number }): number => row.people || row.settlements
  const most = Math.max(...years.map(weight), 1)
  return html`
    <h3>${words.text('how_old')}</h3>
    <ul class="ages">
      ${years.map(
        (row) => html`<li>
          <span>${row.year}</span> ${meter(weight(row) / most)}
          <span class="number">${words.plural('people', row.people)}</span>
        </li>`,
      )}
    </ul>
    ${old ? html`<p class="hint">${words.text('out_of_date', { people: words.plural('people', old) })}</p>` : nothing}
  `
}

function suppliers({ words }: Context, { suppliers: rows }: SummaryAnswer): Piece {
  if (!rows.length) return nothing
  return html`
    <h3>${words.text('who_could')}</h3>
    <ul class="suppliers">
      ${rows.map(
        (row) => html`<li>
          <strong>${row.supplier || words.text('who_unknown')}</strong>: ${row.label}
          <span class="hint">${words.text('not_known_for', { people: words.plural('people', row.people) })}</span>
        </li>`,
      )}
    </ul>
  `
}

/** All that a subject says of the country or an area. */
export function brief(context: Context, summary: SummaryAnswer): TemplateResult {
  return html`
    <div class="brief">
      ${summary.headline.slice(1).map((line) => html`<p>${line}</p>`)}
      ${summary.caption ? html`<p class="caption">${summary.caption}</p>` : nothing}
      ${worst(context, summary)} ${parity(context, summary)} ${suppliers(context, summary)} ${ages(context, summary)}
    </div>
  `
}
