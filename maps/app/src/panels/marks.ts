// Marks, swatches, bars and chips that say a verdict, a status or a class without words alone.
import { html, svg, type TemplateResult } from 'lit'
import type { Mark, Theme } from '../api/generated'
import { OUTLINES } from '../map/images'
import { SHAPES } from '../map/look'
import { classOf } from '../map/picture'
import type { Words } from '../words'

type Drawn = Pick<Mark, 'fill' | 'stroke' | 'pattern'> & { id?: string }

/** The colours of a mark, for the property `style`: the page's policy of content allows
    that, and no attribute, which a name out of the data could bring as well. */
function paint(mark: Drawn): string {
  return `--fill: ${mark.fill}; --stroke: ${mark.stroke};`
}

/** The mark of a settlement, in the shape that it has on the map. */
export function dot(mark: Drawn): TemplateResult {
  const corners = OUTLINES[SHAPES[mark.id as keyof typeof SHAPES]]
  const shape = corners
    ? svg`<polygon points=${corners.map(([x, y]) => `${x * 6},${y * 6}`).join(' ')} />`
    : svg`<circle r="6" />`
  return html`<svg class="dot ${mark.pattern}" viewBox="-8 -8 16 16" .style=${paint(mark)} aria-hidden="true">${shape}</svg>`
}

/** What the style sheet calls a pattern of the theme. */
function patternClass(pattern: string): string {
  return pattern === 'hatch' ? 'hatched' : pattern
}

/** A square of an area's class; hatched where unknown. */
export function swatch(mark: Drawn): TemplateResult {
  return html`<span class="swatch ${patternClass(mark.pattern)}" .style=${paint(mark)} aria-hidden="true"></span>`
}

export function chip(mark: Mark | undefined, words: Words, fallback: string): TemplateResult {
  if (!mark) return html`<span class="chip">${fallback}</span>`
  return html`<span class="chip">${dot(mark)}${words.of(mark.label)}</span>`
}

export interface Part {
  mark: Mark
  /** Size of the part: people, or settlements where nobody is counted. */
  size: number
}

/** One bar of 100 %, parts in the order of the marks. */
export function bar(parts: Part[]): TemplateResult {
  const whole = parts.reduce((sum, part) => sum + part.size, 0)
  if (!whole) return html``
  return html`
    <div class="bar" aria-hidden="true">
      ${parts
        .filter((part) => part.size > 0)
        .map(
          ({ mark, size }) => html`<span
            class=${patternClass(mark.pattern)}
            .style=${`${paint(mark)} flex-grow: ${size / whole}`}
          ></span>`,
        )}
    </div>
  `
}

/** The swatch of a gap's class. */
export function chipScore(theme: Theme, score: number | null): TemplateResult {
  const index = classOf(score, theme.classes.gap.breaks)
  const fill = index === null ? theme.unknown.fill : (theme.classes.gap.colours[index] ?? '')
  const stroke = theme.colours['outline'] ?? ''
  return swatch({ fill, stroke, pattern: index === null ? 'hatch' : '' })
}
