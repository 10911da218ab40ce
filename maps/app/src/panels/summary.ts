// The country (or an area) in one glance: people before settlements.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area, AreaScore, Evidence } from '../api/areas'
import type { Mark, Theme } from '../api/types'
import { bar, chipScore, swatch } from './marks'
import { Panel, type Context } from './panel'

interface Count {
  mark: Mark
  people: number
  settlements: number
}

function counts(context: Context, rows: Count[]): TemplateResult {
  const shown = rows.filter((row) => row.settlements > 0)
  const byPeople = shown.some((row) => row.people > 0)
  const { words } = context
  return html`
    ${bar(shown.map((row) => ({ mark: row.mark, size: byPeople ? row.people : row.settlements })))}
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

/** People and settlements by verdict. */
export function verdictCounts(context: Context, score: AreaScore): TemplateResult {
  const rows = context.theme.verdicts.map((mark) => ({
    mark,
    people: score[`population_${mark.id}`] ?? 0,
    settlements: score[`settlements_${mark.id}`] ?? 0,
  }))
  return counts(context, rows)
}

/** People and settlements by the status of the indicator's value. */
export function statusCounts(context: Context, evidence: Evidence[]): TemplateResult {
  const rows = context.theme.statuses.map((mark) => {
    const own = evidence.filter((row) => row.status === mark.id)
    return {
      mark,
      people: own.reduce((sum, row) => sum + (row.population ?? 0), 0),
      settlements: own.reduce((sum, row) => sum + row.settlements, 0),
    }
  })
  return counts(context, rows)
}

/** «12 %», or the range where it is not certain, or «неизвестно». */
export function gapText(
  { words }: Context,
  gap: { score: number | null; low: number | null; high: number | null },
): string {
  const { score, low, high } = gap
  const open = low === null || high === null || (low === 0 && high === 1)
  const range = open || low === high ? '' : words.percentRange(low, high)
  if (score === null) return range || words.term('verdicts', 'unknown')
  return range ? `${words.percent(score)} (${range})` : words.percent(score)
}

function verdictParts({ theme }: Context, score: AreaScore): { mark: Mark; size: number }[] {
  const people = (score.population ?? 0) > 0
  return theme.verdicts.map((mark) => ({
    mark,
    size: score[`${people ? 'population' : 'settlements'}_${mark.id}`] ?? 0,
  }))
}

/** One bar per standard of what is chosen; those who are let down come first in words. */
export function standardBars(context: Context, area: Area): TemplateResult | typeof nothing {
  const { theme, words, state } = context
  const [kind, id] = state.subject.split(/:(.*)/s)
  const rows = theme.standards.flatMap((row) => {
    const score = area.scores[`standard:${row.id}`]
    return score && (kind === 'overall' || row.domain === id) ? [{ row, score }] : []
  })
  if (kind === 'standard' || !rows.length) return nothing
  return html`
    <h3>${words.text('by_standard')}</h3>
    <ul class="bars">
      ${rows.map(({ row, score }) => {
        const breached = score.settlements_breached ?? 0
        return html`<li>
          <button class="link" @click=${() => context.choose({ subject: `standard:${row.id}` })}>
            ${words.of(row.title)}
          </button>
          ${bar(verdictParts(context, score))}
          ${breached
            ? html`<p>
                ${words.term('verdicts', 'breached')}:
                ${words.peopleIn(score.population_breached ?? 0, breached)}
              </p>`
            : nothing}
        </li>`
      })}
    </ul>
  `
}

/** Mean gap and coverage of every domain. */
export function domainLines(context: Context, area: Area): TemplateResult {
  const { words, theme } = context
  const rows = [
    { subject: 'overall', label: words.text('overall') },
    ...theme.domains.map((row) => ({ subject: `domain:${row.id}`, label: words.of(row.label) })),
  ]
  return html`
    <h3>${words.text('by_domain')}</h3>
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
            <td>${chipScore(theme, row.score)} ${gapText(context, gap)}</td>
            <td>${row.coverage === null ? '—' : words.percent(row.coverage)}</td>
          </tr>`
        })}
      </tbody>
    </table>
  `
}

