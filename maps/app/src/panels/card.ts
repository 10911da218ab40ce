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
          : areaCard(context, selection.area, (raion) => this.#table(raion))}
      </aside>
    `
  }

  /** A newly opened card takes the focus, so that a keyboard reader lands in it. */
  protected override updated(): void {
    const selected = this.session.selection ? this.session.state.selected : ''
    if (selected === this.#shown) return
    this.#shown = selected
    this.querySelector('.card')?.scrollTo({ top: 0 })
    // A card that the address itself opened must not pull the reader away.
    if (selected && navigator.userActivation.hasBeenActive) {
      this.querySelector<HTMLElement>('.close')?.focus({ preventScroll: true })
    }
  }

  #close(): void {
    void this.session.update({ selected: '' })
    document.querySelector<HTMLElement>('main')?.focus()
  }

  #table(raion: string): void {
    void this.session.update({ show: 'table', raion, page: 0 })
  }
}

customElements.define('paritet-card', Card)
