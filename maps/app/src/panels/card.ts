// The card of what was clicked: a settlement's scorecard or an area's summary.
import { html, nothing, type TemplateResult } from 'lit'
import { areaCard } from './area-card'
import { Panel, type Context } from './panel'
import { settlementCard } from './settlement-card'

export class Card extends Panel {
  static override properties = { ...Panel.properties, country: { type: Boolean } }
  /** Whether the country is summed up here while nothing is selected. */
  declare country: boolean
  #shown = ''
  /** What had the focus before the card took it. */
  #before: Element | null = null

  protected draw(context: Context): TemplateResult | typeof nothing {
    const { selection } = this.session
    const { words } = context
    if (!selection) {
      return this.country
        ? html`<div class="card"><paritet-summary .session=${this.session}></paritet-summary></div>`
        : nothing
    }
    const title = selection.kind === 'settlement' ? 'scorecard' : 'area_card'
    return html`
      <aside
        class="card"
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
    if (selected === this.#shown) return
    this.#shown = selected
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

  #close(): void {
    void this.session.update({ selected: '' })
  }

  #table(raion: string): void {
    void this.session.update({ show: 'table', raion, page: 0 })
  }
}

customElements.define('paritet-card', Card)
