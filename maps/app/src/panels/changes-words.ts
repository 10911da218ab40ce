// What changed between two releases, in words: releases to compare with, causes and their groups. Pure.
import type { DiffSum, ReleaseInfo, Verdict } from '../api/generated'
import type { Words } from '../words'

/** The day and the number of a release, which sort as they came. */
function order({ on, release }: ReleaseInfo): [string, number] {
  return [on, Number(release.split('.').at(-1))]
}

/** The releases before this one, of the same country, the newest first. */
export function earlierReleases(release: ReleaseInfo, all: ReleaseInfo[]): ReleaseInfo[] {
  const [day, number] = order(release)
  return all
    .filter((row) => {
      const [on, n] = order(row)
      return row.country === release.country && (on < day || (on === day && n < number))
    })
    .sort((one, other) => order(other)[0].localeCompare(order(one)[0]) || order(other)[1] - order(one)[1])
}

export interface Change {
  causes: string[]
  service: string | null
  strictness: string | null
  before: Verdict | null
  after: Verdict | null
}

const SIGNS: Record<string, string> = { better: '+', worse: '-', stricter: '+', looser: '-' }

/** What became of the norm where "stricter" is not the word for it. */
function ofNorm({ strictness, before, after }: Change): string {
  if (before === 'not_due' || after === 'not_due') return 'due'
  if (strictness && after === 'no_norm') return 'ended'
  if (strictness && before === 'no_norm') return 'began'
  return `norm${SIGNS[strictness ?? ''] ?? ''}`
}

/** All causes of a change in words. */
export function causeText(words: Words, change: Change): string {
  const said = change.causes.map((cause) => {
    if (cause === 'new' || cause === 'gone') return words.term('change_causes', cause)
    const key = cause === 'norm' ? ofNorm(change) : cause === 'value' ? `value${SIGNS[change.service ?? ''] ?? ''}` : cause
    return words.term('causes', key)
  })
  return said.join('; ')
}

/** Groups in the order in which they are told: service before what is none. */
const GROUPS = ['worse', 'better', 'value', 'norm', 'place', 'known', 'several'] as const
export type CauseGroup = (typeof GROUPS)[number]

const GROUP_OF: Record<string, CauseGroup> = {
  value: 'value', norm: 'norm', source: 'known', method: 'known',
  population: 'place', class: 'place', new: 'place', gone: 'place',
}

/** Service that went one way is told as that; several causes of unlike kinds stand apart. */
export function groupOf({ causes, service }: Pick<Change, 'causes' | 'service'>): CauseGroup {
  if (service === 'worse' || service === 'better') return service
  const groups = new Set(causes.map((cause) => GROUP_OF[cause] ?? 'several'))
  return groups.size === 1 ? ([...groups][0] as CauseGroup) : 'several'
}

export function byGroup<T extends Pick<Change, 'causes' | 'service'>>(lines: T[]): { group: CauseGroup; lines: T[] }[] {
  return GROUPS.map((group) => ({ group, lines: lines.filter((line) => groupOf(line) === group) })).filter(
    ({ lines: own }) => own.length,
  )
}

/** People before settlements; nobody is made up where no population is known. */
export function concerned(words: Words, line: Pick<DiffSum, 'people' | 'settlements' | 'unknown_people'>): string {
  return line.unknown_people === line.settlements
    ? `${words.plural('settlements', line.settlements)}, ${words.text('population_unknown')}`
    : words.peopleIn(line.people, line.settlements)
}
