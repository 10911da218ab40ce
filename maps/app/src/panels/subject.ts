// What is shown in words, and which topic it belongs to.
import type { Theme, Topic } from '../api/generated'
import { readSubject } from '../state/subject'
import type { Context } from './panel'

/** The name of a subject, such as the title of a standard. */
export function subjectName({ words, theme }: Context, text: string): string {
  const { kind, id } = readSubject(text) ?? { kind: 'overall', id: '' }
  const indicator = (code: string): string => words.of(theme.indicators.find((row) => row.code === code)?.label)
  if (kind === 'indicator') return indicator(id)
  if (kind === 'estimate') return words.of(theme.estimated.find((row) => row.indicator === id)?.label)
  if (kind === 'standard') return words.of(theme.standards.find((row) => row.id === id)?.title)
  if (kind === 'domain') return words.of(theme.domains.find((row) => row.id === id)?.label)
  if (kind === 'known') return id ? indicator(id) : words.text('all_indicators')
  return words.text(kind === 'people' ? 'population' : 'overall')
}

/** What is chosen now, in words. */
export function shownName(context: Context): string {
  return subjectName(context, context.state.subject)
}

/** The topic that a subject belongs to; the first that has it. */
export function topicOf(theme: Theme, subject: string): Topic | undefined {
  return theme.topics.find((topic) => topic.subjects.includes(subject))
}

export function isStandard(theme: Theme, subject: string): boolean {
  return theme.standards.some((row) => subject === `standard:${row.id}`)
}

/** The standard that is chosen, or none. */
export function standardOf(subject: string): string {
  const found = readSubject(subject)
  return found?.kind === 'standard' ? found.id : ''
}
