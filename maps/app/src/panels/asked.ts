// Which list, and from whom, would turn the questions of most people into verdicts.
import { html, nothing, type TemplateResult } from 'lit'
import { counted, type Area } from '../api/areas'
import type { Context } from './panel'

const SHOWN = 3

/** The standards that are open for most people of an area, with who could tell. */
export function asked(context: Context, area: Area): TemplateResult | typeof nothing {
  const { words, theme } = context
  const open = theme.standards.flatMap((standard) => {
    const score = area.scores[`standard:${standard.id}`]
    const people = counted(score, 'population', 'unknown')
    const settlements = counted(score, 'settlements', 'unknown')
    return settlements ? [{ standard, people, settlements }] : []
  })
  // Standards of one indicator wait for the same list, which answers each of them.
  const lists = theme.indicators
    .flatMap((indicator) => {
      const rows = open.filter(({ standard }) => standard.indicator === indicator.code)
      const most = rows.toSorted((a, b) => b.people - a.people)[0]
      const answers = rows.reduce((sum, row) => sum + row.people, 0)
      return most ? [{ ...most, indicator, answers }] : []
    })
    .sort((a, b) => b.answers - a.answers || b.settlements - a.settlements)
  if (!lists.length) return nothing
  return html`
    <h3>${words.text('asked')}</h3>
    <ol class="lift">
      ${lists.slice(0, SHOWN).map(
        ({ indicator, people, settlements }) => html`<li>
          <strong>${words.of(indicator.label)}</strong>: ${words.peopleIn(people, settlements)}<br />
          <span class="hint">${words.of(indicator.supplier) || words.text('who_unknown')}</span>
        </li>`,
      )}
    </ol>
  `
}
