// What the chosen subject says of an area: its headline first, then who is meant and where.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { SummaryAnswer } from '../api/generated'
import { readingOf, subjectOf } from '../state/subject'
import { brief, worst } from './brief'
import { Panel, type Context } from './panel'
import { areaBlock } from './summary'

/** Of these an area has no score and no verdicts: the summary is all that is said. */
const SUMMED = ['estimate', 'indicator', 'people']

export class AreaBrief extends Panel {
  static override properties = { ...Panel.properties, area: { attribute: false }, summary: { state: true } }
  declare area: Area
  declare summary: SummaryAnswer | null
  #asked = ''

  constructor() {
    super()
    this.summary = null
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    const context = this.context
    const of = context ? readingOf(subjectOf(context.state)) : ''
    const asked = context && of ? [context.client.release, of, context.words.language, this.area.id].join(' ') : ''
    if (asked === this.#asked) return
    this.#asked = asked
    this.summary = null
    if (context && asked) void this.#load(context, of, asked)
  }

  async #load({ client, words }: Context, of: string, asked: string): Promise<void> {
    try {
      const found = await client.summary(of, words.language, this.area.id)
      if (asked === this.#asked) this.summary = found
    } catch (error) {
      this.session.report(error)
    }
  }

  protected draw(context: Context): TemplateResult {
    const { summary } = this
    const summed = SUMMED.includes(subjectOf(context.state).kind)
    return html`
      ${summary ? this.#headline(summary, summed) : nothing}
      ${summed
        ? summary && brief(context, summary)
        : html`${summary && worst(context, summary)} ${areaBlock(context, this.area)}`}
    `
  }

  #headline({ headline, caption }: SummaryAnswer, summed: boolean): TemplateResult {
    const lines = summed ? headline.slice(0, 1) : headline
    return html`<section class="answer">
      ${lines.map((line) => html`<p class="sentence">${line}</p>`)}
      ${caption && !summed ? html`<p class="hint">${caption}</p>` : nothing}
    </section>`
  }
}

customElements.define('paritet-area-brief', AreaBrief)
