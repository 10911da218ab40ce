// The head of a picture: what was promised until when, and what the data say of it.
import { html, nothing, type TemplateResult } from 'lit'
import type { SummaryAnswer } from '../api/generated'
import type { Context } from './panel'

type Piece = TemplateResult | typeof nothing

function due({ words }: Context, { due: day, days_left: left }: NonNullable<SummaryAnswer['promise']>): Piece {
  if (!day || left === null) return nothing
  const key = left >= 0 ? 'days_left' : 'days_over'
  const days = words.plural('days', Math.abs(left))
  return html` — <strong>${words.text('until', { day: words.date(day) })}</strong>, ${words.text(key, { days })}`
}

/** The promise in one line, and the first sentence of what is known. */
export function promiseBand(context: Context, summary: SummaryAnswer | null): Piece {
  if (!summary) return nothing
  const { words } = context
  const { promise, headline } = summary
  return html`
    <section class="promise" aria-label=${words.text('promise')}>
      ${promise
        ? html`<p class="promised">
            <span class="tag">${words.term('forces', promise.force)}</span> ${promise.title}${due(context, promise)}
            <span class="hint">${[promise.norm, promise.act].filter(Boolean).join(' · ')}</span>
          </p>`
        : nothing}
      ${headline.length ? html`<p class="headline">${headline[0]}</p>` : nothing}
    </section>
  `
}
