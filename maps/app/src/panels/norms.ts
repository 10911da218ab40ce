// What the pages say of a standard: its act, how sure its figure is, who answers for it.
import { html, nothing, type TemplateResult } from 'lit'
import type { NormSource, Judgement, StandardInfo } from '../api/generated'
import type { Words } from '../words'
import type { Context } from './panel'

type Piece = TemplateResult | typeof nothing

/** The act with its item and revision; only addresses of the web become links. */
export function actText(source: NormSource, words: Words): TemplateResult {
  const title = source.title && source.act ? `${source.act} «${source.title}»` : ''
  const name = title || source.act || source.title || source.url || ''
  const details = [
    source.item ? `${words.text('item')} ${source.item}` : '',
    source.revision ? `${words.text('revision')} ${source.revision}` : '',
  ].filter(Boolean)
  const suffix = details.length ? `, ${details.join(', ')}` : ''
  return source.url && /^https?:\/\//.test(source.url)
    ? html`<a href=${source.url} target="_blank" rel="noreferrer noopener">${name}</a>${suffix}`
    : html`${name}${suffix}`
}

/** «по сообщению»: the figure was not read in the act itself. */
export function confidenceTag(confidence: string | null, words: Words): TemplateResult {
  const known = confidence === 'verified' ? 'verified' : 'reported'
  return html`<span class="tag ${known}">${words.term('confidences', known)}</span>`
}

/** Both limits where the oblast has a list of its own; it takes the national one's place. */
export function bothLists(words: Words, row: Judgement, unit: string): Piece {
  if (row.norm_oblast === null) return nothing
  const national = row.norm_national
  const said = words.text('both_lists', {
    national: national === null ? words.text('no_norm_list') : words.value(national, unit),
    oblast: words.value(row.norm_oblast, unit),
  })
  return html`<br /><span class="hint">${said}</span>`
}

/** «Наше прочтение»: what the act leaves open, as the project reads it. */
export function readings(words: Words, row: Judgement): Piece {
  if (!row.readings.length) return nothing
  return html`<dt>${words.text('our_reading')}</dt>
    <dd>${row.readings.map((reading) => html`<div>${words.of(reading)}</div>`)}</dd>`
}

export function normFacts({ words }: Context, standard: StandardInfo): TemplateResult {
  const responsible = words.of(standard.responsible)
  return html`
    <dt>${words.text('act')}</dt>
    <dd>
      ${standard.acts.map((act) => html`<div>${actText(act, words)}</div>`)}
      ${confidenceTag(standard.confidence, words)}
      <span class="tag">${words.term('forces', standard.force)}</span>
    </dd>
    ${responsible
      ? html`<dt>${words.text('responsible')}</dt>
          <dd>${responsible}</dd>`
      : nothing}
  `
}

/** What a norm demands, of a card or of a list. */
type Limit = Pick<Judgement, 'op' | 'norm' | 'norm_low' | 'norm_high'>

/** «не меньше 20 рейсов в неделю», or the range where several norms are possible. */
export function normText(words: Words, row: Limit, unit: string, better: string): string {
  const lower = row.op === '<=' || (!row.op && better === 'lower')
  const single = row.norm ?? (row.norm_low === row.norm_high ? row.norm_low : null)
  if (single !== null) return limitText(words, row, single, unit, lower)
  const { norm_low: low, norm_high: high } = row
  if (low !== null && high !== null) {
    const x = words.text('range', { low: words.number(low, 1), high: words.value(high, unit) })
    return words.text(lower ? 'at_most' : 'at_least', { x })
  }
  // One end is open: beside the norms that are possible, it may be that there is none.
  const end = low ?? high
  return end === null ? '' : words.text('norm_or_none', { norm: limitText(words, row, end, unit, lower) })
}

function limitText(words: Words, row: Limit, limit: number, unit: string, lower: boolean): string {
  if (row.op === 'has' || unit === 'yes/no') return words.text('must_have')
  if (limit === 0 && lower) return words.text('none_at_all')
  return words.text(lower ? 'at_most' : 'at_least', { x: words.value(limit, unit) })
}
