// Files of exactly what is shown: all rows of the table, in its order and with its filters.
import { html, type TemplateResult } from 'lit'
import { rowsQuery } from '../state/rows'
import { closeOnEscape } from './menu'
import type { Context } from './panel'

const FORMATS = ['xlsx', 'csv', 'gpkg', 'geojson']

/** The menu of files. */
export function downloads({ words, theme, state, client }: Context): TemplateResult {
  const query = rowsQuery(theme, state)
  return html`
    <details class="menu downloads" @keydown=${closeOnEscape}>
      <summary>${words.text('download')}</summary>
      <div class="menu-body">
        <p class="hint">${words.text('download_hint')}</p>
        ${FORMATS.map(
          (format) => html`<a download href=${client.document(`settlements.${format}`, query)}>${words.text(`download_${format}`)}</a>`,
        )}
      </div>
    </details>
  `
}
