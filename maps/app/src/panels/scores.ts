// Gaps and coverage of an area: by town and village, by domain, by standard.
import { html, nothing, type TemplateResult } from 'lit'
import { counted, type Area } from '../api/areas'
import type { AreaScore } from '../api/generated'
import type { Mark } from '../api/generated'
import { bar, chipScore } from './marks'
import type { Context } from './panel'
import { verdictMarks } from './verdicts'
import type { Words } from '../words'

/** «12 %», or the range where it is not certain, or «неизвестно». */
export function gapText(
  { words }: Pick<Context, 'words'>,
  gap: { score: number | null; low: number | null; high: number | null },
): string {
  const { score, low, high } = gap
  const open = low === null || high === null || (low === 0 && high === 1)
  const range = open || low === high ? '' : words.percentRange(low, high)
  if (score === null) return range || words.term('verdicts', 'unknown')
  return range ? `${words.percent(score)} (${range})` : words.percent(score)
}

function verdictParts(
  { theme }: Context,
  area: Area,
  standard: string,
  score: AreaScore,
): { mark: Mark; size: number }[] {
  const what = (score.population ?? 0) > 0 ? 'population' : 'settlements'
  return verdictMarks(theme, area, standard).map((mark, i) => ({
    mark,
    size: counted(score, what, theme.verdicts[i]?.id),
  }))
}

/** One bar per standard; in words those who are let down, and those nobody knows of. */
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
        return html`<li>
          <button class="link" @click=${() => context.choose({ subject: `standard:${row.id}` })}>
            ${words.of(row.title)}
          </button>
          ${bar(verdictParts(context, area, row.id, score))}
          ${(['breached', 'unknown'] as const).map((verdict) => {
            const settlements = score[`settlements_${verdict}`]
            return settlements
              ? html`<p>
                  ${words.term('verdicts', verdict)}:
                  ${words.peopleIn(score[`population_${verdict}`], settlements)}
                </p>`
              : nothing
          })}
        </li>`
      })}
    </ul>
  `
}

/** What stands in the columns of a table of scores. */
export function scoreHead(words: Words): TemplateResult {
  return html`<thead>
    <tr>
      <td></td>
      <th scope="col">${words.text('score')}</th>
      <th scope="col">${words.text('coverage')}</th>
    </tr>
  </thead>`
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
      ${scoreHead(words)}
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
      ${scoreHead(words)}
      <tbody>
        ${line(words.text('any_place'), area.scores[subject])}
        ${line(words.text('town'), area.subgroups['town']?.[subject])}
        ${line(words.text('village'), area.subgroups['village']?.[subject])}
      </tbody>
    </table>
  `
}
