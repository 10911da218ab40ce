// The small box at the pointer: whose place this is and what the picture says of it.
import type { MapGeoJSONFeature } from 'maplibre-gl'
import type { Context } from '../panels/panel'
import { ASSUMED, verdictMark } from '../panels/verdicts'
import { CLICKABLE } from './style'
import type { Picture } from './picture'

type Properties = Record<string, unknown>

function nameOf(properties: Properties, language: string): string {
  return String(properties[`name_${language}`] ?? properties['name'] ?? '')
}

/** A value with what is known of it; of a bare bound, that it is one. */
function valueText(properties: Properties, picture: Picture, { words, theme }: Context): string {
  const found = properties[picture.property]
  const status = String(properties[picture.statusProperty] ?? '')
  if (typeof found !== 'number') {
    const known = status !== 'unknown' && theme.without_value.includes(status)
    return known ? words.term('statuses', status) : words.text('legend_unknown')
  }
  const about = (what: string): unknown => properties[picture.property.replace('value', what)]
  const value = words.plural(picture.drawn?.unit ?? '', found, 1)
  const least = found ? 'no_less_than' : 'by_known'
  const bound = about('least') ? least : about('most') ? 'no_more_than' : ''
  const text = bound ? words.text(bound, { value }) : value
  const told = [status === ASSUMED ? words.term('statuses', status) : '', words.date(String(about('date') ?? ''))]
  const aside = told.filter(Boolean).join(', ')
  return aside ? `${text} (${aside})` : text
}

function settlementText(properties: Properties, picture: Picture, context: Context): string {
  const { words, theme } = context
  if (picture.reading === 'value') return valueText(properties, picture, context)
  const found = properties[picture.property]
  if (picture.reading === 'gap') {
    return typeof found === 'number'
      ? `${words.text('score')}: ${words.percent(found)}`
      : words.text('legend_unknown')
  }
  if (picture.reading === 'none') return ''
  const term = String(found ?? 'unknown')
  if (picture.reading === 'status') return words.term('statuses', term)
  const status = String(properties[picture.statusProperty] ?? '')
  return words.of(verdictMark(theme, term, status)?.label)
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

export function tooltip(
  feature: MapGeoJSONFeature,
  picture: Picture,
  context: Context,
): HTMLElement {
  const properties = feature.properties as Properties
  const { words } = context
  const box = document.createElement('div')
  box.append(line(nameOf(properties, words.language), 'tooltip-name'))
  if (feature.layer.id === CLICKABLE.settlements) {
    const people = properties['population']
    box.append(
      line(settlementText(properties, picture, context), 'tooltip-text'),
      line(
        typeof people === 'number'
          ? words.plural('people', people)
          : words.text('population_unknown'),
        'tooltip-muted',
      ),
    )
  } else {
    box.append(line(areaText(String(properties['id']), picture, context), 'tooltip-text'))
  }
  return box
}
