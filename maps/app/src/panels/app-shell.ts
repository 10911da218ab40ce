// The page: banner, header, choices, map or table, card, and the attribution lines.
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import '../map/map-view'
import type { Words } from '../words'
import { RequestFailed } from '../api/client'
import { Session } from '../state/session'
import type { State } from '../state/url'
import type { Context } from './panel'
import './areas-picture'
import './card'
import './changes'
import './compare'
import './country-choice'
import './home'
import './legend'
import './print-sheet'
import './search-box'
import { NARROW } from './sheet'
import './summary'
import { permalink } from '../take/address'
import { titleOf } from '../take/files'
import { licenceText } from './sources'
import './table-view'

export class App extends LitElement {
  readonly session = new Session()
  /** Wide screens have a third column; style/page.css has the same limit. */
  readonly #wide = matchMedia('(min-width: 1251px)')
  readonly #narrow = matchMedia(NARROW)
  #paper = false

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.session.addEventListener('change', () => {
      this.#dress()
      this.requestUpdate()
    })
    for (const limit of [this.#wide, this.#narrow]) limit.addEventListener('change', () => this.requestUpdate())
    // Text must be dark on paper; the map of a dark system prints as it was seen.
    const paper = (on: boolean) => (): void => {
      this.#paper = on
      this.#dress()
    }
    addEventListener('beforeprint', paper(true))
    addEventListener('afterprint', paper(false))
    void this.session.start()
  }

  /** Give the page the theme's colours, the language and the title. */
  #dress(): void {
    const { loaded, words } = this.session
    if (!loaded || !words) return
    const root = document.documentElement
    for (const [name, colour] of Object.entries((this.#paper ? loaded.light : loaded.theme).colours)) {
      root.style.setProperty(`--${name.replaceAll('_', '-')}`, colour)
    }
    root.lang = words.language
    document.title = `${words.text('title')} — ${words.of(loaded.theme.country.names)}`
  }

  protected override render(): TemplateResult {
    const { loaded, words, state } = this.session
    if (!loaded || !words) return this.#waiting()
    if (this.session.missing) return this.#missing(words)
    const choose = (patch: Partial<State>): void => void this.session.update(patch)
    const context: Context = { ...loaded, words, state, choose, grouped: this.session.grouped, summary: this.session.summary }
    if (state.embed) return this.#frame(context)
    return html`
      <button class="skip" @click=${() => this.querySelector<HTMLElement>('main')?.focus()}>
        ${words.text('skip_to_main')}
      </button>
      ${loaded.theme.synthetic
        ? html`<aside class="banner" id="synthetic" aria-labelledby="synthetic">${words.text('synthetic')}</aside>`
        : nothing}
      ${this.#header(context)}
      <paritet-home .session=${this.session}></paritet-home>
      <div class="columns">
        <main tabindex="-1" aria-busy=${this.session.pending > 0 ? 'true' : 'false'}>
          ${this.#failure(words)}
          ${this.session.webgl
            ? nothing
            : html`<p class="notice" role="alert">${words.text('no_webgl')}</p>`}
          ${this.#content(state.show)}
        </main>
        ${state.show === 'compare'
          ? nothing
          : html`<paritet-card
              .session=${this.session}
              .country=${this.#wide.matches || (this.#narrow.matches && state.show === 'map')}
              .low=${this.#narrow.matches}
            ></paritet-card>`}
      </div>
      ${this.#footer(context)}
      <paritet-print .session=${this.session}></paritet-print>
    `
  }

  /** The slim page for a frame: the picture, what it says, and the way to the whole page. */
  #frame(context: Context): TemplateResult {
    const { words, theme, state } = context
    const { summary } = this.session
    const { title, when } = titleOf(context)
    return html`
      ${theme.synthetic ? html`<aside class="banner" id="synthetic" aria-labelledby="synthetic">${words.text('synthetic')}</aside>` : nothing}
      <header class="frame-head">
        <h1>${title}</h1>
        <a href=${permalink(location.href, state)} target="_blank" rel="noopener">${words.text('open_in_paritet')}</a>
        <p>${[summary?.headline[0], when].filter(Boolean).join(' · ')}</p>
      </header>
      <div class="framed">
        <main tabindex="-1">
          ${this.#failure(words)}
          <paritet-map .session=${this.session}></paritet-map>
          <paritet-legend .session=${this.session}></paritet-legend>
        </main>
        <paritet-card .session=${this.session}></paritet-card>
      </div>
      ${this.#footer(context)}
    `
  }

  #content(show: State['show']): TemplateResult {
    const { session } = this
    if (show === 'table') return html`<paritet-table .session=${session}></paritet-table>`
    if (show === 'compare') return html`<paritet-compare .session=${session}></paritet-compare>`
    if (show === 'changes') return html`<paritet-changes .session=${session}></paritet-changes>`
    if (!session.webgl) {
      return html`
        <paritet-areas .session=${session}></paritet-areas>
        <paritet-legend .session=${session} .folded=${this.#narrow.matches}></paritet-legend>
        <paritet-table .session=${session}></paritet-table>
      `
    }
    return html`
      <paritet-map .session=${session}></paritet-map>
      <paritet-legend .session=${session} .folded=${this.#narrow.matches}></paritet-legend>
      ${this.#wide.matches || this.#narrow.matches ? nothing : html`<paritet-summary .session=${session}></paritet-summary>`}
    `
  }

  #waiting(): TemplateResult {
    // The words arrive with the theme; until then only what the address bar can say.
    return this.session.failure
      ? html`<main>${this.#failure(null)}</main>`
      : html`<main><p class="waiting" aria-live="polite">…</p></main>`
  }

  /** An official link must not show another release than it names. */
  #missing(words: Words): TemplateResult {
    const { missing, state } = this.session
    const newest = this.session.newest(state.country)
    const [country = '', release = ''] = newest?.release.split('/') ?? []
    return html`<main>
      <p class="notice" role="alert">${words.text('release_missing', { release: missing })}</p>
      <p class="notice">
        <button @click=${() => void this.session.update({ country, release, selected: '' })}>
          ${words.text('release_open', { country: words.of(newest?.names), on: words.date(newest?.on) })}
        </button>
      </p>
    </main>`
  }

