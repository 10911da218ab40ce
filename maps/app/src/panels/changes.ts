// What changed since an earlier release: in words, by cause, on a map, and row by row.
import { html, nothing, type TemplateResult } from 'lit'
import type { Query } from '../api/client'
import type { DiffAnswer, DiffPlaces, ReleaseInfo } from '../api/generated'
import { ChangesMap } from '../map/changes-map'
import { DIRECTIONS } from '../map/layers/changes'
import { loadFonts } from '../map/make'
import { CAUSES } from '../state/url'
import { rowTable, sign, sumTables } from './changes-tables'
import { earlierReleases } from './changes-words'
import { Panel, type Context } from './panel'
import { standardOf } from './subject'

const ROWS = 50
const NEWS = 4

type Piece = TemplateResult | typeof nothing

export class Changes extends Panel {
  static override properties = { ...Panel.properties, answer: { state: true }, went: { state: true } }
  declare answer: DiffAnswer | null
  declare went: DiffPlaces | null
  #asked = ''
  #request: AbortController | null = null
  #map: ChangesMap | null = null
  #making = false

  constructor() {
    super()
    this.answer = this.went = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#request?.abort()
    this.#dropMap()
    this.#asked = ''
  }

  #dropMap(): void {
    this.#map?.remove()
    this.#map = null
  }

  /** The release to compare with; none where there is no such. */
  #since({ state, release }: Context): ReleaseInfo | undefined {
    const earlier = earlierReleases(release, this.session.releases)
    return state.since ? earlier.find((row) => row.release === `${state.country}/${state.since}`) : earlier[0]
  }

  protected override changed(): void {
    const context = this.context
    if (!context || !this.isConnected) return
    const { state, words } = context
    const since = this.#since(context)
    const part = { area: state.raion, standard: standardOf(state.subject), cause: state.cause }
    const asked = JSON.stringify([since?.release, context.release.release, part, state.page, words.language])
    if (asked === this.#asked) return
    this.#asked = asked
    this.#request?.abort()
    if (since) void this.#load(context, since.release, part)
    else this.answer = this.went = null
  }

  async #load({ client, state, words }: Context, from: string, part: Query): Promise<void> {
    const request = (this.#request = new AbortController())
    const page = { limit: ROWS, offset: state.page * ROWS, language: words.language }
    try {
      const [answer, went] = await Promise.all([
        client.diff(from, { ...part, ...page }, request.signal),
        client.diffPlaces(from, part, request.signal),
      ])
      this.answer = answer
      this.went = went
    } catch (error) {
      if (!request.signal.aborted) this.session.report(error)
    }
  }

  protected override updated(): void {
    void this.#show()
  }

  async #show(): Promise<void> {
    const { context } = this
    if (!context) return
    const box = this.querySelector<HTMLElement>('.map')
    if (!box) {
      this.#dropMap()
      if (!this.session.pending && (this.answer || !this.#since(context))) window.paritetReady = true
      return
    }
    if (this.#map) return this.#map.show(this.went)
    if (this.#making) return
    this.#making = true
    await loadFonts(context)
    this.#making = false
    if (!this.isConnected || !box.isConnected) return
    const idle = (): void => {
      if (this.went && !this.session.pending) window.paritetReady = true
    }
    try {
      this.#map = new ChangesMap(box, this.session, () => this.context as Context, idle)
      this.#map.show(this.went)
    } catch {
      // Without WebGL the list says it all.
      this.session.webgl = false
      void this.session.update({})
    }
  }

  protected draw(context: Context): TemplateResult {
    const { words, release } = context
    const since = this.#since(context)
    if (!since) return html`<section class="changes"><p class="notice">${this.#nothingEarlier(context)}</p></section>`
    const answer = this.answer?.from === since.release && this.answer.to === release.release ? this.answer : null
    return html`
      <section class="changes" aria-label=${words.text('show_changes')}>
        <h2>${words.text('changes_title', { before: words.date(since.on), after: words.date(release.on) })}</h2>
        ${this.#choices(context, since)}
        ${answer ? this.#found(context, answer) : html`<p class="hint" aria-live="polite">${words.text('loading')}</p>`}
      </section>
    `
  }

  #nothingEarlier({ words, state, release }: Context): string {
    if (state.since) return words.text('release_missing', { release: `${state.country}/${state.since}` })
    const own = this.session.releases.filter((row) => row.country === release.country)
    return words.text(own.length < 2 ? 'changes_one' : 'changes_first')
  }

  #choices(context: Context, since: ReleaseInfo): TemplateResult {
    const { words, state, theme, areas, release, choose } = context
    const select = (id: string, label: string, rows: [string, string][], chosen: string, change: (value: string) => void): TemplateResult => html`
      <label>
        <span class="hint">${label}</span>
        <select id="changes-${id}" .value=${chosen} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
          ${rows.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
        </select>
      </label>
    `
    const any = words.text('any')
    const raions = areas
      .filter(({ level }) => level === 'raion')
      .map((area): [string, string] => [area.id, words.name(area)])
      .sort((a, b) => a[1].localeCompare(b[1], words.language))
    const earlier = earlierReleases(release, this.session.releases)
    const number = (row: ReleaseInfo): string => row.release.split('/')[1] ?? ''
    // The number of the day's release is told only where a day has several.
    const label = (row: ReleaseInfo): string =>
      earlier.filter(({ on }) => on === row.on).length > 1
        ? `${words.date(row.on)} (${number(row).split('.').at(-1)})`
        : words.date(row.on)
    return html`<div class="filters" role="group" aria-label=${words.text('filters')}>
      ${select('since', words.text('changes_since'), earlier.map((row) => [number(row), label(row)]), number(since),
        (value) => choose({ since: value === number(earlier[0] as ReleaseInfo) ? '' : value, page: 0 }))}
      ${select('standard', words.text('changes_standard'), [['overall', any], ...theme.standards.map(({ id, title }): [string, string] => [`standard:${id}`, words.of(title)])],
        standardOf(state.subject) ? state.subject : 'overall', (subject) => choose({ subject, page: 0 }))}
      ${select('cause', words.text('changes_cause'), [['', any], ...CAUSES.map((cause): [string, string] => [cause, words.term('change_causes', cause)])],
        state.cause, (cause) => choose({ cause, page: 0 }))}
      ${raions.length ? select('raion', words.text('raion'), [['', any], ...raions], state.raion, (raion) => choose({ raion, page: 0 })) : nothing}
    </div>`
  }

  #found(context: Context, answer: DiffAnswer): TemplateResult {
    const { words, state } = context
    const part = state.raion || state.cause || standardOf(state.subject)
    return html`
      ${answer.norms.length
        ? html`<p class="notice">${words.text('changes_norms', { n: words.number(answer.norms.length) })}</p>`
        : nothing}
      ${answer.comparable ? nothing : html`<p class="notice">${words.text('changes_unlike')}</p>`}
      ${this.#news(context, answer.changelog.slice(1))}
      ${answer.total
        ? html`${this.#where(context)} ${sumTables(context, answer.sums)} ${rowTable(context, answer)}`
        : html`<p class="notice">${words.text(part ? 'changes_none_here' : 'changes_none')}</p>`}
    `
  }

  /** The changelog without its title, which is that of the page. */
  #news({ words }: Context, lines: string[]): TemplateResult {
    const item = (line: string): TemplateResult => html`<li>${line}</li>`
    const rest = lines.slice(NEWS)
    return html`
      <ul class="news">${lines.slice(0, NEWS).map(item)}</ul>
      ${rest.length
        ? html`<details>
            <summary>${words.text('changes_more', { n: words.number(rest.length) })}</summary>
            <ul class="news">${rest.map(item)}</ul>
          </details>`
        : nothing}
    `
  }

  /** The map and its legend; without WebGL the list stands alone. */
  #where(context: Context): Piece {
    const { words } = context
    if (!this.session.webgl) return nothing
    return html`
      <div class="map-frame" role="region" aria-label=${words.text('changes_map')}><div class="map"></div></div>
      <ul class="change-key">
        ${[...DIRECTIONS].reverse().map((one) => html`<li>${sign(context, one)} ${words.term('change_directions', one)}</li>`)}
      </ul>
      ${this.went?.gone
        ? html`<p class="hint">${words.text('changes_gone', { n: words.plural('settlements', this.went.gone) })}</p>`
        : nothing}
    `
  }
}

customElements.define('paritet-changes', Changes)
