// The ways to the nearest facility of each kind: minutes, km, detour, and the line on the
// map. Where there is no way there is a word and no number.
import { html, nothing, type TemplateResult } from 'lit'
import type { Scorecard, WayBrief } from '../api/generated'
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

function line(context: Context, row: WayBrief): TemplateResult {
  const { words, state, choose } = context
  const name = words.term('facilities', row.kind)
  const pressed = state.way === row.kind
  const drawn = row.minutes !== null && row.method?.endsWith('road network')
  return html`<tr>
    <th scope="row">
      ${name}
      ${row.facility?.name ? html`<span class="hint">${row.facility.name}</span>` : nothing}
    </th>
    <td>
      ${row.minutes === null
        ? words.term('statuses', row.status)
        : html`<strong>${words.value(Math.round(row.minutes), 'min')}</strong>
            <span class="hint">${facts(context, row)}</span>`}
    </td>
    <td>
      ${drawn
        ? html`<button
            class="way"
            aria-pressed=${pressed ? 'true' : 'false'}
            aria-label=${words.text('way_show', { name })}
            @click=${() => choose({ way: pressed ? '' : row.kind, show: 'map' })}
          >
            ${words.text('way_button')}
          </button>`
        : nothing}
    </td>
  </tr>`
}

/** The ways over the road network; a country without roads has none to show. */
export function ways(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words } = context
  const rows = card.access.filter((row) => row.method?.includes('road network') || row.method?.includes('on foot'))
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
