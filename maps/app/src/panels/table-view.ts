// The table of the same rows as the map: sorted, paged and filtered by the server.
import { html, nothing, type TemplateResult } from 'lit'
import type { SettlementPage, SettlementRow } from '../api/generated'
import { chip, chipScore } from './marks'
import { Panel, type Context } from './panel'
import { judgementGap, kindText, population, whereText } from './place'
import { gapText } from './scores'
import { shownName } from './subject'
import { ASSUMED, assumedPart, verdictMark } from './verdicts'

const ROWS = 50

interface Column {
  key: string
  label: string
  sort: string
  numeric?: boolean
  cell: (row: SettlementRow) => TemplateResult | string
}

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
    const context = this.context
    if (!context) return
    const query = this.#query(context)
    const asked = JSON.stringify([context.release.release, query])
    if (asked === this.#asked) return
    this.#asked = asked
    void this.#load(context, query)
  }

  #query({ state, theme }: Context): Record<string, string | number | undefined> {
    const [kind, id] = state.subject.split(/:(.*)/s)
    const judged = theme.standards.length > 0
    return {
      sort: state.sort,
      limit: ROWS,
      offset: state.page * ROWS,
      kind: state.kind,
      raion: state.raion,
      standard: judged && kind === 'standard' ? id : undefined,
      domain: judged && kind === 'domain' ? id : undefined,
      // Without a standard there is no verdict to choose, so none to filter by.
      judgement: judged && kind === 'standard' ? state.verdict : undefined,
    }
  }

  async #load(context: Context, query: Record<string, string | number | undefined>): Promise<void> {
    this.#request?.abort()
    const request = new AbortController()
    this.#request = request
    try {
      this.page = await context.client.settlements(query, request.signal)
      await this.updateComplete
      window.paritetReady = true
    } catch (error) {
      if (!request.signal.aborted) this.session.report(error)
    }
  }

  #columns(context: Context): Column[] {
    const { words, theme, state, named } = context
    const [subject, id = ''] = state.subject.split(/:(.*)/s)
    const common: Column[] = [
      { key: 'name', label: words.text('name'), sort: 'name', cell: (row) => this.#nameCell(row, context) },
      { key: 'raion', label: words.text('raion'), sort: '', cell: (row) => whereText({ ...row, oblast: null }, words, named) },
      { key: 'kind', label: words.text('kind'), sort: '', cell: (row) => kindText(row, words) },
      {
        key: 'population',
        label: words.text('population'),
        sort: 'population',
        numeric: true,
        cell: (row) => {
          const { number, range } = population(row, words)
          return html`${number}${range ? html`<span class="hint">${range}</span>` : nothing}`
        },
      },
    ]
    if (subject === 'standard') {
      // Rows do not say how a value is known: only where all are assumed it is certain.
      const indicator = theme.standards.find((known) => known.id === id)?.indicator ?? ''
      const status = assumedPart(context.country, indicator) === 'all' ? ASSUMED : ''
      const judged = (row: SettlementRow): TemplateResult | string => {
        const found = row.judgements[id]
        const mark = verdictMark(theme, found?.verdict ?? '', status)
        const reason = found?.reason ? words.term('reasons', found.reason) : ''
        return html`${chip(mark, words, '—')} <span class="hint">${reason}</span>`
      }
      const gap = (row: SettlementRow): string => {
        const found = row.judgements[id]
        return found ? judgementGap(found, words) : '—'
      }
      return [
        ...common,
        { key: 'verdict', label: words.text('verdict'), sort: '', cell: judged },
        { key: 'gap', label: words.text('gap'), sort: 'gap', numeric: true, cell: gap },
      ]
    }
    const group = subject === 'domain' ? id : 'overall'
    return [...common, ...this.#scoreColumns(context, group)]
  }

  #scoreColumns(context: Context, group: string): Column[] {
    const { words, theme } = context
    return [
      {
        key: 'score',
        label: words.text('score'),
        sort: 'score',
        numeric: true,
        cell: (row) => {
          const found = row.score[group]
          return found ? html`${chipScore(theme, found.score)} ${gapText(context, found)}` : '—'
        },
      },
      {
        key: 'coverage',
        label: words.text('coverage'),
        sort: 'coverage',
        numeric: true,
        cell: (row) => {
          const coverage = row.score[group]?.coverage
          return typeof coverage === 'number' ? words.percent(coverage) : '—'
        },
      },
    ]
  }

  #nameCell(row: SettlementRow, { words, state }: Context): TemplateResult {
    const selected = `settlement:${row.id}`
    return html`<button
      class="link"
      aria-label=${words.text('open_card', { name: words.name(row) })}
      aria-current=${state.selected === selected ? 'true' : 'false'}
      @click=${() => void this.session.update({ selected })}
    >
      ${words.name(row)}
    </button>`
  }

  protected draw(context: Context): TemplateResult {
    const { words } = context
    const columns = this.#columns(context)
    const rows = this.page?.items ?? []
    return html`
      <div class="table-view">
        <div class="scroll" tabindex="0" role="region" aria-label=${words.text('show_table')}>
          <table class="rows">
            <caption>
              ${words.text('table_caption', { subject: shownName(context) })}
            </caption>
            <thead>
              <tr>
                ${columns.map((column) => this.#head(column, context))}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) => html`<tr>
                  ${columns.map((column, i) =>
                    i === 0
                      ? html`<th scope="row">${column.cell(row)}</th>`
                      : html`<td class=${column.numeric ? 'number' : ''}>${column.cell(row)}</td>`,
                  )}
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

  #head(column: Column, { words, state }: Context): TemplateResult {
    const align = column.numeric ? 'number' : ''
    if (!column.sort) return html`<th scope="col" class=${align}>${column.label}</th>`
    const up = state.sort === column.sort
    const down = state.sort === `-${column.sort}`
    // Numbers are first sorted from the largest, names from А.
    const first = column.numeric ? `-${column.sort}` : column.sort
    const other = column.numeric ? column.sort : `-${column.sort}`
    return html`<th scope="col" class=${align} aria-sort=${up ? 'ascending' : down ? 'descending' : 'none'}>
      <button
        class="sort"
        aria-label=${words.text('sort_by', { column: column.label })}
        @click=${() => void this.session.update({ sort: state.sort === first ? other : first, page: 0 })}
      >
        ${column.label} <span aria-hidden="true">${up ? '▲' : down ? '▼' : '↕'}</span>
      </button>
    </th>`
  }

  #pages({ words, state }: Context): TemplateResult | typeof nothing {
    const { page } = this
    if (!page) return html`<p class="hint">${words.text('loading')}</p>`
    const last = Math.min(page.offset + page.items.length, page.total)
    const go = (step: number): void => void this.session.update({ page: state.page + step })
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

customElements.define('paritet-table', TableView)
