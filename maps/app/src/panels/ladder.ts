// The parity ladder of a country or an oblast: each rung beside the top one.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { Rung } from '../api/generated'
import type { Context } from './panel'

function ratioText({ words }: Context, row: Rung): string {
  if (row.ratio === null) return words.term('ladder_reasons', row.reason ?? 'coverage')
  const ratio = words.number(row.ratio, 2)
  const { ratio_low: low, ratio_high: high } = row
  if (low === row.ratio && high === row.ratio) return ratio
  const ends = [low, high].map((end) => (end === null ? '?' : words.number(end, 2)))
  return `${ratio} (${ends.join('–')})`
}

function tenfold({ words }: Context, row: Rung): string {
  return row.order_of_magnitude ? words.term('tristate', row.order_of_magnitude) : '—'
}

function oneIndicator(context: Context, code: string, rows: Rung[]): TemplateResult {
  const { words, theme } = context
  const info = theme.indicators.find((known) => known.code === code)
  const unit = info?.unit ? `, ${words.term('units', info.unit)}` : ''
  return html`<table class="lines ladder">
    <caption>
      ${words.of(info?.label) || code}${unit}
    </caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col">${words.text('ladder_mean')}</th>
        <th scope="col">${words.text('ladder_ratio')}</th>
        <th scope="col">${words.text('ladder_tenfold')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) => html`<tr>
          <th scope="row">${words.term('rungs', row.rung)}</th>
          <td>
            ${row.mean === null ? '—' : words.number(row.mean, row.mean < 100 ? 1 : 0)}
            <span class="hint">${words.text('known_share', { share: words.percent(row.known_share ?? 0) })}</span>
          </td>
          <td>${ratioText(context, row)}</td>
          <td>${tenfold(context, row)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`
}

/** Only indicators of which at least two rungs can be compared are shown. */
export function ladder(context: Context, area: Area): TemplateResult | typeof nothing {
  const { words } = context
  const byIndicator = new Map<string, Rung[]>()
  for (const row of area.ladder ?? []) {
    byIndicator.set(row.indicator, [...(byIndicator.get(row.indicator) ?? []), row])
  }
  const shown = [...byIndicator].filter(
    ([, rows]) => rows.filter((row) => row.ratio !== null).length > 1,
  )
  if (!shown.length) return nothing
  const between = area.ladder?.[0]?.between_share ?? 0
  return html`
    <details class="ladder-block">
      <summary>${words.text('ladder')}</summary>
      <p class="hint">${words.text('ladder_note')}</p>
      ${between > 0
        ? html`<p class="hint">
            ${words.text('ladder_between', { share: words.percent(between) })}
          </p>`
        : nothing}
      ${shown.map(([code, rows]) => oneIndicator(context, code, rows))}
    </details>
  `
}
