// People and settlements by verdict or status: a bar and its rows in words.
import { html, nothing, type TemplateResult } from 'lit'
import { counted, type Area } from '../api/areas'
import type { Evidence } from '../api/generated'
import type { Mark } from '../api/generated'
import { bar, swatch } from './marks'
import type { Context } from './panel'
import { assumedPart, verdictMarks } from './verdicts'

export interface Count {
  mark: Mark
  people: number
  settlements: number
}

/** The bar of people, or of settlements where nobody is counted. */
export function countBar(rows: Count[]): TemplateResult {
  const byPeople = rows.some((row) => row.people > 0)
  return bar(rows.map((row) => ({ mark: row.mark, size: byPeople ? row.people : row.settlements })))
}

function counts(context: Context, rows: Count[]): TemplateResult {
  const shown = rows.filter((row) => row.settlements > 0)
  const { words } = context
  return html`
    ${countBar(shown)}
    <ul class="counts">
      ${shown.map(
        (row) => html`
          <li>
            ${swatch(row.mark)}
            <span class="what">${words.of(row.mark.label)}</span>
            <span class="much">${words.peopleIn(row.people, row.settlements)}</span>
          </li>
        `,
      )}
    </ul>
  `
}

/** People and settlements by verdict of a standard. */
export function verdictCounts(context: Context, area: Area, standard: string): TemplateResult {
  const { theme, words } = context
  const score = area.scores[`standard:${standard}`]
  const rows = verdictMarks(theme, area, standard).map((mark, i) => ({
    mark,
    people: counted(score, 'population', theme.verdicts[i]?.id),
    settlements: counted(score, 'settlements', theme.verdicts[i]?.id),
  }))
  const info = theme.standards.find((row) => row.id === standard)
  const partly = info?.assumed.length && assumedPart(area, info.indicator) === 'some'
  return html`
    ${counts(context, rows)}
    ${partly ? html`<p class="hint">${words.text('partly_assumed')}</p>` : nothing}
  `
}

/** Evidence by status; what is out of date is a part of its own. */
export function statusParts({ theme }: Context, evidence: Evidence[]): Count[] {
  const sum = (rows: Evidence[], size: (row: Evidence) => number | null): number =>
    rows.reduce((total, row) => total + (size(row) ?? 0), 0)
  const current = theme.statuses.map((mark) => {
    const own = evidence.filter((row) => row.status === mark.id)
    return {
      mark,
      people: sum(own, (row) => (row.population ?? 0) - (row.population_stale ?? 0)),
      settlements: sum(own, (row) => row.settlements - (row.settlements_stale ?? 0)),
    }
  })
  const stale = {
    mark: theme.stale,
    people: sum(evidence, (row) => row.population_stale),
    settlements: sum(evidence, (row) => row.settlements_stale),
  }
  const known = current.filter((row) => theme.known_statuses.includes(row.mark.id))
  return [...known, stale, ...current.filter((row) => !known.includes(row))]
}

/** People and settlements by how the indicator's value is known. */
export function statusCounts(context: Context, evidence: Evidence[]): TemplateResult {
  return counts(context, statusParts(context, evidence))
}
