// How one settlement or hexagon is drawn: what the reading says of it, in the theme's colours. Pure.
import type { GroupedAnswer, Mark, ReadingAnswer, Theme } from '../api/generated'
import { ASSUMED, ringedValues } from '../panels/verdicts'
import { classOf, type Picture } from './picture'

/** Marks that are told apart without their hue; the others are circles. */
export const SHAPES = { breached: 'triangle', not_due: 'diamond' } as const
export type Shape = (typeof SHAPES)[keyof typeof SHAPES]

/** The state of a feature; the style reads nothing else of what is shown. */
export interface Look {
  fill: string
  stroke: string
  /** A thick rim: the value is assumed, or there is none. */
  ring: boolean
  /** What is out of date is history: it stands back. */
  old: boolean
  shape: Shape | ''
  /** What lies over the fill of a hexagon. */
  over: 'unknown' | 'model' | ''
  /** Left out by a filter. */
  out: boolean
}

/** What a reading says of the settlement with this number. */
export interface Told {
  word: string
  value: number | null
  /** There may be more than the value, or less. */
  bound: '' | 'least' | 'most'
  day: string
}

const BOUNDS = ['', 'least', 'most'] as const

export function told(reading: ReadingAnswer, n: number): Told {
  const word = reading.coded?.[n]
  const day = reading.day?.[n]
  return {
    word: word === null || word === undefined ? 'unknown' : (reading.words?.[word] ?? 'unknown'),
    value: reading.values?.[n] ?? null,
    bound: BOUNDS[reading.bound?.[n] ?? 0] ?? '',
    day: day === null || day === undefined ? '' : (reading.days?.[day] ?? ''),
  }
}

/** Colours and limits of a picture that shows numbers. */
export function numbers(theme: Theme, { drawn, reading }: Picture): { breaks: number[]; colours: string[] } {
  return drawn?.classes ?? (reading === 'people' ? theme.classes.people : theme.classes.gap)
}

export const PLAIN = { ring: false, old: false, shape: '', over: '', out: false } as const

function nothing(theme: Theme): Look {
  return { ...PLAIN, fill: theme.unknown.fill, stroke: theme.unknown.stroke, over: 'unknown' }
}

/** Words that only a model says. */
const MODELLED = ['probably', 'probably_not']

/** How a mark of the theme is drawn. */
export function marked({ id = '', fill, stroke, pattern }: Pick<Mark, 'fill' | 'stroke' | 'pattern'> & { id?: string }): Look {
  return {
    ...PLAIN,
    fill,
    stroke,
    ring: pattern === 'hollow',
    shape: SHAPES[id as keyof typeof SHAPES] ?? '',
    over: MODELLED.includes(id) ? 'model' : pattern === 'hatch' || id === 'open' ? 'unknown' : '',
  }
}

/** Return how a class is drawn: a word, or the number of a class of values. */
function lookOf(theme: Theme, picture: Picture): (name: string) => Look {
  const { colours } = numbers(theme, picture)
  const stroke = theme.colours['outline'] ?? ''
  const marks = {
    verdict: [...theme.verdicts, ...theme.assumed_verdicts],
    status: theme.statuses,
    estimate: theme.estimates,
    value: ringedValues(theme),
    gap: [],
    people: [],
    none: [],
  }[picture.reading]
  const looks = new Map<string, Look>([
    ...colours.map((fill, i) => [String(i), { ...PLAIN, fill, stroke }] as [string, Look]),
    ...marks.map((mark) => [mark.id, marked(mark)] as [string, Look]),
  ])
  const none = nothing(theme)
  return (name) => looks.get(name) ?? none
}

/** Return how each settlement of a picture is drawn. */
export function looks(theme: Theme, picture: Picture, reading: ReadingAnswer): (n: number) => Look {
  const look = lookOf(theme, picture)
  const { breaks } = numbers(theme, picture)
  const inWords = ['verdict', 'status', 'estimate'].includes(picture.reading)
  return (n) => {
    const { word, value, day } = told(reading, n)
    const index = inWords ? null : classOf(value, breaks)
    if (index === null) return look(word)
    const known = look(String(index))
    const old = Boolean(day && picture.freshFrom && day < picture.freshFrom)
    return word === ASSUMED ? { ...look(ASSUMED), fill: known.fill, old } : { ...known, old }
  }
}

/** How an area is drawn: by the class of its value, or by the class of its people. */
export function areaLook(theme: Theme, picture: Picture, id: string): Look {
  if (!picture.values.has(id)) return lookOf(theme, picture)(picture.areaClasses.get(id) ?? 'unknown')
  const index = classOf(picture.values.get(id) ?? null, picture.classes.breaks)
  const fill = index === null ? undefined : picture.classes.colours[index]
  return fill === undefined ? nothing(theme) : { ...nothing(theme), fill, over: '' }
}

/** Return how each hexagon of a picture is drawn. */
export function cellLooks(theme: Theme, picture: Picture, cells: GroupedAnswer): (n: number) => Look {
  const look = lookOf(theme, picture)
  return (n) => {
    const index = cells.class[n]
    const name = index === null || index === undefined ? 'unknown' : (cells.classes[index] ?? 'unknown')
    return { ...look(name), old: cells.old[n] === 1 }
  }
}
