// A picture to take away: title, map, legend, scale, sources and address on one sheet. Pure.
import type { Theme } from '../api/generated'
import { marked } from '../map/look'
import type { KeyGroup } from '../panels/key'
import { element, filled, mark, patterns, svgText, words, type Letters } from './svg'

/** Width in pixels of a text in the fonts of the picture. */
export type Measure = (text: string, size: number, bold?: boolean) => number

export interface Content {
  title: string
  /** Day of the data and release. */
  when: string
  /** That the country is invented; else empty. */
  warning: string
  /** What the data say, in sentences. */
  headline: string[]
  /** What a reader must be told of the picture, under it. */
  notes: string[]
  address: string
  key: KeyGroup[]
  /** Length and label of the scale, in pixels. */
  scale: { width: number; label: string }
}

const PAD = 20
const KEY_WIDTH = 270
const SWATCH = 20

/** Break a text into lines no wider than `width`; a word that is longer is cut. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (measure(longer) <= width) {
      line = longer
      continue
    }
    if (line) lines.push(line)
    line = ''
    for (const sign of word) {
      if (line && measure(line + sign) > width) {
        lines.push(line)
        line = ''
      }
      line += sign
    }
  }
  return line ? [...lines, line] : lines
}

/** A round length of the map that is at most `most` pixels wide. */
export function scaleOf(kmPerPixel: number, most: number): { km: number; width: number } {
  const room = kmPerPixel * most
  const power = 10 ** Math.floor(Math.log10(room))
  const km = ([5, 2, 1].find((step) => step * power <= room) ?? 1) * power
  return { km, width: km / kmPerPixel }
}

/** A column of text that grows downwards. */
class Column {
  inside = ''
  constructor(
    readonly x: number,
    public y: number,
    readonly width: number,
    readonly measure: Measure,
  ) {}

  write(text: string, letters: Letters & { size: number }, indent = 0): void {
    const { size, bold } = letters
    for (const line of wrapped(text, this.width - indent, (part) => this.measure(part, size, bold))) {
      this.y += size * 1.35
      this.inside += words([this.x + indent, this.y - size * 0.35], line, letters)
    }
  }
}

function key(column: Column, groups: KeyGroup[], theme: Theme): void {
  const ink = theme.colours['ink'] ?? ''
  for (const { title, shape, rows } of groups) {
    column.write(title, { size: 13, bold: true, fill: ink })
    column.y += 3
    for (const row of rows) {
      const look = marked(row.mark)
      const middle = column.y + 9
      column.inside +=
        shape === 'point'
          ? mark([column.x + SWATCH / 2, middle], 6, look)
          : filled(`M${column.x} ${middle - 6}h${SWATCH}v12h-${SWATCH}Z`, look, look.stroke)
      column.write(row.label, { size: 12, fill: ink }, SWATCH + 8)
      column.y += 2
    }
    column.y += 8
  }
}

/** Lay the sheet out around a picture of the map that is given as the inside of an SVG. */
export function poster(
  theme: Theme,
  content: Content,
  map: { width: number; height: number; inside: string },
  measure: Measure,
): { width: number; height: number; text: string } {
  const width = map.width + KEY_WIDTH + 3 * PAD
  const colour = (name: string): string => theme.colours[name] ?? ''
  const [ink, muted] = [colour('ink'), colour('ink_muted')]
  const head = new Column(PAD, PAD, width - 2 * PAD, measure)
  head.write(content.title, { size: 22, bold: true, fill: ink })
  head.write(content.when, { size: 13, fill: muted })
  if (content.warning) head.write(content.warning, { size: 13, bold: true, fill: colour('on_notice') })
  for (const line of content.headline) head.write(line, { size: 14, bold: true, fill: ink })
  const top = Math.ceil(head.y + 10)

  const side = new Column(PAD * 2 + map.width, top, KEY_WIDTH, measure)
  key(side, content.key, theme)

  const foot = new Column(PAD, Math.max(top + map.height + 8, side.y), width - 2 * PAD, measure)
  for (const note of content.notes) foot.write(note, { size: 11, fill: muted })
  foot.write(content.address, { size: 11, fill: ink })
  const height = Math.ceil(foot.y + PAD)

  const frame = { x: PAD, y: top, width: map.width, height: map.height }
  const { width: long, label } = content.scale
  const base = map.height - 12
  const bar =
    element('path', { d: `M12 ${base - 6}v6h${long.toFixed(1)}v-6`, fill: 'none', stroke: ink, 'stroke-width': 2 }) +
    words([16, base - 6], label, { size: 11, fill: ink, halo: colour('label_halo') })
  const text = svgText(
    { width, height },
    content.title,
    patterns(theme) +
      element('rect', { width, height, fill: colour('surface') }) +
      element('svg', frame, map.inside + bar) +
      element('rect', { ...frame, fill: 'none', stroke: colour('line_strong') }) +
      head.inside + side.inside + foot.inside,
  )
  return { width, height, text }
}
