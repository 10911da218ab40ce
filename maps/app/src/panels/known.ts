// What is known of a settlement: each value in a line with how, where, when, and by whom.
import { html, nothing, type TemplateResult } from 'lit'
import type { Scorecard, Value } from '../api/generated'
import { subjectOf } from '../state/subject'
import type { Context } from './panel'
import { valueText } from './place'
import { sourceNames } from './sources'
import { groupedBy, toldOf } from './told'
import { wayOf } from './ways'

/** What the table of journeys says too, and better. */
const JOURNEYS = /^transport\.(journey_minutes|return_days)\./

/** The domain of what is chosen comes first. */
function ordered({ theme, state }: Context): string[] {
  const { kind, id } = subjectOf(state)
  const of =
    kind === 'standard'
      ? theme.standards.find((row) => row.id === id)?.domain
      : kind === 'indicator' || kind === 'known'
        ? theme.indicators.find((row) => row.code === id)?.domain
        : id
  const domains = theme.domains.map((row) => row.id)
  return domains.toSorted((a, b) => Number(b === of) - Number(a === of))
}

function line(context: Context, card: Scorecard, row: Value): TemplateResult {
  const { words } = context
  const how = [
    words.term('statuses', row.status),
    row.facility?.name ?? '',
    words.date(row.date),
    row.supplier ?? '',
  ].filter(Boolean)
  const text = valueText(row, words)
  return html`<li>
    <span class="what">${words.of(row.label) || row.indicator}</span>
    <span class="fact">
      ${text ? html`<strong>${text}</strong>` : nothing}
      <span class="hint">${how.join(' · ')}</span>
      ${row.stale ? html`<span class="tag stale">${words.text('stale')}</span>` : nothing}
      ${wayOf(context, card, row)}
    </span>
  </li>`
}

/** Values of one domain; who said it stands once under those of one source. */
function block(context: Context, card: Scorecard, rows: Value[], title: string): TemplateResult {
  const bySource = groupedBy(rows, ({ source }) => sourceNames(context, (source ?? '').split(/,\s*/)).join('; '))
  return html`
    <h4>${title}</h4>
    ${bySource.map(
      ([source, found]) => html`
        <ul class="known">
          ${found.map((row) => line(context, card, row))}
        </ul>
        ${source ? html`<p class="hint source">${source}</p>` : nothing}
      `,
    )}
  `
}

export function known(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words, theme } = context
  const told = toldOf(card).filter((row) => !(card.journeys.length && JOURNEYS.test(row.indicator)))
  if (!told.length) return nothing
  const label = (id: string): string => words.of(theme.domains.find((row) => row.id === id)?.label)
  const rest = [...new Set(told.map((row) => row.domain ?? ''))]
  return html`
    <h3>${words.text('known_here')}</h3>
    ${[...new Set([...ordered(context), ...rest])].map((domain) => {
      const rows = told.filter((row) => (row.domain ?? '') === domain)
      return rows.length ? block(context, card, rows, label(domain) || domain) : nothing
    })}
  `
}
