// Which indicators are columns of the table beside the subject.
import { html, nothing, type TemplateResult } from 'lit'
import { extraColumns } from '../state/rows'
import { closeOnEscape } from './menu'
import type { Context } from './panel'

export function columnsMenu({ words, theme, state, choose }: Context): TemplateResult {
  const chosen = extraColumns(theme, state)
  const toggle = (code: string): void => {
    const other = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]
    choose({ columns: other.join(',') })
  }
  const groups = theme.domains
    .map((domain) => ({ domain, rows: theme.indicators.filter((row) => row.domain === domain.id) }))
    .filter(({ rows }) => rows.length)
  return html`
    <details class="menu" @keydown=${closeOnEscape}>
      <summary class=${chosen.length ? 'set' : ''}>
        ${words.text('columns')}${chosen.length ? `: ${chosen.length}` : nothing}
      </summary>
      <div class="menu-body">
        ${groups.map(
          ({ domain, rows }) => html`<fieldset>
            <legend>${words.of(domain.label)}</legend>
            ${rows.map(
              (row) => html`<label>
                <input type="checkbox" .checked=${chosen.includes(row.code)} @change=${() => toggle(row.code)} />
                <span>${words.of(row.label)}</span>
              </label>`,
            )}
          </fieldset>`,
        )}
      </div>
    </details>
  `
}
