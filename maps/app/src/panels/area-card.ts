// An area: what its people get under the chosen standard, and what is known.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import { chipScore } from './marks'
import type { Context } from './panel'
import { evidenceBlock, gapText, isStandard, scoreLines, subjectName, verdictCounts } from './summary'

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

function domains(context: Context, area: Area): TemplateResult {
  const { words, theme } = context
  const rows = [
    { subject: 'overall', label: words.text('overall') },
    ...theme.domains.map((row) => ({ subject: `domain:${row.id}`, label: words.of(row.label) })),
  ].filter((row) => area.scores[row.subject])
  return html`
    <h3>${words.text('scores')}</h3>
    <table class="lines">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.text('score')}</th>
          <th scope="col">${words.text('coverage')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ subject, label }) => {
          const row = area.scores[subject]
          if (!row) return nothing
          const gap = { score: row.score, low: row.score_low, high: row.score_high }
          return html`<tr>
            <th scope="row">${label}</th>
            <td>${chipScore(context.theme, row.score)} ${gapText(context, gap)}</td>
            <td>${row.coverage === null ? '—' : words.percent(row.coverage)}</td>
          </tr>`
        })}
      </tbody>
    </table>
  `
}

function chosen(context: Context, area: Area): TemplateResult {
  const { state, theme } = context
  if (state.view === 'evidence') return evidenceBlock(context, area, state.indicator)
  const score = area.scores[state.subject]
  return html`
    ${score && isStandard(theme, state.subject) ? verdictCounts(context, score) : nothing}
    ${scoreLines(context, area, state.subject)}
  `
}

export function areaCard(
  context: Context,
  area: Area,
  openTable: (raion: string) => void,
): TemplateResult {
  const { words } = context
  return html`
    ${head(context, area)}
    <h3>${subjectName(context)}</h3>
    ${chosen(context, area)} ${domains(context, area)}
    ${area.level === 'raion'
      ? html`<button class="wide" @click=${() => openTable(area.id)}>
          ${words.text('show_in_table')}
        </button>`
      : nothing}
  `
}
