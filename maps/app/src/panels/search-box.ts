// Search by name in any language: a combobox with a list of settlements.
import { html, nothing, type TemplateResult } from 'lit'
import type { SettlementRow } from '../api/generated'
import { Panel, type Context } from './panel'
import { whereText } from './place'

const WAIT_MS = 200
const LEAST_LETTERS = 2
const SHOWN = 12

export class SearchBox extends Panel {
  static override properties = {
    ...Panel.properties,
    found: { state: true },
    active: { state: true },
    open: { state: true },
    pick: { attribute: false },
    box: { type: String },
  }
  declare found: SettlementRow[] | null
  declare active: number
  declare open: boolean
  /** What is done with the place that was found; else it is selected on the map. */
  declare pick: ((row: SettlementRow) => void) | null
  /** Tells several boxes of a page apart. */
  declare box: string
  #timer = 0
  #request: AbortController | null = null

  constructor() {
    super()
    this.found = null
    this.active = -1
    this.open = false
    this.pick = null
    this.box = 'search'
  }

  protected draw(context: Context): TemplateResult {
    const { words } = context
    const shown = this.open && this.found !== null
    return html`
      <div class="search" role=${this.box === 'search' ? 'search' : nothing}>
        <label for="${this.box}-input">${words.text('search')}</label>
        <input
          id="${this.box}-input"
          type="search"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          placeholder=${words.text('search_hint')}
          aria-expanded=${shown ? 'true' : 'false'}
          aria-controls="${this.box}-list"
          aria-autocomplete="list"
          aria-activedescendant=${this.active >= 0 ? `${this.box}-found-${this.active}` : ''}
          @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#key(event)}
          @blur=${() => setTimeout(() => (this.open = false), WAIT_MS)}
        />
        <ul id="${this.box}-list" role="listbox" aria-label=${words.text('search')} ?hidden=${!shown}>
          ${shown ? this.#rows(context) : nothing}
        </ul>
      </div>
    `
  }

  #rows({ words, named }: Context): TemplateResult[] | TemplateResult {
    const found = this.found ?? []
    if (!found.length) return html`<li class="none">${words.text('search_none')}</li>`
    return found.map((row, i) => {
      const other = Object.values(row.names ?? {}).find((name) => name && name !== words.name(row))
      return html`
        <li
          id="${this.box}-found-${i}"
          role="option"
          aria-selected=${i === this.active ? 'true' : 'false'}
          @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => this.#choose(row)}
        >
          <span class="found-name">${words.name(row)}</span>
          ${other ? html`<span class="found-other">${other}</span>` : nothing}
          <span class="found-where">${whereText(row, words, named)}</span>
        </li>
      `
    })
  }

  #typed(text: string): void {
    clearTimeout(this.#timer)
    this.active = -1
    if (text.trim().length < LEAST_LETTERS) {
      this.open = false
      this.found = null
      return
    }
    this.#timer = window.setTimeout(() => void this.#search(text.trim()), WAIT_MS)
  }

  async #search(name: string): Promise<void> {
    const client = this.session.loaded?.client
    if (!client) return
    this.#request?.abort()
    const request = new AbortController()
    this.#request = request
    try {
      const page = await client.settlements({ name, slips: 'true', limit: SHOWN }, request.signal)
      this.found = page.items
      this.open = true
    } catch (error) {
      // A newer search has taken over; anything else is the reader's to know.
      if (!request.signal.aborted) this.session.report(error)
    }
  }

  #key(event: KeyboardEvent): void {
    const found = this.found ?? []
    if (event.key === 'Escape') this.open = false
    if (!found.length) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.active = (this.active + step + found.length) % found.length
      this.open = true
      event.preventDefault()
    }
    const chosen = found[Math.max(this.active, 0)]
    if (event.key === 'Enter' && this.open && chosen) this.#choose(chosen)
  }

  #choose(row: SettlementRow): void {
    this.open = false
    if (this.pick) return this.pick(row)
    // A place without a point is still shown by its card.
    const at = row.lat === null || row.lon === null ? {} : { at: `11/${row.lat.toFixed(4)}/${row.lon.toFixed(4)}` }
    void this.session.update({ selected: `settlement:${row.id}`, ...at })
  }
}

customElements.define('paritet-search', SearchBox)
