// Which marks and classes the legend explains, in their order, however it is drawn.
import type { Classes, Mark } from '../api/generated'
import { numbers } from '../map/look'
import type { Picture } from '../map/picture'
import { rangeText } from './classes'
import type { Context } from './panel'
import { ringedValues } from './verdicts'

export interface KeyRow {
  mark: Pick<Mark, 'fill' | 'stroke' | 'pattern'> & { id?: string }
  label: string
}

export interface KeyGroup {
  title: string
  /** What the marks are of; hexagons are drawn as settlements are, but for patterns over their fill. */
  shape: 'area' | 'cell' | 'point'
  rows: KeyRow[]
}

function marks({ words }: Context, all: Mark[]): KeyRow[] {
  return all.map((mark) => ({ mark, label: words.of(mark.label) }))
}

/** The classes of numbers, and the marks of what is assumed or missing. */
function values(context: Context, shown: Picture): KeyRow[] {
  const { theme, country, words } = context
  const stroke = theme.colours['outline'] ?? ''
  const found = (country?.evidence ?? []).filter((row) => row.indicator === shown.drawn?.code && row.settlements)
  const own = new Set(['unknown', ...found.map((row) => row.status)])
  return [
    ...numbers(theme, shown).colours.map((fill, i) => ({
      mark: { fill, stroke, pattern: '' },
      label: rangeText(context, shown, i),
    })),
    ...marks(context, ringedValues(theme).filter((mark) => own.has(mark.id))),
    ...(context.summary?.out_of_date ? [{ mark: { ...theme.stale, pattern: 'stipple' }, label: words.of(theme.stale.label) }] : []),
  ]
}

function shares({ words, theme }: Context, classes: Classes): KeyRow[] {
  const stroke = theme.colours['outline'] ?? ''
  const ends = [0, ...classes.breaks, 1]
  return [
    ...classes.colours.map((fill, i) => ({
      mark: { fill, stroke, pattern: '' },
      label: `${words.number((ends[i] ?? 0) * 100)}–${words.percent(ends[i + 1] ?? 1)}`,
    })),
    { mark: { ...theme.unknown, pattern: 'hatch' }, label: words.text('legend_unknown') },
  ]
}

/** Marks of the settlements; a verdict that may be assumed has its second mark below. */
function settlementMarks({ theme, state }: Context, shown: Picture): Mark[] {
  if (shown.reading === 'estimate') return theme.estimates
  if (shown.reading !== 'verdict') return theme.statuses
  const standard = theme.standards.find((row) => state.subject === `standard:${row.id}`)
  return theme.verdicts.flatMap((mark) => [
    mark,
    ...theme.assumed_verdicts.filter(
      ({ id }) => id.split(':')[0] === mark.id && standard?.assumed.includes(id),
    ),
  ])
}

const TITLES = {
  verdict: 'legend_verdict',
  status: 'legend_status',
  gap: 'legend_settlement_gap',
  value: 'legend_value',
  estimate: 'by_model',
  people: 'population',
}

function settlements(context: Context, shown: Picture): KeyGroup | null {
  // The circles of areas have the classes of the areas, which stand beside.
  if (shown.reading === 'none' || (shown.view === 'areas' && shown.reading === 'gap')) return null
  const { words, theme } = context
  const later = shown.view === 'areas' && shown.values.size ? ` (${words.text('legend_zoom')})` : ''
  const title = words.text(TITLES[shown.reading], { unit: words.term('units', shown.drawn?.unit ?? '') }) + later
  const rows =
    shown.reading === 'gap'
      ? shares(context, theme.classes.gap)
      : shown.drawn || shown.reading === 'people'
        ? values(context, shown)
        : marks(context, settlementMarks(context, shown))
  return { title, shape: shown.view === 'hexagons' ? 'cell' : 'point', rows }
}

/** Kinds of subjects of which an area has a value of its own; of the others its people have classes. */
const OWN = ['overall', 'domain', 'standard', 'known']

function areas(context: Context, shown: Picture): KeyGroup | null {
  if (shown.view !== 'areas' || !shown.values.size) return null
  const known = context.words.text(shown.subject.kind === 'known' ? 'legend_share' : 'legend_gap')
  const title = OWN.includes(shown.subject.kind) ? known : (context.summary?.worst.what ?? '')
  return { title, shape: 'area', rows: shares(context, shown.classes) }
}

/** What the legend of a picture explains. */
export function keyGroups(context: Context, shown: Picture): KeyGroup[] {
  return [areas(context, shown), settlements(context, shown)].filter((group) => group !== null)
}
