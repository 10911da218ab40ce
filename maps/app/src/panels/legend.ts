// The legend: classes and marks, unit, date and source of what the map shows.
import { html, nothing, type TemplateResult } from 'lit'
import type { Classes, Mark } from '../api/generated'
import { numbers } from '../map/look'
import { picture, type Picture } from '../map/picture'
import { isDark } from '../state/scheme'
import { subjectOf } from '../state/subject'
import { rangeText } from './classes'
import { dateSpan } from './evidence'
import { dot, swatch } from './marks'
import { normFacts } from './norms'
import { Panel, type Context } from './panel'
import { sourceNames } from './sources'
import { ringedValues } from './verdicts'

const SIZES = [100, 1_000, 10_000, 100_000]

/** The classes of numbers, and the marks of what is assumed or missing. */
function valueRows(context: Context, shown: Picture): TemplateResult {
  const { words, theme, country } = context
  const stroke = theme.colours['outline'] ?? ''
  const found = (country?.evidence ?? []).filter((row) => row.indicator === shown.drawn?.code && row.settlements)
  const own = new Set(['unknown', ...found.map((row) => row.status)])
  return html`
    <ul class="key">
      ${numbers(theme, shown).colours.map(
        (fill, i) => html`<li>${dot({ fill, stroke, pattern: '' })} ${rangeText(context, shown, i)}</li>`,
      )}
      ${ringedValues(theme)
        .filter((mark) => own.has(mark.id))
        .map((mark) => html`<li>${dot(mark)} ${words.of(mark.label)}</li>`)}
    </ul>
  `
}

function classRows(context: Context, classes: Classes, shape: 'area' | 'point'): TemplateResult {
  const { words, theme } = context
  const outline = theme.colours['outline'] ?? ''
  const ends = [0, ...classes.breaks, 1]
  const unknown = { ...theme.unknown, pattern: 'hatch' }
  const draw = shape === 'area' ? swatch : dot
  return html`
    <ul class="key">
      ${classes.colours.map(
        (fill, i) => html`<li>
          ${draw({ fill, stroke: outline, pattern: '' })}
          ${words.number((ends[i] ?? 0) * 100)}–${words.percent(ends[i + 1] ?? 1)}
        </li>`,
      )}
      <li>${draw(unknown)} ${words.text('legend_unknown')}</li>
    </ul>
  `
}

/** Marks of the settlements; a verdict that may be assumed has its second mark below. */
function settlementMarks({ theme, state }: Context, shown: Picture): Mark[] {
  if (shown.reading === 'estimate') return theme.estimates
  if (shown.reading !== 'verdict') return theme.statuses
  const standard = theme.standards.find((row) => state.subject === `standard:${row.id}`)
  return theme.verdicts.flatMap((mark) => [
    mark,
    ...theme.assumed_verdicts.filter(
      ({ id }) => id.split(':')[0] === mark.id && standard?.assumed.includes(id),
    ),
  ])
}

function markRows({ words }: Context, marks: Mark[]): TemplateResult {
  return html`<ul class="key">
    ${marks.map((mark) => html`<li>${dot(mark)} ${words.of(mark.label)}</li>`)}
  </ul>`
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

function settlementKey(context: Context, shown: Picture): TemplateResult | typeof nothing {
  // The circles of areas have the classes of the areas, which stand beside.
  if (shown.reading === 'none' || (shown.view === 'areas' && shown.reading === 'gap')) return nothing
  const { words, theme } = context
  const titles = {
    verdict: 'legend_verdict',
    status: 'legend_status',
    gap: 'legend_settlement_gap',
    value: 'legend_value',
    estimate: 'by_model',
    people: 'population',
  }
  const later = shown.view === 'areas' ? ` (${words.text('legend_zoom')})` : ''
  const key =
    shown.reading === 'gap'
      ? classRows(context, theme.classes.gap, 'point')
      : shown.drawn || shown.reading === 'people'
        ? valueRows(context, shown)
        : markRows(context, settlementMarks(context, shown))
  return html`<h3>
      ${words.text(titles[shown.reading], { unit: words.term('units', shown.drawn?.unit ?? '') })}${later}
    </h3>
    ${key}`
}

/** What a reader must know to read the picture rightly. */
function hints({ words, theme }: Context, shown: Picture): TemplateResult {
  const said = {
    legend_share_note: shown.subject.kind === 'known' && shown.view === 'areas',
    legend_same: shown.view === 'areas' && shown.reading === 'gap',
    by_model_hint: shown.reading === 'estimate',
    legend_darker: shown.reading === 'value' && !isDark(theme),
    legend_lighter: shown.reading === 'value' && isDark(theme),
    legend_least: shown.reading === 'value',
    legend_pale: shown.reading === 'value',
    legend_hexagons: shown.view === 'hexagons',
    legend_size_unknown: true,
  }
  const keys = Object.entries(said).filter(([, holds]) => holds)
  return html`${keys.map(([key]) => html`<p class="hint">${words.text(key)}</p>`)}`
}

function areaKey(context: Context, shown: Picture): TemplateResult | typeof nothing {
  if (shown.view !== 'areas' || !context.areas.length) return nothing
  const known = shown.subject.kind === 'known'
  return html`
    <h3>${context.words.text(known ? 'legend_share' : 'legend_gap')}</h3>
    ${classRows(context, shown.classes, 'area')}
  `
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
function sourceLine(context: Context): TemplateResult {
  const { words, theme, state } = context
  const { kind } = subjectOf(state)
  const { sources, dates } = provenance(context)
  const dated = kind !== 'estimate' && kind !== 'people'
  const parts = [
    dated && sources.length ? `${words.text(sources.length > 1 ? 'sources' : 'source')}: ${sources.join('; ')}` : '',
    dated ? `${words.text('dates_of_data')}: ${dates}` : '',
    `${words.text('state_on')} ${words.date(theme.on)}`,
  ]
  return html`<p class="hint source-line">${parts.filter(Boolean).join(' · ')}</p>`
}

/** The act behind a standard, and its unit. */
function facts({ words, theme, state, ...rest }: Context): TemplateResult | typeof nothing {
  const { kind, id } = subjectOf(state)
  const standard = theme.standards.find((row) => kind === 'standard' && row.id === id)
  if (!standard) return nothing
  return html`<dl class="facts">${normFacts({ words, theme, state, ...rest }, standard)}</dl>`
}

export class Legend extends Panel {
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
    const { words, theme, state, areas } = context
    const shown = picture(theme, state, areas)
    return html`
      <section class="block legend" aria-labelledby="legend-title">
        <h2 id="legend-title">${words.text('legend')}</h2>
        ${areaKey(context, shown)} ${settlementKey(context, shown)}
        ${shown.settlementsFrom <= this.session.zoom ? sizeRow(context, this.session.zoom) : nothing}
        ${sourceLine(context)}
        <details>
          <summary>${words.text('legend_more')}</summary>
          ${hints(context, shown)} ${facts(context)}
        </details>
      </section>
    `
  }
}

customElements.define('paritet-legend', Legend)
