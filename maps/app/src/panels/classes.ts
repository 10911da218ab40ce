// The classes of a picture in words: of verdicts, statuses, estimates, or from one limit to the next.
import type { Context } from './panel'
import { numbers } from '../map/look'
import type { Picture } from '../map/picture'

/** «5–10 км», «не меньше 20 км», of counts «2–3». */
export function rangeText({ words, theme }: Context, shown: Picture, index: number): string {
  const { breaks } = numbers(theme, shown)
  const label = shown.drawn?.classes.labels?.[index]
  if (label) return words.of(label)
  if (shown.reading === 'gap') {
    const ends = [0, ...breaks, 1]
    return `${words.number((ends[index] ?? 0) * 100)}–${words.percent(ends[index + 1] ?? 1)}`
  }
  const from = index ? (breaks[index - 1] ?? 0) : 0
  const next = breaks[index]
  if (next === undefined) return words.text('at_least', { x: words.number(from, 1) })
  // Of what is counted, the class below 4 ends with 3.
  const to = next - (shown.drawn?.quantity === 'count' || shown.reading === 'people' ? 1 : 0)
  return from === to ? words.number(from, 1) : `${words.number(from, 1)}–${words.number(to, 1)}`
}

/** The name of a class: `kept`, `probably`, `unknown`, or the number of a range. */
export function className(context: Context, shown: Picture, name: string): string {
  const { words, theme } = context
  if (/^\d+$/.test(name)) return rangeText(context, shown, Number(name))
  const marks = [...theme.verdicts, ...theme.assumed_verdicts]
  const found =
    shown.reading === 'verdict'
      ? marks.find(({ id }) => id === name)
      : shown.reading === 'estimate'
        ? theme.estimates.find(({ id }) => id === name)
        : theme.statuses.find(({ id }) => id === name)
  return words.of(found?.label) || words.text('legend_unknown')
}
