// Two places or two areas side by side: maps in step, and one table that says where they differ.
import { html, nothing, type TemplateResult } from 'lit'
import type { SettlementRow, SummaryAnswer } from '../api/generated'
import { loadFonts } from '../map/make'
import { Pair } from '../map/pair'
import type { Selection } from '../state/session'
import { Slot } from '../state/slot'
import { readingOf, subjectOf } from '../state/subject'
import { areaGroups, chosenGroup, settlementGroups, type Cell, type Group, type Row } from './compare-rows'
import { dot } from './marks'
import { Panel, type Context } from './panel'
import { whereText } from './place'
import './search-box'

const SLOTS = ['selected', 'other'] as const
type Side = (typeof SLOTS)[number]

function named({ words }: Context, chosen: Selection): string {
  return words.name(chosen.kind === 'area' ? chosen.area : chosen.card.settlement)
}

function whereOf({ words, named: areas }: Context, chosen: Selection): string {
  if (chosen.kind === 'settlement') return whereText(chosen.card.settlement, words, areas)
  const { parent, parent_name: name } = chosen.area
  return parent ? words.name(areas.get(parent) ?? { id: parent, name }) : ''
}

/** Names that tell the two apart: places of one name by where they are. */
function titles(context: Context, pair: [Selection, Selection]): [string, string] {
  const [one, other] = pair.map((chosen) => named(context, chosen)) as [string, string]
  if (one !== other) return [one, other]
  return pair.map((chosen) => `${named(context, chosen)} (${whereOf(context, chosen)})`) as [string, string]
}

export class Compare extends Panel {
  #pair: Pair | null = null
  #making = false
  /** What the chosen subject says of both areas. */
  readonly #told = new Slot<[SummaryAnswer, SummaryAnswer]>(() => this.requestUpdate())

  protected override changed(): void {
    const { context } = this
    if (!context) return
    const { client, state, words } = context
    const of = readingOf(subjectOf(state))
    const [one = '', other = ''] = SLOTS.map((slot) => /^area:(.*)$/s.exec(state[slot])?.[1] ?? '')
    const key = of && one && other ? [client.release, of, words.language, one, other].join(' ') : ''
    const ask = (id: string): Promise<SummaryAnswer> => client.summary(of, words.language, id)
    void this.#told.take(key, () => Promise.all([ask(one), ask(other)])).catch((error: unknown) => this.session.report(error))
  }

  protected override updated(): void {
    void this.#show()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#pair?.remove()
    this.#pair = null
  }

  async #show(): Promise<void> {
    const { context } = this
    if (!context || !this.isConnected) return
    if (!this.session.webgl) {
      if (!this.session.pending) window.paritetReady = true
      return
    }
    if (this.#pair) return this.#pair.show()
    if (this.#making) return
    this.#making = true
    await loadFonts(context)
    this.#making = false
    const boxes = [...this.querySelectorAll<HTMLElement>('.map')]
    if (!this.isConnected || boxes.length < SLOTS.length) return
    try {
      this.#pair = new Pair(boxes, this.session, () => this.context as Context)
    } catch {
      // Without WebGL the table says it all.
      this.session.webgl = false
      void this.session.update({})
    }
  }

  protected draw(context: Context): TemplateResult {
    const { words } = context
    const chosen = [this.session.selection, this.session.other]
    return html`
      <section class="compare" aria-label=${words.text('show_compare')}>
        <div class="pair">${SLOTS.map((slot, i) => this.#side(context, slot, chosen[i] ?? null))}</div>
        ${this.#table(context, chosen[0] ?? null, chosen[1] ?? null)}
      </section>
    `
  }

  #side(context: Context, slot: Side, chosen: Selection | null): TemplateResult {
    const { words, state, areas, choose } = context
    const title = words.text(slot === 'selected' ? 'compare_first' : 'compare_second')
    const raions = areas
      .map(({ id, ...area }) => ({ id, label: words.name({ id, ...area }) }))
      .sort((a, b) => a.label.localeCompare(b.label, words.language))
    const pick = (row: SettlementRow): void => choose({ [slot]: `settlement:${row.id}` })
    return html`
      <div class="side" role="group" aria-label=${title}>
        <h2>${chosen ? named(context, chosen) : title}</h2>
        <p class="hint">${chosen ? whereOf(context, chosen) : words.text('compare_choose')}</p>
        <div class="choosers">
          <paritet-search .session=${this.session} .pick=${pick} .box=${slot}></paritet-search>
          ${raions.length
            ? html`<select
                id="compare-area-${slot}"
                aria-label=${words.term('levels', areas[0]?.level ?? 'raion')}
                .value=${state[slot].startsWith('area:') ? state[slot] : ''}
                @change=${(event: Event) => choose({ [slot]: (event.target as HTMLSelectElement).value })}
              >
                <option value="">${words.term('levels', areas[0]?.level ?? 'raion')}…</option>
                ${raions.map(
                  ({ id, label }) =>
                    html`<option value="area:${id}" ?selected=${state[slot] === `area:${id}`}>${label}</option>`,
                )}
              </select>`
            : nothing}
        </div>
        ${this.session.webgl
          ? html`<div class="map-frame"><div class="map"></div></div>`
          : nothing}
      </div>
    `
  }

