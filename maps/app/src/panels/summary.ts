// The country in one glance: people before settlements.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import { subjectOf } from '../state/subject'
import { asked } from './asked'
import { brief } from './brief'
import { verdictCounts } from './counts'
import { firstHeadline } from './estimates'
import { evidenceBlock } from './evidence'
import { Panel, type Context } from './panel'
import { domainLines, scoreLines, standardBars } from './scores'
import { isStandard, shownName } from './subject'

/** Kinds of subjects of which the summary says all; of the others the lines below say more. */
const BRIEFED = ['indicator', 'estimate', 'people']

/** What the picture says of an area: evidence, or verdicts, gaps and standards. */
export function areaBlock(context: Context, area: Area): TemplateResult {
  const { state, theme } = context
  const { kind, id } = subjectOf(state)
  if (kind === 'known' || kind === 'indicator') return evidenceBlock(context, area, id)
  const score = area.scores[state.subject]
  return html`
    ${score && isStandard(theme, state.subject) ? verdictCounts(context, area, id) : nothing}
    ${scoreLines(context, area, state.subject)} ${standardBars(context, area)}
    ${state.subject === 'overall' ? domainLines(context, area) : nothing}
  `
}

export class Summary extends Panel {
  protected draw(context: Context): TemplateResult | typeof nothing {
    const { words, country, theme, state } = context
    const { summary } = this.session
    if (!country) return nothing
    return html`
      <section class="block summary" aria-labelledby="summary-title">
        <h2 id="summary-title">${words.of(theme.country.names) || words.name(country)}</h2>
        <p class="subject">${shownName(context)}</p>
        ${summary ? brief(context, summary) : nothing}
        ${state.subject === 'known'
          ? html`${firstHeadline(context, this.session.models)} ${asked(context, country)}`
          : nothing}
        ${BRIEFED.includes(subjectOf(state).kind) && summary ? nothing : areaBlock(context, country)}
        <p class="hint">${words.text('population_missing')}</p>
      </section>
    `
  }
}

customElements.define('paritet-summary', Summary)
