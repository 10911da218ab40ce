// The small box at the pointer: whose place this is and what the picture says of it.
import type { Context } from '../panels/panel'
import { ASSUMED, verdictMark } from '../panels/verdicts'
import type { Told } from './look'
import type { Picture } from './picture'

/** A value with what is known of it; of a bare bound, that it is one. */
function valueText({ word, value: found, bound, day }: Told, picture: Picture, { words, theme }: Context): string {
  if (found === null) {
    const known = word !== 'unknown' && theme.without_value.includes(word)
    return known ? words.term('statuses', word) : words.text('legend_unknown')
  }
  const value = words.plural(picture.drawn?.unit ?? '', found, 1)
  const least = found ? 'no_less_than' : 'by_known'
  const key = { least, most: 'no_more_than', '': '' }[bound]
  const text = key ? words.text(key, { value }) : value
  const about = [word === ASSUMED ? words.term('statuses', word) : '', words.date(day)]
  const aside = about.filter(Boolean).join(', ')
  return aside ? `${text} (${aside})` : text
}

/** What a model says; what is on record needs no probability. */
function estimateText({ word, value }: Told, { words, theme }: Context): string {
  const mark = theme.estimates.find(({ id }) => id === (word === 'unknown' ? 'none' : word))
  const share = value === null || word === 'found' ? '' : `: ${words.percent(value)}`
  return words.of(mark?.label) + share
}

function settlementText(told: Told, picture: Picture, context: Context): string {
  const { words, theme } = context
  if (picture.reading === 'none') return ''
  if (picture.reading === 'value') return valueText(told, picture, context)
  if (picture.reading === 'status') return words.term('statuses', told.word)
  if (picture.reading === 'estimate') return estimateText(told, context)
  if (picture.reading === 'verdict') {
    const [verdict = '', status = ''] = told.word.split(':')
    return words.of(verdictMark(theme, verdict, status)?.label)
  }
  return told.value === null
    ? words.text('legend_unknown')
    : `${words.text('score')}: ${words.percent(told.value)}`
}

function areaText(id: string, picture: Picture, { words }: Context): string {
  const value = picture.values.get(id)
  if (value === undefined) return ''
  if (value === null) return words.text('legend_unknown')
  const what = picture.view === 'evidence' ? 'known' : 'score'
  return `${words.text(what)}: ${words.percent(value)}`
}

function line(text: string, className: string): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.textContent = text
  return element
}

/** The box of an area. */
export function areaTip(id: string, name: string, picture: Picture, context: Context): HTMLElement {
  return box(line(name, 'tooltip-name'), line(areaText(id, picture, context), 'tooltip-text'))
}

/** The box of a settlement; its name may still be on the way. */
export function settlementTip(
  name: string,
  people: unknown,
  told: Told,
  picture: Picture,
  context: Context,
): HTMLElement {
  const { words } = context
  const count =
    typeof people === 'number' ? words.plural('people', people) : words.text('population_unknown')
  return box(
    line(name, 'tooltip-name'),
    line(settlementText(told, picture, context), 'tooltip-text'),
    line(count, 'tooltip-muted'),
  )
}

function box(...lines: HTMLElement[]): HTMLElement {
  const element = document.createElement('div')
  element.append(...lines)
  return element
}
