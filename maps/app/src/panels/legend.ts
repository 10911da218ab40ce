// The legend: classes and marks, unit, date and source of what the map shows.
import { html, nothing, type TemplateResult } from 'lit'
import { pictured } from '../map/pictured'
import type { Picture } from '../map/picture'
import { isDark } from '../state/scheme'
import { subjectOf } from '../state/subject'
import { keyGroups, type KeyGroup } from './key'
import { dateSpan } from './evidence'
import { dot, swatch } from './marks'
import { normFacts } from './norms'
import { Panel, type Context } from './panel'
import { sourceNames } from './sources'

const SIZES = [100, 1_000, 10_000, 100_000]

function rows({ title, shape, rows: marks }: KeyGroup): TemplateResult {
  const draw = (mark: KeyGroup['rows'][number]['mark']): TemplateResult =>
    shape === 'area' || mark.pattern === 'stipple' ? swatch(mark) : dot(mark)
  return html`
    <h3>${title}</h3>
    <ul class="key">
      ${marks.map(({ mark, label }) => html`<li>${draw(mark)} ${label}</li>`)}
    </ul>
  `
}

/** The factor of the circles' radius at a zoom, as the style interpolates it. */
export function zoomFactor(factors: [number, number][], zoom: number): number {
  const above = factors.findIndex(([stop]) => stop > zoom)
  const last = factors.at(-1)?.[1] ?? 1
  const [high, low] = [factors[above], factors[above - 1]]
  if (!high) return last
  if (!low) return high[1]
  return low[1] + ((zoom - low[0]) / (high[0] - low[0])) * (high[1] - low[1])
}

function sizeRow({ words, theme }: Context, zoom: number): TemplateResult {
  const { population, radius, unknown, zoom_factor: factors } = theme.size
  const factor = zoomFactor(factors, zoom)
  const size = (people: number): number =>
    Math.round(2 * factor * (radius[population.indexOf(people)] ?? unknown))
  return html`
    <h3>${words.text('legend_size')}</h3>
    <ul class="key sizes">
      ${SIZES.filter((people) => population.includes(people)).map(
        (people) => html`<li>
          <span
            class="ring"
            .style=${`width: ${size(people)}px; height: ${size(people)}px`}
            aria-hidden="true"
          ></span>
          ${words.number(people)}
        </li>`,
      )}
    </ul>
  `
}

/** What a reader must know to read the picture rightly. */
export function hints({ words, theme }: Context, shown: Picture): string[] {
  const said = {
    legend_share_note: shown.subject.kind === 'known' && shown.view === 'areas',
    legend_same: shown.view === 'areas' && shown.reading === 'gap',
    by_model_hint: shown.reading === 'estimate',
    legend_darker: shown.reading === 'value' && !isDark(theme),
    legend_lighter: shown.reading === 'value' && isDark(theme),
    legend_least: shown.reading === 'value',
    legend_pale: shown.reading === 'value',
    legend_hexagons: shown.view === 'hexagons',
    legend_most: shown.view === 'areas' && shown.areaClasses.size > 0,
    legend_size_unknown: true,
  }
  return Object.entries(said).filter(([, holds]) => holds).map(([key]) => words.text(key))
}

/** Codes of the indicators behind what is shown. */
function indicatorsShown({ theme, state }: Context): string[] {
  const { kind, id } = subjectOf(state)
  if (kind === 'known') return id ? [id] : theme.indicators.filter((row) => !row.derived).map((row) => row.code)
  if (kind === 'indicator') return [id]
  const own = theme.standards.filter(
    (row) => kind === 'overall' || (kind === 'domain' ? row.domain === id : row.id === id),
  )
  return [...new Set(own.map((row) => row.indicator))]
}

/** Names of the sources and the span of their dates, from the country's evidence. */
function provenance(context: Context): { sources: string[]; dates: string } {
  const codes = indicatorsShown(context)
  const rows = (context.country?.evidence ?? []).filter((row) => codes.includes(row.indicator))
  const ids = rows.flatMap((row) =>
    Array.isArray(row.sources) ? row.sources : (row.sources ?? '').split(/[;,]\s*/),
  )
  return { sources: sourceNames(context, ids), dates: dateSpan(context, rows) }
}

/** From where and of when the picture is, in one line. */
export function sourceLine(context: Context): string {
  const { words, theme, state } = context
  const { kind } = subjectOf(state)
  const { sources, dates } = provenance(context)
  const dated = kind !== 'estimate' && kind !== 'people'
  const parts = [
    dated && sources.length ? `${words.text(sources.length > 1 ? 'sources' : 'source')}: ${sources.join('; ')}` : '',
    dated ? `${words.text('dates_of_data')}: ${dates}` : '',
    `${words.text('state_on')} ${words.date(theme.on)}`,
  ]
  return parts.filter(Boolean).join(' · ')
}

/** The act behind a standard, and its unit. */
function facts({ words, theme, state, ...rest }: Context): TemplateResult | typeof nothing {
  const { kind, id } = subjectOf(state)
  const standard = theme.standards.find((row) => kind === 'standard' && row.id === id)
  if (!standard) return nothing
  return html`<dl class="facts">${normFacts({ words, theme, state, ...rest }, standard)}</dl>`
}

export class Legend extends Panel {
  static override properties = { ...Panel.properties, folded: { type: Boolean } }
  /** Whether a press opens it: there is little room. */
  declare folded: boolean
  readonly #zoomed = (): void => this.requestUpdate()

  override connectedCallback(): void {
    super.connectedCallback()
    this.session.addEventListener('zoom', this.#zoomed)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.session.removeEventListener('zoom', this.#zoomed)
  }

  protected draw(context: Context): TemplateResult {
    if (!this.folded) return this.#key(context)
    return html`<details class="fold"><summary>${context.words.text('legend')}</summary>${this.#key(context)}</details>`
  }

  #key(context: Context): TemplateResult {
    const { words } = context
    const shown = pictured(context)
    return html`
      <section class="block legend" aria-labelledby="legend-title">
        <h2 id="legend-title">${words.text('legend')}</h2>
        ${keyGroups(context, shown).map(rows)}
        ${shown.settlementsFrom <= this.session.zoom ? sizeRow(context, this.session.zoom) : nothing}
        ${shown.view === 'areas' && shown.level === 'grid'
          ? html`<p class="hint grid-notice">${words.text('analytic_grid')}</p>`
          : nothing}
        <p class="hint source-line">${sourceLine(context)}</p>
        <details>
          <summary>${words.text('legend_more')}</summary>
          ${hints(context, shown).map((hint) => html`<p class="hint">${hint}</p>`)} ${facts(context)}
        </details>
      </section>
    `
  }
}

customElements.define('paritet-legend', Legend)
