// An area: what its people get under the chosen standard, and what is known.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { Session } from '../state/session'
import './area-brief'
import { compareButton } from './compare-with'
import { contributions } from './contributions'
import { documents } from './documents'
import { ladder } from './ladder'
import type { Context } from './panel'
import { peers } from './peers'
import { shownName } from './subject'
import './trend'
import { unitNorms } from './unit-norms'

function head({ words }: Context, area: Area): TemplateResult {
  const overall = area.scores['overall'] ?? Object.values(area.scores)[0]
  return html`
    <h2>${words.name(area)}</h2>
    ${area.analytic ? html`<p class="hint">${words.text('analytic_cell')}</p>` : nothing}
    <p class="lead">
      ${overall
        ? words.peopleIn(overall.population ?? 0, overall.settlements)
        : words.term('verdicts', 'unknown')}
    </p>
    ${area.population_official === null
      ? nothing
      : html`<p class="hint">
          ${words.text('official')}: ${words.number(area.population_official)}
          (${area.population_official_year})
        </p>`}
  `
}

export function areaCard(
  context: Context,
  area: Area,
  session: Session,
  openTable: (raion: string) => void,
): TemplateResult {
  const { words } = context
  return html`
    ${head(context, area)}
    <h3>${shownName(context)}</h3>
    <paritet-area-brief .session=${session} .area=${area}></paritet-area-brief>
    ${contributions(context, area)} ${peers(context, area)}
    ${area.analytic ? nothing : html`<paritet-trend .session=${session} area=${area.id}></paritet-trend>`}
    ${unitNorms(context, area)} ${ladder(context, area)}
    ${area.level === 'raion'
      ? html`<button class="wide" @click=${() => openTable(area.id)}>
          ${words.text('show_in_table')}
        </button>`
      : nothing}
    ${compareButton(context, `area:${area.id}`)}
    ${area.analytic ? nothing : documents(context, 'areas', area.id)}
  `
}
