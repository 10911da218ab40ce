// What a reader takes along: the address, pictures, the page on paper, the code of a frame.
import { html, nothing, type TemplateResult } from 'lit'
import type { Map as GLMap } from 'maplibre-gl'
import { isDark } from '../state/scheme'
import { frameCode, permalink } from '../take/address'
import { savePng, saveSvg, titleOf } from '../take/files'
import { downloads } from './downloads'
import { closeOnEscape } from './menu'
import { Panel, type Context } from './panel'

export class Take extends Panel {
  static override properties = { ...Panel.properties, told: { state: true }, byHand: { state: true } }
  /** What was done, for a reader who does not see it. */
  declare told: string
  /** A text that the browser did not let us copy. */
  declare byHand: string

  constructor() {
    super()
    this.told = this.byHand = ''
  }

  protected draw(context: Context): TemplateResult {
    const { words, state } = context
    const action = (key: string, act: () => Promise<void> | void): TemplateResult =>
      html`<li><button class="link" @click=${() => void this.#during(act)}>${words.text(key)}</button></li>`
    const map = state.show === 'map' && this.session.webgl ? window.paritetMap : undefined
    return html`
      <details class="menu take" @keydown=${closeOnEscape} @toggle=${() => (this.told = this.byHand = '')}>
        <summary>${words.text('take')}</summary>
        <div class="menu-body">
          <ul>
            ${action('copy_link', () => this.#copy(context, permalink(location.href, state)))}
            ${action('print_page', () => this.#print(map, context))}
            ${map ? action('save_png', () => savePng(map, context, this.session)) : nothing}
            ${map ? action('save_svg', () => saveSvg(map, context, this.session)) : nothing}
            ${action('copy_frame', () => this.#copy(context, frameCode(location.href, state, titleOf(context).title)))}
          </ul>
          ${state.show === 'map' || state.show === 'table' ? downloads(context) : nothing}
          ${this.byHand
            ? html`<label>${words.text('copy_by_hand')}
                <input readonly .value=${this.byHand} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
              </label>`
            : nothing}
          <p class="hint" role="status">${this.told}</p>
        </div>
      </details>
    `
  }

  /** Print in the colours of paper; the map of a dark page is drawn again before. */
  async #print(map: GLMap | undefined, { theme }: Context): Promise<void> {
    if (isDark(theme)) {
      const drawn = map?.once('idle')
      this.session.recolour(true)
      await drawn
      addEventListener('afterprint', () => this.session.recolour(), { once: true })
    }
    print()
  }

  async #during(act: () => Promise<void> | void): Promise<void> {
    this.told = this.byHand = ''
    try {
      await act()
    } catch (error) {
      this.session.report(error)
    }
  }

  /** Copy a text; where the browser forbids it, show it to be copied by hand. */
  async #copy({ words }: Context, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.told = words.text('copied')
    } catch {
      this.byHand = text
      await this.updateComplete
      this.querySelector('input')?.focus()
    }
  }
}

customElements.define('paritet-take', Take)
