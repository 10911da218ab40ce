// The country and its release.
import { html, nothing, type TemplateResult } from 'lit'
import { Panel, type Context } from './panel'

interface Option {
  value: string
  label: string
}

function select(id: string, label: string, rows: Option[], chosen: string, change: (value: string) => void): TemplateResult {
  return html`
    <select
      id="choice-${id}"
      aria-label=${label}
      .value=${chosen}
      @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
    >
      ${rows.map((row) => html`<option value=${row.value} ?selected=${row.value === chosen}>${row.label}</option>`)}
    </select>
  `
}

export class CountryChoice extends Panel {
  protected draw({ words, state, release, choose }: Context): TemplateResult {
    const latest = this.session.releases.filter((row) => row.latest)
    const countries = (latest.length ? latest : this.session.releases).map((row) => ({
      value: row.country,
      label: words.of(row.names) || row.country,
    }))
    const own = this.session.releases.filter((row) => row.country === state.country)
    const newer = !release.latest && own.some((row) => row.latest)
    const go = (country: string): void =>
      choose({ country, release: '', view: '', subject: '', selected: '', other: '', since: '', raion: '', at: '', page: 0 })
    const releases = own.map((row) => {
      const id = row.release.split('/')[1] ?? ''
      // The number of the day's release is told only where a day has several.
      const several = own.filter((other) => other.on === row.on).length > 1
      const label = words.date(row.on)
      return { value: id, label: several ? `${label} (${id.split('.').at(-1)})` : label }
    })
    return html`
      ${countries.length < 2
        ? html`<strong>${countries[0]?.label}</strong>`
        : select('country', words.text('country'), countries, state.country, go)}
      ${own.length < 2
        ? html`<span class="hint">${words.date(release.on)}</span>`
        : select('release', words.text('release'), releases, state.release, (id) => choose({ release: id, page: 0 }))}
      ${newer
        ? html`<button class="link" @click=${() => choose({ release: '', page: 0 })}>${words.text('release_newer')}</button>`
        : nothing}
    `
  }
}

customElements.define('paritet-country', CountryChoice)
