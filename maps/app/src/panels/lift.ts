// Which one measure would lift the settlement most: for every breach, what would keep
// the norm and by how much the mean gap would fall. The numbers come from the release.
import { html, nothing, type TemplateResult } from 'lit'
import type { Measure, Scorecard } from '../api/generated'
import type { Context } from './panel'

/** «12 → 20 рейсов в неделю», or the norm alone where the value is not a single one. */
function stepText({ words }: Context, row: Measure): string {
  if (row.needed === null) return ''
  const needed = words.value(row.needed, row.unit)
  if (row.value === null) return needed
  const now =
    row.unit === 'yes/no' ? words.value(row.value, row.unit) : words.number(row.value, 1)
  return `${now} → ${needed}`
}

function effectText({ words }: Context, row: Measure): string {
  const change = row.score_change_overall
  if (change === null) return words.text('lift_unscored')
  return words.text('lift_points', { x: words.number(-change * 100, 1) })
}

export function lift(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words, theme } = context
  if (!card.measures.length) return nothing
  return html`
    <h3>${words.text('lift')}</h3>
    <ol class="lift">
      ${card.measures.map((row) => {
        const standard = theme.standards.find((known) => known.id === row.standard)
        return html`<li>
          ${words.of(standard?.title) || row.standard}: <strong>${stepText(context, row)}</strong><br />
          <span class="hint">${effectText(context, row)}</span>
        </li>`
      })}
    </ol>
  `
}