export function scoreLines(context: Context, area: Area, subject: string): TemplateResult {
  const { words } = context
  const line = (label: string, score: AreaScore | undefined): TemplateResult | typeof nothing =>
    score && score.settlements
      ? html`<tr>
          <th scope="row">${label}</th>
          <td>
            ${gapText(context, { score: score.score, low: score.score_low, high: score.score_high })}
          </td>
          <td>${score.coverage === null ? '—' : words.percent(score.coverage)}</td>
        </tr>`
      : nothing
  return html`
    <table class="lines">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.text('score')}</th>
          <th scope="col">${words.text('coverage')}</th>
        </tr>
      </thead>
      <tbody>
        ${line(words.text('any_place'), area.scores[subject])}
        ${line(words.text('town'), area.subgroups['town']?.[subject])}
        ${line(words.text('village'), area.subgroups['village']?.[subject])}
      </tbody>
    </table>
  `
}

function ages(context: Context, rows: Evidence[]): TemplateResult {
  const { words, theme } = context
  const known = rows.filter((row) => theme.known_statuses.includes(row.status))
  const first = known.map((row) => row.date_min ?? '').filter(Boolean).sort()[0]
  const last = known.map((row) => row.date_max ?? '').filter(Boolean).sort().at(-1)
  const people = known.reduce((sum, row) => sum + (row.population_stale ?? 0), 0)
  const settlements = known.reduce((sum, row) => sum + (row.settlements_stale ?? 0), 0)
  return html`
    <dt>${words.text('how_old')}</dt>
    <dd>
      ${first
        ? first === last
          ? words.date(first)
          : `${words.date(first)} – ${words.date(last)}`
        : words.text('no_dates')}
      ${settlements
        ? html`<br />${words.text('stale')}: ${words.peopleIn(people, settlements)}`
        : nothing}
    </dd>
  `
}

/** What is known of an indicator, how old it is, and who could supply the rest. */
export function evidenceBlock(context: Context, area: Area, indicator: string): TemplateResult {
  const rows = area.evidence.filter((row) => row.indicator === indicator)
  const info = context.theme.indicators.find((row) => row.code === indicator)
  const { words } = context
  return html`
    ${statusCounts(context, rows)}
    <dl class="facts">
      ${ages(context, rows)}
      <dt>${words.text('who_could')}</dt>
      <dd>${words.of(info?.supplier) || words.text('who_unknown')}</dd>
    </dl>
  `
}

/** Name of what is chosen. */
export function subjectName({ words, theme, state }: Context): string {
  if (state.view === 'evidence') {
    const found = theme.indicators.find((row) => row.code === state.indicator)
    return found ? words.of(found.label) : words.text('all_indicators')
  }
  const [kind, id] = state.subject.split(/:(.*)/s)
  if (kind === 'standard') return words.of(theme.standards.find((row) => row.id === id)?.title)
  if (kind === 'domain') return words.of(theme.domains.find((row) => row.id === id)?.label)
  return words.text('overall')
}

export function isStandard(theme: Theme, subject: string): boolean {
  return theme.standards.some((row) => subject === `standard:${row.id}`)
}

export class Summary extends Panel {
  protected draw(context: Context): TemplateResult | typeof nothing {
    const { words, country, theme } = context
    if (!country) return nothing
    return html`
      <section class="block summary" aria-labelledby="summary-title">
        <h2 id="summary-title">${words.of(theme.country.names) || words.name(country)}</h2>
        <p class="subject">${subjectName(context)}</p>
        ${this.#body(context, country)}
        <p class="hint">${words.text('population_missing')}</p>
      </section>
    `
  }

  #body(context: Context, country: Area): TemplateResult {
    const { state, theme } = context
    if (state.view === 'evidence') return evidenceBlock(context, country, state.indicator)
    const score = country.scores[state.subject]
    return html`
      ${score && isStandard(theme, state.subject) ? verdictCounts(context, score) : nothing}
      ${scoreLines(context, country, state.subject)} ${standardBars(context, country)}
      ${state.subject === 'overall' ? domainLines(context, country) : nothing}
    `
  }
}

customElements.define('paritet-summary', Summary)
