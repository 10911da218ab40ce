// The head of the page: topics, and what is shown of the chosen one.
import { html, nothing, type TemplateResult } from 'lit'
import { picture, views } from '../map/picture'
import { subjectOf } from '../state/subject'
import type { State, View } from '../state/url'
import { filterHint, filters } from './filters'
import { closeOnEscape } from './menu'
import { Panel, type Context } from './panel'
import { heads, members } from './operators'
import { promiseBand } from './promise'
import { subjectName, topicOf } from './subject'
import './take'

/** Kinds of subjects in the order in which a list groups them, and what the groups are called. */
const GROUPS: [string, string][] = [
  ['standard', 'group_standards'],
  ['indicator', 'values'],
  ['estimate', 'by_model'],
]

export class Home extends Panel {
  static override properties = { ...Panel.properties, open: { state: true } }
  /** Whether the choices are unfolded; wide screens always show them. */
  declare open: boolean

  protected draw(context: Context): TemplateResult {
    const { words, theme, state } = context
    const chosen = topicOf(theme, state.subject)
    return html`
      <nav class="topics" aria-label=${words.text('topics')}>
        ${theme.topics.map(
          ({ id, label, subjects }) => html`<button
            aria-pressed=${id === chosen?.id ? 'true' : 'false'}
            @click=${() => this.#set({ subject: subjects[0] ?? '' })}
          >
            ${words.of(label)}
          </button>`,
        )}
      </nav>
      ${promiseBand(context, this.session.summary)}
      <section
        class="toolbar"
        aria-label=${words.text('settings')}
        @keydown=${(event: KeyboardEvent) => this.#escape(event)}
      >
        ${this.#subject(context, chosen?.subjects ?? [])} ${this.#operators(context, chosen?.subjects ?? [])}
        ${this.#fold(context)}
        <div id="choices" class=${this.open ? 'open' : ''}>
          ${state.show === 'map' ? this.#view(context) : nothing}
          ${state.show === 'map' ? this.#facilities(context) : nothing}
          ${state.show === 'map' || state.show === 'table' ? filters(context) : nothing}
          ${filterHint(context)}
        </div>
        <paritet-take .session=${this.session}></paritet-take>
      </section>
    `
  }

  /** What shows and hides the other choices where there is little room. */
  #fold({ words, state }: Context): TemplateResult {
    const set = [state.verdict, state.kind, state.raion, state.people, state.facilities].filter(Boolean).length
    return html`<button
      class="fold-button ${set ? 'set' : ''}"
      aria-expanded=${this.open ? 'true' : 'false'}
      aria-controls="choices"
      @click=${() => (this.open = !this.open)}
    >
      ${words.text('filters')}${set ? `: ${set}` : ''}
    </button>`
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.open) return
    this.open = false
    this.querySelector<HTMLElement>('.fold-button')?.focus()
  }

  /** Another subject has other verdicts and other columns. */
  #set(patch: Partial<State>): void {
    void this.session.update({ verdict: '', page: 0, ...patch })
  }

  #subject(context: Context, all: string[]): TemplateResult | typeof nothing {
    const { words, state, theme } = context
    if (all.length < 2) return nothing
    const operators = theme.operators.map((row) => String(row['id']))
    const own = members(state.subject, all, operators).map((one) => one.subject)
    // The operators of one subject stand beside the list; it shows the chosen one.
    const subjects = heads(all, operators).map((subject) => (own.includes(subject) ? state.subject : subject))
    const kind = (subject: string): string => subject.split(':')[0] ?? ''
    const option = (subject: string): TemplateResult =>
      html`<option value=${subject} ?selected=${subject === state.subject}>${subjectName(context, subject)}</option>`
    const rest = subjects.filter((subject) => !GROUPS.some(([one]) => one === kind(subject)))
    const groups = GROUPS.map(([one, label]) => ({ label, rows: subjects.filter((subject) => kind(subject) === one) }))
    return html`
      <select
          id="choice-subject"
          aria-label=${words.text('subject')}
          @change=${(event: Event) => this.#set({ subject: (event.target as HTMLSelectElement).value })}
        >
          ${rest.map(option)}
          ${groups
            .filter(({ rows }) => rows.length)
            .map(({ label, rows }) => html`<optgroup label=${words.text(label)}>${rows.map(option)}</optgroup>`)}
      </select>
    `
  }

  #operators({ words, theme, state }: Context, subjects: string[]): TemplateResult | typeof nothing {
    const rows = members(state.subject, subjects, theme.operators.map((row) => String(row['id'])))
    if (rows.length < 2) return nothing
    const name = (id: string): string => {
      const found = theme.operators.find((row) => row['id'] === id)
      return id ? String(found?.['name'] ?? id) : words.text('any_operator')
    }
    return html`
      <div class="toggle" role="group" aria-label=${words.text('operator')}>
        ${rows.map(
          ({ operator, subject }) => html`<button
            aria-pressed=${subject === state.subject ? 'true' : 'false'}
            @click=${() => this.#set({ subject })}
          >
            ${name(operator)}
          </button>`,
        )}
      </div>
    `
  }

  /** Facilities that the map shows over the picture. */
  #facilities({ words, theme, state }: Context): TemplateResult | typeof nothing {
    if (!theme.facilities.length) return nothing
    const chosen = new Set(state.facilities.split(',').filter(Boolean))
    const toggle = (kind: string): void => {
      const other = chosen.has(kind) ? [...chosen].filter((one) => one !== kind) : [...chosen, kind]
      void this.session.update({ facilities: other.join(',') })
    }
    return html`
      <details class="menu" @keydown=${closeOnEscape}>
        <summary class=${chosen.size ? 'set' : ''}>${words.text('facilities')}${chosen.size ? `: ${chosen.size}` : ''}</summary>
        <div class="menu-body">
          ${theme.facilities.map(
            ({ kind, count }) => html`<label>
              <input type="checkbox" .checked=${chosen.has(kind)} @change=${() => toggle(kind)} />
              <span>${words.term('facilities', kind)}: ${words.number(count)}</span>
            </label>`,
          )}
        </div>
      </details>
    `
  }

  #view({ words, theme, state, areas }: Context): TemplateResult | typeof nothing {
    const possible = views(theme, areas, subjectOf(state))
    const { view } = picture(theme, state, areas)
    if (possible.length < 2 || !this.session.webgl) return nothing
    const level = areas[0] ? words.term('levels', areas[0].level) : ''
    const labels: Record<View, string> = {
      hexagons: words.text('view_hexagons'),
      areas: level,
      settlements: words.text('view_settlements'),
    }
    return html`
      <div class="toggle" role="group" aria-label=${words.text('view')}>
        ${possible.map(
          (one) => html`<button
            aria-pressed=${one === view ? 'true' : 'false'}
            @click=${() => void this.session.update({ view: one === possible[0] ? '' : one })}
          >
            ${labels[one]}
          </button>`,
        )}
      </div>
    `
  }
}

customElements.define('paritet-home', Home)
