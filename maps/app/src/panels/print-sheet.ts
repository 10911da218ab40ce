// The map on paper: one sheet of A4 with all that the picture needs, made when the browser prints.
import { html, nothing, type TemplateResult } from 'lit'
import type { SummaryAnswer } from '../api/generated'
import { picture } from '../map/picture'
import { permalink } from '../take/address'
import { notesOf, titleOf } from '../take/files'
import { cutOf, pixels } from '../take/shown'
import { keyGroups, type KeyGroup } from './key'
import { dot, swatch } from './marks'
import { Panel, type Context } from './panel'

/** As many rows as leave room for the map. */
const ROWS = 8

type Piece = TemplateResult | typeof nothing

function legend({ title, shape, rows }: KeyGroup): TemplateResult {
  const draw = shape === 'point' ? dot : swatch
  return html`
    <section>
      <h2>${title}</h2>
      <ul class="key">
        ${rows.map(({ mark, label }) => html`<li>${draw(mark)} ${label}</li>`)}
      </ul>
    </section>
  `
}

function worst({ words, named }: Context, { worst: { items, what, only_unknown: open } }: SummaryAnswer): Piece {
  const shown = items.filter((row) => row.settlements > 0).slice(0, ROWS)
  if (!shown.length) return nothing
  return html`<section>
    <h2>${words.text(open ? 'least_known' : 'worst')}</h2>
    <p>${what}</p>
    <table>
      ${shown.map(
        (row) => html`<tr>
          <th scope="row">${words.name(named.get(row.id) ?? row)}</th>
          <td>${row.said ?? words.plural('people', row.people)}</td>
          <td>${row.share === null ? '' : words.percent(row.share)}</td>
        </tr>`,
      )}
    </table>
  </section>`
}

function sides({ words }: Context, { parity, worst: { what } }: SummaryAnswer): Piece {
  const shown = parity.filter((row) => row.people > 0)
  if (shown.length < 2) return nothing
  return html`<section>
    <h2>${words.text('town_village')}</h2>
    <p>${what}</p>
    <table>
      ${shown.map(
        (row) => html`<tr>
          <th scope="row">${row.label}</th>
          <td>${row.share === null ? '—' : words.percent(row.share)}</td>
          <td>${row.unknown_share ? words.text('unknown_of', { share: words.percent(row.unknown_share) }) : ''}</td>
        </tr>`,
      )}
    </table>
  </section>`
}

export class PrintSheet extends Panel {
  static override properties = { ...Panel.properties, seen: { state: true } }
  /** The map as it stood when printing began; none while nothing is printed. */
  declare seen: HTMLCanvasElement | null
  readonly #begin = (): void => {
    const map = this.session.state.show === 'map' && this.session.webgl ? window.paritetMap : undefined
    const theme = this.session.loaded?.theme
    this.seen = map && theme ? pixels(map, cutOf(map, theme.country.bounds)) : null
  }
  readonly #end = (): void => {
    this.seen = null
  }

  constructor() {
    super()
    this.seen = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('beforeprint', this.#begin)
    addEventListener('afterprint', this.#end)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('beforeprint', this.#begin)
    removeEventListener('afterprint', this.#end)
  }

  protected draw(context: Context): Piece {
    if (!this.seen) return nothing
    const { theme, words, state, areas, grouped } = context
    const { title, when } = titleOf(context)
    const { summary } = this.session
    const shown = picture(theme, state, areas, grouped)
    return html`
      <article class="sheet">
        <header>
          <h1>${title}</h1>
          <p>${when}</p>
          ${theme.synthetic ? html`<p class="banner">${words.text('synthetic')}</p>` : nothing}
          ${summary?.headline.slice(0, 2).map((line) => html`<p class="headline">${line}</p>`)}
        </header>
        ${this.seen}
        <div class="sheet-columns">
          ${keyGroups(context, shown).map(legend)}
          ${summary ? html`${worst(context, summary)} ${sides(context, summary)}` : nothing}
        </div>
        <footer>
          ${notesOf(context, summary).map((line) => html`<p>${line}</p>`)}
          <p>${permalink(location.href, state)}</p>
        </footer>
      </article>
    `
  }
}

customElements.define('paritet-print', PrintSheet)
