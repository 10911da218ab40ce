// The choices: country, release, view, and what is shown (standard or indicator).
import { html, nothing, type TemplateResult } from 'lit'
import type { View } from '../state/url'
import { drawnIndicators } from '../map/picture'
import { Panel, type Context } from './panel'

interface Option {
  value: string
  label: string
}

function options(rows: Option[], chosen: string): TemplateResult[] {
  return rows.map(
    (row) => html`<option value=${row.value} ?selected=${row.value === chosen}>${row.label}</option>`,
  )
}

export class Choices extends Panel {
  protected draw(context: Context): TemplateResult {
    return html`
      <section class="block choices" aria-label=${context.words.text('settings')}>
        ${this.#country(context)} ${this.#view(context)}
        ${context.state.view === 'evidence' ? this.#indicator(context) : this.#subject(context)}
      </section>
    `
  }

  #set(patch: Parameters<typeof this.session.update>[0]): void {
    void this.session.update({ ...patch, page: 0 })
  }

  #country({ words, state, release }: Context): TemplateResult {
    const latest = this.session.releases.filter((row) => row.latest)
    const countries = (latest.length ? latest : this.session.releases).map((row) => ({
      value: row.country,
      label: words.of(row.names) || row.country,
    }))
    const own = this.session.releases.filter((row) => row.country === state.country)
    const newer = !release.latest && own.some((row) => row.latest)
    const go = (country: string): void =>
      this.#set({ country, release: '', view: '', selected: '', raion: '', indicator: '' })
    return html`
        ${this.#select('country', words.text('country'), countries, state.country, go)}
        ${own.length < 2 ? nothing : this.#select(
          'release',
          words.text('release'),
          own.map((row) => {
            const id = row.release.split('/')[1] ?? ''
            // The number of the day's release is told only where a day has several.
            const several = own.filter((other) => other.on === row.on).length > 1
            const label = words.date(row.on)
            return { value: id, label: several ? `${label} (${id.split('.').at(-1)})` : label }
          }),
          state.release,
          (id) => this.#set({ release: id }),
        )}
      ${newer
        ? html`<p class="hint">
            <button class="link" @click=${() => this.#set({ release: '' })}>
              ${words.text('release_newer')}
            </button>
          </p>`
        : nothing}
    `
  }

  #select(
    id: string,
    label: string,
    rows: Option[],
    chosen: string,
    change: (value: string) => void,
  ): TemplateResult {
    return html`
      <div class="field">
        <label for="choice-${id}">${label}</label>
        <select
          id="choice-${id}"
          .value=${chosen}
          @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
        >
          ${options(rows, chosen)}
        </select>
      </div>
    `
  }

  #view({ words, state, areas, theme }: Context): TemplateResult {
    const grid = areas[0]?.level === 'grid'
    const first = areas[0] ? words.term('levels', areas[0].level) : ''
    const views: [View, string][] = [
      ...(areas.length ? [['areas', grid ? words.term('levels', 'grid') : first] as [View, string]] : []),
      ['settlements', words.text('view_settlements')],
      ['evidence', words.text('view_evidence')],
    ]
    return html`
      <fieldset class="radios">
        <legend>${words.text('view')}</legend>
        ${views.map(
          ([view, label]) => html`
            <label>
              <input
                type="radio"
                name="view"
                value=${view}
                .checked=${state.view === view}
                @change=${() => this.#set({ view })}
              />
              <span>${label}</span>
            </label>
          `,
        )}
      </fieldset>
      ${state.view !== 'areas' && theme.default_view === 'evidence'
        ? html`<p class="hint">${words.text('view_evidence_why')}</p>`
        : nothing}
      ${grid && state.view !== 'settlements'
        ? html`<p class="hint grid-notice">${words.text('analytic_grid')}</p>`
        : nothing}
      ${areas.length ? nothing : html`<p class="hint">${words.text('no_areas')}</p>`}
    `
  }

  #grouped(
    id: string,
    label: string,
    groups: { label: string; rows: Option[] }[],
    first: Option[],
    chosen: string,
    change: (value: string) => void,
  ): TemplateResult {
    const filled = groups.filter((group) => group.rows.length)
    return html`
      <div class="field">
        <label for="choice-${id}">${label}</label>
        <select
          id="choice-${id}"
          @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
        >
          ${options(first, chosen)}
          ${filled.map(
            (group) => html`<optgroup label=${group.label}>${options(group.rows, chosen)}</optgroup>`,
          )}
        </select>
      </div>
    `
  }

  #subject({ words, state, theme }: Context): TemplateResult {
    const groups = theme.domains.map((domain) => {
      const label = words.of(domain.label)
      const standards = theme.standards.filter((row) => row.domain === domain.id)
      const whole = { value: `domain:${domain.id}`, label: words.text('domain_whole', { domain: label }) }
      const rows = standards.map((row) => ({ value: `standard:${row.id}`, label: words.of(row.title) }))
      return { label, rows: rows.length ? [whole, ...rows] : [] }
    })
    const values = drawnIndicators(theme).map((row) => ({
      value: `indicator:${row.code}`,
      label: words.of(row.label),
    }))
    groups.push({ label: words.text('values'), rows: values })
    const estimated = theme.estimated.map((row) => ({
      value: `estimate:${row.indicator}`,
      label: words.of(row.label),
    }))
    groups.push({ label: words.text('by_model'), rows: estimated })
    const overall = [{ value: 'overall', label: words.text('overall') }]
    return this.#grouped('subject', words.text('subject'), groups, overall, state.subject, (subject) =>
      this.#set({ subject, verdict: '' }),
    )
  }

  #indicator({ words, state, theme, areas }: Context): TemplateResult {
    const all = areas.length ? [{ value: '', label: words.text('all_indicators') }] : []
    const groups = theme.domains.map((domain) => ({
      label: words.of(domain.label),
      rows: theme.indicators
        .filter((row) => row.domain === domain.id)
        .map((row) => ({ value: row.code, label: words.of(row.label) })),
    }))
    return this.#grouped('indicator', words.text('indicator'), groups, all, state.indicator, (code) =>
      this.#set({ indicator: code }),
    )
  }
}

customElements.define('paritet-choices', Choices)
