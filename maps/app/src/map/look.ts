// How one settlement is drawn: what the reading says of it, in the theme's colours. Pure.
import type { Mark, ReadingAnswer, Theme } from '../api/generated'
import { ASSUMED, ringedValues } from '../panels/verdicts'
import { classOf, type Picture } from './picture'

/** The state of a feature; the style reads nothing else of what is shown. */
export interface Look {
  fill: string
  stroke: string
  /** A thick rim: the value is assumed, or there is none. */
  ring: boolean
  /** What is out of date is history: it stands back. */
  old: boolean
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

/** Return how each settlement of a picture is drawn. */
export function looks(theme: Theme, picture: Picture, reading: ReadingAnswer): (n: number) => Look {
  const plain = { ring: false, old: false }
  const nothing = { fill: theme.unknown.fill, stroke: theme.unknown.stroke, ...plain }
  const byMark = (marks: Mark[]): Map<string, Look> =>
    new Map(marks.map(({ id, fill, stroke, pattern }) => [id, { ...nothing, fill, stroke, ring: pattern === 'hollow' }]))
  const outline = theme.colours['outline'] ?? nothing.stroke
  const { breaks, colours } = picture.drawn?.classes ?? theme.classes.gap
  const verdicts = byMark([...theme.verdicts.map((mark) => ({ ...mark, pattern: '' })), ...theme.assumed_verdicts])
  const statuses = byMark(theme.statuses.map((mark) => ({ ...mark, pattern: '' })))
  const rings = byMark(ringedValues(theme))
  const worded = { verdict: verdicts, status: statuses, estimate: byMark(theme.estimates) }
  return (n) => {
    const { word, value, day } = told(reading, n)
    const marks = picture.reading in worded ? worded[picture.reading as keyof typeof worded] : null
    if (marks) return marks.get(word) ?? nothing
    const ring = rings.get(word) ?? nothing
    const index = classOf(value, breaks)
    if (index === null) return ring
    const known = { fill: colours[index] ?? nothing.fill, stroke: outline, ...plain }
    const old = Boolean(day && picture.freshFrom && day < picture.freshFrom)
    return word === ASSUMED ? { ...ring, fill: known.fill, old } : { ...known, old }
  }
}
