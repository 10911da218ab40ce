// Filters by class of settlement, raion, residents and verdict: of the map, the table and the address.
import { html, nothing, type TemplateResult } from 'lit'
import { picture } from '../map/picture'
import type { State } from '../state/url'
import type { Context } from './panel'
import { standardOf } from './subject'

export const KINDS = ['capital', 'oblast_city', 'raion_city', 'urban_settlement', 'agrogorodok', 'rural']
/** Residents from and to, by the limits that norms speak of. */
const PEOPLE = ['-19', '20-49', '50-99', '100-299', '300-999', '1000-9999', '10000-']

const NONE = { verdict: '', kind: '', raion: '', people: '' }

type Key = 'verdict' | 'kind' | 'raion' | 'people'
interface Option {
  value: string
  label: string
}

function filter({ state, choose }: Context, key: Key, label: string, rows: Option[]): TemplateResult {
  return html`
    <select
        id="filter-${key}"
        aria-label=${label}
        class=${state[key] ? 'set' : ''}
        @change=${(event: Event) =>
          // The map goes to the raion, and back to the country.
          choose({ [key]: (event.target as HTMLSelectElement).value, page: 0, ...(key === 'raion' && { at: '' }) } as Partial<State>)}
      >
        <option value="" ?selected=${!state[key]}>${label}</option>
        ${rows.map(({ value, label: text }) => html`<option value=${value} ?selected=${value === state[key]}>${text}</option>`)}
    </select>
  `
}

function peopleText({ words }: Context, range: string): string {
  const [least = '', most = ''] = range.split('-')
  if (!most) return words.text('at_least', { x: words.number(Number(least)) })
  return `${words.number(Number(least))}–${words.number(Number(most))}`
}

/** The filters in a row, with a button that drops them all. */
export function filters(context: Context): TemplateResult {
  const { words, state, theme, areas, choose } = context
  const raions = areas
    .filter((area) => area.level === 'raion')
    .map((area) => ({ value: area.id, label: words.name(area) }))
    .sort((a, b) => a.label.localeCompare(b.label, words.language))
  const kinds = KINDS.map((kind) => ({ value: kind, label: words.term('kinds', kind) }))
  const ranges = [...new Set([...PEOPLE, ...(state.people ? [state.people] : [])])]
  const people = ranges.map((range) => ({ value: range, label: peopleText(context, range) }))
  const verdicts = theme.verdicts.map((mark) => ({ value: mark.id, label: words.of(mark.label) }))
  const set = isSet(state)
  return html`
    <div class="filters" role="group" aria-label=${words.text('filters')}>
      ${standardOf(state.subject) ? filter(context, 'verdict', words.text('verdict'), verdicts) : nothing}
      ${filter(context, 'kind', words.text('kind'), kinds)}
      ${raions.length ? filter(context, 'raion', words.text('raion'), raions) : nothing}
      ${filter(context, 'people', words.text('population'), people)}
      ${set
        ? html`<button class="link" @click=${() => choose({ ...NONE, page: 0, ...(state.raion && { at: '' }) })}>
            ${words.text('filters_off')}
          </button>`
        : nothing}
    </div>
  `
}

function isSet({ verdict, kind, raion, people }: State): boolean {
  return Boolean(verdict || kind || raion || people)
}

/** What the filters do not act on. */
export function filterHint({ words, state, theme, areas }: Context): TemplateResult | typeof nothing {
  const summed = state.show === 'map' && picture(theme, state, areas).view !== 'settlements'
  return isSet(state) && summed ? html`<p class="hint">${words.text('filters_of_settlements')}</p>` : nothing
}