  #table(context: Context, one: Selection | null, other: Selection | null): TemplateResult {
    const { words, state } = context
    if (!one || !other) return html`<p class="notice">${words.text('compare_two')}</p>`
    if (state.selected === state.other) return html`<p class="notice">${words.text('compare_twice')}</p>`
    const groups =
      one.kind === 'settlement' && other.kind === 'settlement'
        ? settlementGroups(context, [one.card, other.card])
        : one.kind === 'area' && other.kind === 'area'
          ? [...(this.#told.value ? chosenGroup(context, this.#told.value) : []), ...areaGroups(context, [one.area, other.area])]
          : null
    if (!groups) return html`<p class="notice">${words.text('compare_alike')}</p>`
    return this.#rows(context, titles(context, [one, other]), groups)
  }

  #rows(context: Context, names: [string, string], groups: Group[]): TemplateResult {
    const { words } = context
    return html`
      <table class="rows compared">
        <caption>
          ${words.text('compare_caption', { one: names[0], other: names[1] })}
        </caption>
        <thead>
          <tr>
            <td></td>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
            <th scope="col">${words.text('compare_difference')}</th>
          </tr>
        </thead>
        ${groups.map(
          ({ title, rows }) => html`<tbody>
            ${title ? html`<tr class="head"><th scope="rowgroup" colspan="4">${title}</th></tr>` : nothing}
            ${rows.map((row) => this.#row(context, names, row))}
          </tbody>`,
        )}
      </table>
      <p class="hint">${words.text('compare_hint')}</p>
    `
  }

  #row({ words }: Context, names: [string, string], { label, cells, differs, standing }: Row): TemplateResult {
    const cell = ({ text, hint, mark }: Cell): TemplateResult =>
      html`${mark ? dot(mark) : nothing} ${text} ${hint ? html`<span class="hint">${hint}</span>` : nothing}`
    const worse = standing === 'first' ? names[0] : standing === 'second' ? names[1] : ''
    const said = worse
      ? html`<strong>${words.text('compare_worse', { name: worse })}</strong>`
      : words.text(differs ? (standing === 'open' ? 'compare_open' : 'compare_differs') : standing === 'open' ? 'compare_nothing' : 'compare_same')
    return html`<tr class=${differs ? 'differs' : ''}>
      <th scope="row">${label}</th>
      ${cells.map((one, i) => html`<td class=${worse && worse === names[i] ? 'worse' : ''}>${cell(one)}</td>`)}
      <td class="difference">${said}</td>
    </tr>`
  }
}

customElements.define('paritet-compare', Compare)
