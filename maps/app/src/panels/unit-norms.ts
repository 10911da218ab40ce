// Norms of the area itself: judged for the raion or oblast as a whole, never for one of
// its settlements.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { UnitJudgement } from '../api/generated'
import { judgement } from './judgement'
import type { Context } from './panel'

/** Who could state the value, where nobody has. */
function whoCould({ words }: Context, row: UnitJudgement): TemplateResult | typeof nothing {
  const names = row.verdict === 'unknown' ? words.of(row.value?.could_supply) : ''
  return names
    ? html`<dt>${words.text('who_could')}</dt>
        <dd>${names}</dd>`
    : nothing
}

export function unitNorms(context: Context, area: Area): TemplateResult | typeof nothing {
  const rows = area.unit_judgements ?? []
  if (!rows.length) return nothing
  const { words } = context
  return html`
    <h3>${words.text('unit_norms')}</h3>
    <p class="hint">${words.text('unit_norms_hint')}</p>
    ${rows.map((row) => judgement(context, row, row.value ?? undefined, whoCould(context, row)))}
  `
}
