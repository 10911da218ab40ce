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

/** «не меньше 20 рейсов в неделю», or the range where several norms are possible. */
export function normText(words: Words, row: Judgement, unit: string, better: string): string {
  if (row.op === 'has' || (unit === 'yes/no' && row.norm !== null)) return words.text('must_have')
  const key = row.op === '<=' || (!row.op && better === 'lower') ? 'at_most' : 'at_least'
  if (row.norm === 0 && key === 'at_most') return words.text('none_at_all')
  if (row.norm !== null) return words.text(key, { x: words.value(row.norm, unit) })
  if (row.norm_low === null || row.norm_high === null) return ''
  const low = words.number(row.norm_low, 1)
  return words.text(key, {
    x: words.text('range', { low, high: words.value(row.norm_high, unit) }),
  })
}
