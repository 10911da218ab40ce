// Files of exactly what is shown: all rows of the table, in its order and with its filters.
import { html, type TemplateResult } from 'lit'
import { rowsQuery } from '../state/rows'
import type { Context } from './panel'

const FORMATS = ['xlsx', 'csv', 'gpkg', 'geojson']

/** The files among what can be taken along. */
export function downloads({ words, theme, state, client }: Context): TemplateResult {
  const query = rowsQuery(theme, state)
  return html`
    <section class="downloads" aria-labelledby="downloads-title">
      <h3 id="downloads-title">${words.text('download')}</h3>
      <p class="hint">${words.text('download_hint')}</p>
      <ul>
        ${FORMATS.map(
          (format) => html`<li>
            <a download href=${client.document(`settlements.${format}`, query)}>${words.text(`download_${format}`)}</a>
          </li>`,
        )}
      </ul>
    </section>
  `
}
