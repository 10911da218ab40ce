// The small box at the pointer: whose place this is and what the picture says of it.
import type { GroupedAnswer } from '../api/generated'
import { className } from '../panels/classes'
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
  // The residents stand in the box anyway.
  if (picture.reading === 'people') return ''
  if (picture.reading === 'verdict') {
    const [verdict = '', status = ''] = told.word.split(':')
    return words.of(verdictMark(theme, verdict, status)?.label)
  }
  return told.value === null
    ? words.text('legend_unknown')
    : `${words.text('score')}: ${words.percent(told.value)}`
}

function areaText(id: string, picture: Picture, context: Context): string {
  const { words } = context
  const value = picture.values.get(id)
  if (value === undefined) return className(context, picture, picture.areaClasses.get(id) ?? 'unknown')
  if (value === null) return words.text('legend_unknown')
  const own = { known: 'known', indicator: '', estimate: '', people: '' }[picture.subject.kind as string] ?? 'score'
  return `${own ? words.text(own) : (context.summary?.worst.what ?? '')}: ${words.percent(value)}`
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

/** The box of a hexagon: its people by class, most people first. */
export function cellTip(cells: GroupedAnswer | null, n: number, picture: Picture, context: Context): HTMLElement {
  const { words } = context
  const rows = (cells?.classes ?? [])
    .map((name, i) => ({ name, people: cells?.people[i]?.[n] ?? 0, settlements: cells?.settlements[i]?.[n] ?? 0 }))
    .filter((row) => row.settlements > 0)
    .sort((a, b) => b.people - a.people || b.settlements - a.settlements)
  const sum = (key: 'people' | 'settlements'): number => rows.reduce((total, row) => total + row[key], 0)
  return box(
    line(words.peopleIn(sum('people'), sum('settlements')), 'tooltip-name'),
    ...rows.map(({ name, people, settlements }) =>
      line(`${className(context, picture, name)}: ${words.peopleIn(people, settlements)}`, 'tooltip-text'),
    ),
  )
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
