// The ways to the nearest facility of each kind: minutes, km, detour, and the line on the
// map. Where there is no way there is a word and no number.
import { html, nothing, type TemplateResult } from 'lit'
import type { Scorecard, Value, WayBrief } from '../api/generated'
import type { Context } from './panel'

/** A detour from here on is worth a word, and a walk to the road. */
const DETOUR = 1.5
const WALK_M = 100

function facts({ words }: Context, row: WayBrief): string {
  const parts: string[] = []
  if (row.km !== null) parts.push(words.value(Math.round(row.km * 10) / 10, 'km'))
  if (row.detour !== null && row.detour >= DETOUR) {
    const why = row.reason ? ` (${words.term('detours', row.reason)})` : ''
    parts.push(words.text('way_detour', { x: words.number(row.detour, 1) }) + why)
  }
  if (row.leg_m !== null && row.leg_m >= WALK_M) {
    parts.push(words.text('way_walk', { m: words.number(row.leg_m) }))
  }
  return parts.join(' · ')
}

/** Whether a line of the way can be drawn. */
function isDrawn(row: WayBrief): boolean {
  return row.minutes !== null && (row.method?.endsWith('road network') ?? false)
}

function button({ words, state, choose }: Context, row: WayBrief): TemplateResult | typeof nothing {
  if (!isDrawn(row)) return nothing
  const pressed = state.way === row.kind
  const name = words.term('facilities', row.kind)
  return html`<button
    class="way"
    aria-pressed=${pressed ? 'true' : 'false'}
    aria-label=${`${words.text('way_button')}: ${name}`}
    @click=${() => choose({ way: pressed ? '' : row.kind, show: 'map' })}
  >
    ${words.text('way_button')}
  </button>`
}

/** Ways that a country without roads has none of. */
function byRoad(card: Scorecard): WayBrief[] {
  return card.access.filter((row) => row.method?.includes('road network') || row.method?.includes('on foot'))
}

function isOf(way: WayBrief, value: Value): boolean {
  return value.facility !== null && way.facility?.id === value.facility.id && way.kind === value.facility.kind
}

/** The way to the facility that a value speaks of: how far, and a button that draws it. */
export function wayOf(context: Context, card: Scorecard, value: Value): TemplateResult | typeof nothing {
  const row = byRoad(card).find((way) => isOf(way, value))
  const told = row ? facts(context, row) : ''
  return row ? html`${told ? html`<span class="hint">· ${told}</span>` : nothing} ${button(context, row)}` : nothing
}

function line(context: Context, row: WayBrief): TemplateResult {
  const { words } = context
  return html`<tr>
    <th scope="row">
      ${words.term('facilities', row.kind)}
      ${row.facility?.name ? html`<span class="hint">${row.facility.name}</span>` : nothing}
    </th>
    <td>
      ${row.minutes === null
        ? words.term('statuses', row.status)
        : html`<strong>${words.value(Math.round(row.minutes), 'min')}</strong>
            <span class="hint">${facts(context, row)}</span>`}
    </td>
    <td>${button(context, row)}</td>
  </tr>`
}

/** The ways that belong to none of the values above. */
export function ways(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words } = context
  const rows = byRoad(card).filter((way) => !card.values.some((value) => isOf(way, value)))
  if (!rows.length) return nothing
  return html`
    <h3>${words.text('ways')}</h3>
    <table class="lines ways">
      <tbody>
        ${rows.map((row) => line(context, row))}
      </tbody>
    </table>
  `
}
