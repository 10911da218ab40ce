// What is probably so, beside the verdicts: headlines of a release, sentences of a place.
import { html, nothing, type TemplateResult } from 'lit'
import type { EstimateModel, Scorecard } from '../api/generated'
import type { Context } from './panel'

type Piece = TemplateResult | typeof nothing

/** The headline of one model: for how many people, and how sure. */
function headline({ words, choose }: Context, model: EstimateModel, link: boolean): TemplateResult {
  const title = words.text('by_model_of', { label: words.of(model.label) })
  const subject = `estimate:${model.indicator}`
  return html`
    <h3>
      ${link
        ? html`<button class="link" @click=${() => choose({ subject })}>${title}</button>`
        : title}
    </h3>
    <div class="told">${model.headline.map((line) => html`<p>${line}.</p>`)}</div>
    <p class="hint">${words.of(model.label)}: ${words.of(model.meaning)}. ${words.text('by_model_hint')}</p>
  `
}

/** The first thing that a model says of the country. */
export function firstHeadline(context: Context, models: EstimateModel[]): Piece {
  const first = models.find((model) => model.headline.length)
  return first ? headline(context, first, true) : nothing
}

/** What is probably so of one settlement. */
export function estimates({ words }: Context, card: Scorecard): Piece {
  if (!card.estimates.length) return nothing
  return html`
    <h3>${words.text('by_model')}</h3>
    <ul class="estimates">
      ${card.estimates.map((row) => html`<li>${words.of(row.text)}</li>`)}
    </ul>
    <p class="hint">${words.text('by_model_hint')}</p>
  `
}
