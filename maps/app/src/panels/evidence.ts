// What is known of an area, how old it is, and who could supply the rest.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { Evidence } from '../api/generated'
import type { IndicatorInfo } from '../api/generated'
import { countBar, statusCounts, statusParts } from './counts'
import type { Context } from './panel'

/** First and last day of the known values, in words. */
export function dateSpan({ words }: Context, rows: Evidence[]): string {
  const first = rows.map((row) => row.date_min ?? '').filter(Boolean).sort()[0]
  const last = rows.map((row) => row.date_max ?? '').filter(Boolean).sort().at(-1)
  if (!first) return words.text('no_dates')
  return first === last ? words.date(first) : `${words.date(first)} – ${words.date(last)}`
}

/** One indicator. */
function indicatorEvidence(context: Context, area: Area, code: string): TemplateResult {
  const { words, theme } = context
  const rows = area.evidence.filter((row) => row.indicator === code)
  const info = theme.indicators.find((row) => row.code === code)
  return html`
    ${statusCounts(context, rows)}
    <dl class="facts">
      <dt>${words.text('how_old')}</dt>
      <dd>${dateSpan(context, rows)}</dd>
      <dt>${words.text('who_could')}</dt>
      <dd>${words.of(info?.supplier) || words.text('who_unknown')}</dd>
    </dl>
  `
}

function oneOfAll(context: Context, area: Area, info: IndicatorInfo): TemplateResult {
  const { words } = context
  const rows = area.evidence.filter((row) => row.indicator === info.code)
  const share = area.known_share[info.code] ?? null
  const supplier = words.of(info.supplier)
  return html`<li>
    <button class="link" @click=${() => context.choose({ subject: `known:${info.code}` })}>
      ${words.of(info.label)}
    </button>
    ${countBar(statusParts(context, rows))}
    <p>
      ${words.text('known_share', { share: words.percent(share ?? 0) })}; ${dateSpan(context, rows)}
      ${supplier && share !== 1 ? html`<br />${words.text('who_could')}: ${supplier}` : nothing}
    </p>
  </li>`
}

/** What is known of an indicator, or of all of them. */
export function evidenceBlock(context: Context, area: Area, indicator: string): TemplateResult {
  if (indicator) return indicatorEvidence(context, area, indicator)
  return html`<ul class="bars">
    ${context.theme.indicators.map((info) => oneOfAll(context, area, info))}
  </ul>`
}
