// The gap of an area from release to release, with what makes two of them unlike.
import { html, nothing, type TemplateResult } from 'lit'
import type { TrendStep } from '../api/generated'
import { subjectOf } from '../state/subject'
import { Panel, type Context } from './panel'
import { gapText, scoreHead } from './scores'
import { subjectName } from './subject'

export class AreaTrend extends Panel {
  static override properties = { ...Panel.properties, area: { type: String }, steps: { state: true } }
  declare area: string
  declare steps: TrendStep[]
  #asked = ''

  constructor() {
    super()
    this.area = ''
    this.steps = []
  }

  protected override willUpdate(): void {
    const context = this.context
    const asked = context && this.#hasOthers(context) ? `${context.client.release} ${this.area}` : ''
    if (asked === this.#asked) return
    this.#asked = asked
    this.steps = []
    if (asked && context) void this.#load(context, asked)
  }

  /** One release alone is no trend. */
  #hasOthers({ release }: Context): boolean {
    const days = this.session.releases.filter((row) => row.country === release.country).map((row) => row.on)
    return new Set(days).size > 1
  }

  async #load({ client }: Context, asked: string): Promise<void> {
    try {
      const { items } = await client.trend(this.area)
      if (asked === this.#asked) this.steps = items
    } catch (error) {
      this.session.report(error)
    }
  }

  #note({ words }: Context, step: TrendStep, subject: string): string {
    const own = subject.startsWith('standard:') ? step.norms.filter((id) => subject === `standard:${id}`) : step.norms
    return [
      step.method.length ? words.text('trend_method') : '',
      own.length ? words.text('trend_norms', { n: own.length }) : '',
    ]
      .filter(Boolean)
      .join('; ')
  }

  protected draw(context: Context): TemplateResult | typeof nothing {
    const { words, state } = context
    if (this.steps.length < 2) return nothing
    const { kind } = subjectOf(state)
    const subject = ['overall', 'domain', 'standard'].includes(kind) ? state.subject : 'overall'
    return html`
      <h3>${words.text('trend')}</h3>
      <p class="hint">${words.text('trend_note', { subject: subjectName(context, subject) })}</p>
      <table class="lines trend">
        ${scoreHead(words)}
        <tbody>
          ${this.steps.map((step) => {
            const found = step.scores[subject]
            const note = this.#note(context, step, subject)
            return html`<tr>
              <th scope="row">${words.date(step.on)}${note ? html`<span class="hint">${note}</span>` : nothing}</th>
              <td>${found ? gapText(context, found) : words.term('verdicts', 'unknown')}</td>
              <td>${typeof found?.coverage === 'number' ? words.percent(found.coverage) : '—'}</td>
            </tr>`
          })}
        </tbody>
      </table>
    `
  }
}

customElements.define('paritet-trend', AreaTrend)
