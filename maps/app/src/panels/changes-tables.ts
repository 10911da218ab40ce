// What changed between two releases as tables: sums by cause, and settlements row by row.
import { html, nothing, type TemplateResult } from 'lit'
import type { DiffAnswer, DiffRow, DiffSum } from '../api/generated'
import { changeColour, SIGNS, type Direction } from '../map/layers/changes'
import { byGroup, causeText, concerned } from './changes-words'
import type { Context } from './panel'

const LINES = 8

type Piece = TemplateResult | typeof nothing

export function sign({ theme }: Context, direction: Direction): TemplateResult {
  return html`<span class="arrow" aria-hidden="true" .style=${`color: ${changeColour(theme, direction)}`}>${SIGNS[direction]}</span>`
}

/** What changed by cause, service first: people before settlements. */
export function sumTables(context: Context, sums: DiffSum[]): Piece {
  const { words, theme } = context
  const title = (id: string): string => words.of(theme.standards.find((row) => row.id === id)?.title) || id
  const line = (row: DiffSum): TemplateResult => html`<tr>
    <th scope="row">${title(row.standard)}</th>
    <td>${verdicts(context, row.before, row.after)}</td>
    <td>${concerned(words, row)}</td>
    <td>${causeText(words, row)}</td>
  </tr>`
  if (!sums.length) return nothing
  return html`
    <h3>${words.text('changes_sums')}</h3>
    ${byGroup(sums).map(
      ({ group, lines }) => html`<details ?open=${group !== 'place' && group !== 'known'}>
        <summary>${words.term('change_groups', group)}: ${words.number(lines.length)}</summary>
        <div class="wide-table" tabindex="0" role="region" aria-label=${words.term('change_groups', group)}>
          <table class="rows summed">
            <thead>${head(words, ['changes_standard', 'changes_verdicts', 'changes_people', 'changes_cause'])}</thead>
            <tbody>${lines.slice(0, LINES).map(line)}</tbody>
          </table>
        </div>
        ${lines.length > LINES
          ? html`<p class="hint">${words.text('changes_more', { n: words.number(lines.length - LINES) })}</p>`
          : nothing}
      </details>`,
    )}
  `
}

function head(words: Context['words'], keys: string[]): TemplateResult {
  return html`<tr>${keys.map((key) => html`<th scope="col">${words.text(key)}</th>`)}</tr>`
}

function verdicts({ words }: Context, before: string | null, after: string | null): string {
  const said = (verdict: string | null): string => (verdict ? words.term('verdicts', verdict) : words.text('changes_nowhere'))
  return before === after ? said(after) : `${said(before)} → ${said(after)}`
}

/** The rows of a page, those with most people first. */
export function rowTable(context: Context, answer: DiffAnswer): TemplateResult {
  const { words, state, choose } = context
  const last = answer.offset + answer.items.length
  return html`
    <h3>${words.text('changes_rows')}: ${words.number(answer.total)}</h3>
    <div class="wide-table" tabindex="0" role="region" aria-label=${words.text('changes_rows')}>
      <table class="rows listed">
        <thead>
          ${head(words, ['changes_place', 'changes_standard', 'changes_verdicts', 'population', 'changes_cause'])}
        </thead>
        <tbody>${answer.items.map((row) => oneRow(context, row))}</tbody>
      </table>
    </div>
    <nav class="pages" aria-label=${words.text('changes_rows')}>
      <button ?disabled=${state.page === 0} @click=${() => choose({ page: state.page - 1 })}>← ${words.text('previous')}</button>
      <span aria-live="polite">
        ${words.text('page_of', {
          from: words.number(answer.items.length ? answer.offset + 1 : 0),
          to: words.number(last),
          total: words.number(answer.total),
        })}
      </span>
      <button ?disabled=${last >= answer.total} @click=${() => choose({ page: state.page + 1 })}>${words.text('next')} →</button>
    </nav>
  `
}

function oneRow(context: Context, row: DiffRow): TemplateResult {
  const { words, theme, state, named, choose } = context
  const info = theme.standards.find(({ id }) => id === row.standard)
  const change = { ...row, strictness: row.norm_change, before: row.before?.verdict ?? null, after: row.after?.verdict ?? null }
  const value = (number: number | null | undefined): string => (number === null || number === undefined ? '—' : words.value(number, info?.unit ?? null))
  const values = [value(row.before?.value), value(row.after?.value)]
  const selected = `settlement:${row.settlement}`
  const at = row.lat === null || row.lon === null ? {} : { at: `11/${row.lat.toFixed(4)}/${row.lon.toFixed(4)}` }
  const name = row.name ?? row.settlement
  const raion = row.raion ? named.get(row.raion) : undefined
  const service = row.service === 'worse' || row.service === 'better' ? row.service : 'other'
  return html`<tr>
    <th scope="row">
      <button
        class="link"
        aria-label=${words.text('open_card', { name })}
        aria-current=${state.selected === selected ? 'true' : 'false'}
        ?disabled=${!row.after && row.causes.includes('gone')}
        @click=${() => choose({ selected, ...at })}
      >
        ${name}
      </button>
      ${raion ? html`<span class="hint">${words.name(raion)}</span>` : nothing}
    </th>
    <td>${words.of(info?.title) || row.standard}</td>
    <td>
      ${verdicts(context, change.before, change.after)}
      ${values[0] === values[1] ? nothing : html`<span class="hint">${values.join(' → ')}</span>`}
    </td>
    <td class="number">${row.people === null ? words.text('population_unknown') : words.number(row.people)}</td>
    <td>${sign(context, service)} ${causeText(words, change)}</td>
  </tr>`
}
