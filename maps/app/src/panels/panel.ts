// What all panels share: light DOM (one style sheet for the page) and the session.
import type { GroupedAnswer, SummaryAnswer } from '../api/generated'
import { html, LitElement, type TemplateResult } from 'lit'
import type { Loaded } from '../state/loaded'
import type { Session } from '../state/session'
import type { State } from '../state/url'
import type { Words } from '../words'

/** What a panel draws from, once a release is loaded. */
export interface Context extends Loaded {
  state: State
  words: Words
  /** What is said of the areas that are drawn. */
  grouped: GroupedAnswer | null
  /** What the chosen subject says of the country. */
  summary: SummaryAnswer | null
  /** Change what is chosen. */
  choose: (patch: Partial<State>) => void
}

export abstract class Panel extends LitElement {
  static override properties = { session: { attribute: false } }
  declare session: Session
  readonly #redraw = (): void => {
    this.changed()
    this.requestUpdate()
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.session.addEventListener('change', this.#redraw)
    this.changed()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.session.removeEventListener('change', this.#redraw)
  }

  /** Called when the session changed, before the panel is drawn again. */
  protected changed(): void {}

  protected get context(): Context | null {
    const { loaded, words, state } = this.session
    if (!loaded || !words) return null
    const choose = (patch: Partial<State>): void => void this.session.update(patch)
    const { grouped, summary } = this.session
    return { ...loaded, words, state, choose, grouped, summary }
  }

  protected abstract draw(context: Context): TemplateResult | typeof import('lit').nothing

  protected override render(): unknown {
    return this.context ? this.draw(this.context) : html``
  }
}