  #failure(words: Words | null): TemplateResult | typeof nothing {
    const { failure } = this.session
    if (!failure) return nothing
    const missing = failure instanceof RequestFailed && failure.status === 404
    const sentence = words?.text(missing ? 'error_missing' : 'error_load') ?? ''
    return html`<p class="notice" role="alert">${sentence} <code>${failure.message}</code></p>`
  }

  #header({ words, state, theme }: Context): TemplateResult {
    const tab = (show: State['show']): TemplateResult => html`
      <button
        aria-pressed=${state.show === show ? 'true' : 'false'}
        @click=${() => void this.session.update({ show })}
      >
        ${words.text(`show_${show}`)}
      </button>
    `
    return html`
      <header>
        <div class="brand">
          <h1>${words.text('title')}</h1>
          <p>${words.text('subtitle')}</p>
        </div>
        <paritet-country .session=${this.session}></paritet-country>
        <paritet-search .session=${this.session}></paritet-search>
        <div class="toggle" role="group" aria-label=${words.text('view')}>
          ${tab('map')}${tab('table')}${tab('compare')}${tab('changes')}
        </div>
        <div class="toggle languages" role="group" aria-label=${words.text('language')}>
          ${theme.languages.map(
            (code) => html`<button
              lang=${code}
              title=${words.term('languages', code)}
              aria-pressed=${code === words.language ? 'true' : 'false'}
              @click=${() => void this.session.update({ lang: code })}
            >
              ${code.toUpperCase()}
            </button>`,
          )}
        </div>
      </header>
    `
  }

  #footer({ words, theme }: Context): TemplateResult {
    return html`
      <footer tabindex="0">
        <span>${words.text('sources')}:</span>
        ${theme.attributions.map(
          (line) => html`<span class="attribution"
            >${words.of(line.text)}${licenceText(words.of(line.text), line.licences)}</span
          >`,
        )}
        <span class="attribution">${words.text('release')}: ${theme.release}</span>
      </footer>
    `
  }
}

customElements.define('paritet-app', App)
