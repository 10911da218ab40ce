// What nobody told of a settlement, in one block: by who has it, and which norms wait for it.
import { html, nothing, type TemplateResult } from 'lit'
import type { Scorecard, Value } from '../api/generated'
import type { Context } from './panel'
import { groupedBy, missingOf } from './told'

/** Norms whose text was not read wait for an act, not for a list. */
const UNREAD = 'norm_not_read'

/** The form of the raion, where the settlement lies in one. */
function form({ words, client }: Context, card: Scorecard): TemplateResult | typeof nothing {
  const raion = card.settlement.raion
  if (!raion) return nothing
  const address = client.document(`areas/${encodeURIComponent(raion.id)}/workbook`, {})
  return html`<p><a href=${address} download>${words.text('workbook_of', { raion: words.name(raion) })}</a></p>`
}

function oneSupplier(context: Context, card: Scorecard, supplier: string, rows: Value[]): TemplateResult {
  const { words } = context
  const codes = new Set(rows.map((row) => row.indicator))
  const waiting = card.judgements.filter(
    (row) => row.verdict === 'unknown' && row.reason !== UNREAD && codes.has(row.indicator ?? ''),
  )
  return html`<li>
    <strong>${supplier || words.text('who_unknown')}</strong>: ${rows.length}
    <span class="hint">${rows.map((row) => words.of(row.label) || row.indicator).join('; ')}</span>
    ${waiting.length
      ? html`<span class="hint">
          ${words.text('norms_waiting', { n: waiting.length })}: ${waiting.map((row) => words.of(row.title)).join('; ')}
        </span>`
      : nothing}
  </li>`
}

export function missing(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words, theme } = context
  const rows = missingOf(card)
  const unread = card.judgements.filter((row) => row.reason === UNREAD)
  if (!rows.length && !unread.length) return nothing
  const supplier = (row: Value): string =>
    words.of(theme.indicators.find((info) => info.code === row.indicator)?.supplier)
  const groups = groupedBy(rows, supplier).sort(([, a], [, b]) => b.length - a.length)
  return html`
    <details class="missing">
      <summary>${words.text('missing_here')}: ${rows.length}</summary>
      <ul>
        ${groups.map(([name, found]) => oneSupplier(context, card, name, found))}
        ${unread.length
          ? html`<li>
              <strong>${words.term('reasons', UNREAD)}</strong>: ${unread.length}
              <span class="hint">${unread.map((row) => words.of(row.title)).join('; ')}</span>
            </li>`
          : nothing}
      </ul>
      ${form(context, card)}
    </details>
  `
}
