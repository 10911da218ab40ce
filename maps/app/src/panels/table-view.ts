// The table of the same rows as the map: sorted, paged and filtered by the server.
import { html, nothing, type TemplateResult } from 'lit'
import type { SettlementPage, SettlementRow } from '../api/generated'
import { rowsQuery, sortOf, worstFirst } from '../state/rows'
import { columnsMenu } from './columns-menu'
import { Panel, type Context } from './panel'
import { shownName } from './subject'
import { columnsOf, type Column } from './table-columns'

const ROWS = 50
/** The zoom at which a chosen settlement is seen among its neighbours. */
const NEAR = 11

export class TableView extends Panel {
  static override properties = { ...Panel.properties, page: { state: true } }
  declare page: SettlementPage | null
  #asked = ''
  #request: AbortController | null = null

  constructor() {
    super()
    this.page = null
  }

  protected override changed(): void {
    const { context } = this
    if (!context) return
    const { theme, state, release } = context
    const query = { ...rowsQuery(theme, state), limit: ROWS, offset: state.page * ROWS }
    const asked = JSON.stringify([release.release, query])
    if (asked === this.#asked) return
    this.#asked = asked
    void this.#load(context, query)
  }

  async #load(context: Context, query: Record<string, string | number | undefined>): Promise<void> {
    this.#request?.abort()
    const request = new AbortController()
    this.#request = request
    try {
      this.page = await context.client.settlements(query, request.signal)
      await this.updateComplete
      this.querySelector('tr.chosen')?.scrollIntoView({ block: 'nearest' })
      window.paritetReady = true
    } catch (error) {
      if (!request.signal.aborted) this.session.report(error)
    }
  }

  protected draw(context: Context): TemplateResult {
    const { words, state } = context
    const name: Column = { key: 'name', label: words.text('name'), sort: 'name', cell: (row) => nameCell(row, context) }
    const columns = columnsOf(context)
    const rows = this.page?.items ?? []
    return html`
      <div class="table-view">
        <div class="table-tools">${worstButton(context)} ${columnsMenu(context)}</div>
        <div class="scroll" tabindex="0" role="region" aria-label=${words.text('show_table')}>
          <table class="rows">
            <caption>
              ${words.text('table_caption', { subject: shownName(context) })}
            </caption>
            <thead>
              <tr>
                ${[name, ...columns].map((column) => head(column, context))}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) => html`<tr class=${state.selected === `settlement:${row.id}` ? 'chosen' : ''}>
                  <th scope="row">${name.cell(row)}</th>
                  ${columns.map((column) => html`<td class=${column.numeric ? 'number' : ''}>${column.cell(row)}</td>`)}
                </tr>`,
              )}
            </tbody>
          </table>
          ${this.page && !rows.length ? html`<p class="none">${words.text('table_empty')}</p>` : nothing}
          ${this.page?.may_be
            ? html`<p class="none">
                ${words.text(rows.length ? 'may_be_more' : 'may_be_none', { n: words.plural('settlements', this.page.may_be) })}
              </p>`
            : nothing}
        </div>
        ${this.#pages(context)}
      </div>
    `
  }

  #pages({ words, state, choose }: Context): TemplateResult {
    const { page } = this
    if (!page) return html`<p class="hint">${words.text('loading')}</p>`
    const last = Math.min(page.offset + page.items.length, page.total)
    const go = (step: number): void => choose({ page: state.page + step })
    return html`
      <nav class="pages" aria-label=${words.text('show_table')}>
        <button ?disabled=${state.page === 0} @click=${() => go(-1)}>← ${words.text('previous')}</button>
        <span aria-live="polite">
          ${words.text('page_of', {
            from: words.number(page.total ? page.offset + 1 : 0),
            to: words.number(last),
            total: words.number(page.total),
          })}
        </span>
        <button ?disabled=${last >= page.total} @click=${() => go(1)}>${words.text('next')} →</button>
      </nav>
    `
  }
}

/** The name chooses the place: its card opens, and the map will stand there. */
function nameCell(row: SettlementRow, { words, state, choose }: Context): TemplateResult {
  const selected = `settlement:${row.id}`
  const at = row.lat === null || row.lon === null ? {} : { at: `${NEAR}/${row.lat.toFixed(4)}/${row.lon.toFixed(4)}` }
  return html`<button
    class="link"
    aria-label=${words.text('open_card', { name: words.name(row) })}
    aria-current=${state.selected === selected ? 'true' : 'false'}
    @click=${() => choose({ selected, ...at })}
  >
    ${words.name(row)}
  </button>`
}

function worstButton({ words, theme, state, choose }: Context): TemplateResult | typeof nothing {
  const worst = worstFirst(theme, state)
  if (!worst) return nothing
  return html`<button
    class="worst-first"
    aria-pressed=${sortOf(theme, state) === worst ? 'true' : 'false'}
    @click=${() => choose({ sort: worst, page: 0 })}
  >
    ${words.text('worst_first')}
  </button>`
}

function head(column: Column, { words, theme, state, choose }: Context): TemplateResult {
  const align = column.numeric ? 'number' : ''
  if (!column.sort) return html`<th scope="col" class=${align}>${column.label}</th>`
  const sort = sortOf(theme, state)
  const up = sort === column.sort
  const down = sort === `-${column.sort}`
  // Numbers are first sorted from the largest, names from А.
  const first = column.numeric ? `-${column.sort}` : column.sort
  const other = column.numeric ? column.sort : `-${column.sort}`
  return html`<th scope="col" class=${align} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'}>
    <button
      class="sort"
      aria-label=${words.text('sort_by', { column: column.label })}
      @click=${() => choose({ sort: sort === first ? other : first, page: 0 })}
    >
      ${column.label} <span aria-hidden="true">${up ? '▲' : down ? '▼' : '↕'}</span>
    </button>
  </th>`
}

customElements.define('paritet-table', TableView)
