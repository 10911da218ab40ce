// The country in one glance: people before settlements.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { Theme } from '../api/generated'
import { asked } from './asked'
import { verdictCounts } from './counts'
import { estimateBlock, firstHeadline } from './estimates'
import { evidenceBlock } from './evidence'
import { Panel, type Context } from './panel'
import { domainLines, scoreLines, standardBars } from './scores'

/** Name of what is chosen. */
export function subjectName({ words, theme, state }: Context): string {
  if (state.view === 'evidence') {
    const found = theme.indicators.find((row) => row.code === state.indicator)
    return found ? words.of(found.label) : words.text('all_indicators')
  }
  const [kind, id] = state.subject.split(/:(.*)/s)
  if (kind === 'indicator') return words.of(theme.indicators.find((row) => row.code === id)?.label)
  if (kind === 'estimate') return words.of(theme.estimated.find((row) => row.indicator === id)?.label)
  if (kind === 'standard') return words.of(theme.standards.find((row) => row.id === id)?.title)
  if (kind === 'domain') return words.of(theme.domains.find((row) => row.id === id)?.label)
  return words.text('overall')
}

export function isStandard(theme: Theme, subject: string): boolean {
  return theme.standards.some((row) => subject === `standard:${row.id}`)
}

/** What the picture says of an area: evidence, or verdicts, gaps and standards. */
export function areaBlock(context: Context, area: Area): TemplateResult {
  const { state, theme } = context
  if (state.view === 'evidence') return evidenceBlock(context, area)
  if (state.subject.startsWith('indicator:')) {
    const indicator = state.subject.slice('indicator:'.length)
    return evidenceBlock({ ...context, state: { ...state, indicator } }, area)
  }
  const score = area.scores[state.subject]
  return html`
    ${score && isStandard(theme, state.subject)
      ? verdictCounts(context, area, state.subject.slice('standard:'.length))
      : nothing}
    ${scoreLines(context, area, state.subject)} ${standardBars(context, area)}
    ${state.subject === 'overall' ? domainLines(context, area) : nothing}
  `
}

export class Summary extends Panel {
  protected draw(context: Context): TemplateResult | typeof nothing {
    const { words, country, theme, state } = context
    if (!country) return nothing
    return html`
      <section class="block summary" aria-labelledby="summary-title">
        <h2 id="summary-title">${words.of(theme.country.names) || words.name(country)}</h2>
        <p class="subject">${subjectName(context)}</p>
        ${state.view === 'evidence' && !state.indicator
          ? html`${firstHeadline(context, this.session.models)} ${asked(context, country)}`
          : nothing}
        ${state.view !== 'evidence' && state.subject.startsWith('estimate:')
          ? html`${estimateBlock(context, this.session.models)} ${asked(context, country)}`
          : areaBlock(context, country)}
        <p class="hint">${words.text('population_missing')}</p>
      </section>
    `
  }
}

customElements.define('paritet-summary', Summary)
