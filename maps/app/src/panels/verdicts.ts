// Verdicts that stand on an assumption: which mark and words they have.
import type { Area } from '../api/areas'
import type { Mark, Theme } from '../api/generated'

export const ASSUMED = 'assumed'

/** The mark of a verdict on a value of this status. */
export function verdictMark(theme: Theme, verdict: string, status: string): Mark | undefined {
  const plain = theme.verdicts.find((mark) => mark.id === verdict)
  if (status !== ASSUMED) return plain
  return theme.assumed_verdicts.find((mark) => mark.id === `${verdict}:${ASSUMED}`) ?? plain
}

/** How values are marked that are assumed or missing: a ring, of what is unknown a thin one. */
export function ringedValues(theme: Theme): Mark[] {
  const { fill } = theme.unknown
  return theme.statuses.flatMap((mark) => {
    if (mark.id === ASSUMED) return [{ ...mark, fill, stroke: mark.fill, pattern: 'hollow' }]
    if (!theme.without_value.includes(mark.id)) return []
    return [mark.pattern ? mark : { ...mark, fill, pattern: 'hollow' }]
  })
}

/** How much of what is known of an indicator in an area is assumed. */
export function assumedPart(area: Area | null | undefined, indicator: string): 'none' | 'some' | 'all' {
  // What is unknown has no verdict that an assumption could carry.
  const bearing = (area?.evidence ?? []).filter(
    (row) =>
      row.indicator === indicator &&
      row.settlements > 0 &&
      !['unknown', 'not_applicable'].includes(row.status),
  )
  const assumed = bearing.filter((row) => row.status === ASSUMED)
  if (!assumed.length) return 'none'
  return assumed.length === bearing.length ? 'all' : 'some'
}

/** The marks of a standard's verdicts in an area, whose counts do not tell statuses apart. */
export function verdictMarks(theme: Theme, area: Area | null, standard: string): Mark[] {
  const indicator = theme.standards.find((row) => row.id === standard)?.indicator ?? ''
  const status = assumedPart(area, indicator) === 'all' ? ASSUMED : ''
  return theme.verdicts.map((mark) => verdictMark(theme, mark.id, status) ?? mark)
}
