// The card of what was clicked: a settlement's scorecard or an area's summary.
import { html, nothing, type TemplateResult } from 'lit'
import { areaCard } from './area-card'
import { Panel, type Context } from './panel'
import { settlementCard } from './settlement-card'
import { Sheet } from './sheet'

export class Card extends Panel {
  static override properties = { ...Panel.properties, country: { type: Boolean }, low: { type: Boolean } }
  /** Whether the country is summed up here while nothing is selected. */
  declare country: boolean
  /** Whether the card is a sheet at the bottom of a narrow screen. */
  declare low: boolean
  readonly #sheet = new Sheet(this, () => this.requestUpdate())
  #shown = ''
  /** What had the focus before the card took it. */
  #before: Element | null = null

  protected draw(context: Context): TemplateResult | typeof nothing {
    const { selection } = this.session
    const { words } = context
    if (!selection) {
      return this.country
        ? html`${this.low ? this.#sheet.handle(words) : nothing}
            <div class="card" tabindex="0"><paritet-summary .session=${this.session}></paritet-summary></div>`
        : nothing
    }
    const title = selection.kind === 'settlement' ? 'scorecard' : 'area_card'
    return html`
      ${this.low ? this.#sheet.handle(words) : nothing}
      <aside
        class="card"
        tabindex="0"
        aria-label=${words.text(title)}
        @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.#close()}
      >
        <div class="card-head">
          <span>${words.text(title)}</span>
          <button class="close" aria-label=${words.text('close')} @click=${() => this.#close()}>×</button>
        </div>
        ${selection.kind === 'settlement'
          ? settlementCard(context, selection.card)
          : areaCard(context, selection.area, this.session, (raion) => this.#table(raion))}
      </aside>
    `
  }

  /** A newly opened card takes the focus, so that a keyboard reader lands in it. */
  protected override updated(): void {
    const selected = this.session.selection ? this.session.state.selected : ''
    this.#lay(Boolean(selected))
    if (selected === this.#shown) return
    this.#shown = selected
    if (this.low) this.#sheet.set(!selected ? 'peek' : this.#sheet.height === 'peek' ? 'half' : this.#sheet.height)
    if (!selected) {
      this.#giveBack()
      return
    }
    this.querySelector('.card')?.scrollTo({ top: 0 })
    // A card that the address itself opened must not pull the reader away.
    if (!navigator.userActivation.hasBeenActive) return
    const active = document.activeElement
    if (active && !this.contains(active)) this.#before = active
    this.querySelector<HTMLElement>('.close')?.focus({ preventScroll: true })
  }

  /** The focus goes back to where it was: the map, a row of the table, the search. */
  #giveBack(): void {
    const { activeElement } = document
    const before = this.#before
    this.#before = null
    // Whoever went elsewhere meanwhile stays there.
    if (activeElement && activeElement !== document.body && !this.contains(activeElement)) return
    const back = before?.isConnected && before !== document.body ? before : document.querySelector('main')
    if (back instanceof HTMLElement) back.focus({ preventScroll: true })
  }

  /** Take the height of the sheet, and let the map keep what is chosen above it. */
  #lay(selected: boolean): void {
    const height = this.low && (selected || this.country) ? this.#sheet.height : undefined
    if (height === this.dataset['sheet']) return
    if (height) this.dataset['sheet'] = height
    else delete this.dataset['sheet']
    this.session.dispatchEvent(new Event('sheet'))
  }

  #close(): void {
    void this.session.update({ selected: '' })
  }

  #table(raion: string): void {
    void this.session.update({ show: 'table', raion, page: 0 })
  }
}

customElements.define('paritet-card', Card)
