// Which standards make the gap of an area: parts that sum to its score.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import { meter } from './brief'
import type { Context } from './panel'

const PERCENT = 100

/** The parts of the chosen gap; a single standard is one part of the whole. */
export function contributions(context: Context, area: Area): TemplateResult | typeof nothing {
  const { words, theme, state } = context
  const [kind, id] = state.subject.split(/:(.*)/s)
  if (!area.contributions || !['overall', 'domain', 'standard'].includes(kind ?? '')) return nothing
  if (!['raion', 'oblast', 'country'].includes(area.level)) return nothing
  const subject = kind === 'standard' ? 'overall' : state.subject
  const parts = area.contributions[subject]
  const score = area.scores[subject]?.score
  const title = html`<h3>${words.text('contributions')}</h3>`
  if (typeof score !== 'number') return html`${title}<p class="hint">${words.text('contributions_none')}</p>`
  // An older release may have been scored in another way: what does not sum is not told.
  if (!parts) return nothing
  // Zero is no part of anything.
  const rows = Object.entries(parts).filter(([standard, part]) => part > 0 && (kind !== 'standard' || standard === id))
  if (!rows.length) return nothing
  return html`
    ${title}
    <ul class="parts">
      ${rows.map(([standard, part]) => {
        const name = words.of(theme.standards.find((row) => row.id === standard)?.title) || standard
        const points = words.text('points', { x: words.number(part * PERCENT, 1) })
        return html`<li>
          ${name}
          ${meter(part / score)}
          <span class="much">${words.text('contribution_share', { share: words.percent(part / score) })} · ${points}</span>
        </li>`
      })}
    </ul>
    <p class="hint">${words.text('contributions_note', { score: words.percent(score) })}</p>
  `
}
