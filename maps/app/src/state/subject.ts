// What is shown: one subject, and the reading of the settlements that belongs to it. Pure.

const KINDS = ['overall', 'domain', 'standard', 'indicator', 'estimate', 'known', 'people'] as const

export interface Subject {
  kind: (typeof KINDS)[number]
  /** Of the domain, standard, indicator or estimate; empty where the kind says it all. */
  id: string
}

/** Kinds that stand alone, and kinds that never do; `known` does both. */
const ALONE = ['overall', 'people', 'known']
const WITH_ID = ['domain', 'standard', 'indicator', 'estimate', 'known']

/** Read `overall`, `people`, `known`, or `<kind>:<id>`; null where the text is none of them. */
export function readSubject(text: string): Subject | null {
  const [word = '', id = ''] = text.split(/:(.*)/s)
  const kind = KINDS.find((one) => one === word)
  if (!kind) return null
  return (id ? WITH_ID : ALONE).includes(kind) ? { kind, id } : null
}

/** The subject of a state; its text was checked when the address was read. */
export function subjectOf(state: { subject: string }): Subject {
  return readSubject(state.subject) ?? { kind: 'overall', id: '' }
}

const PREFIX: Record<Subject['kind'], string> = {
  overall: 'score',
  domain: 'score',
  standard: 'verdict',
  indicator: 'value',
  estimate: 'estimate',
  known: 'status',
  people: 'people',
}

/** The reading that is asked for, as `verdict:<standard>`; empty where no place has one. */
export function readingOf(subject: Subject): string {
  const { kind, id } = subject
  if (kind === 'people') return 'people'
  // All indicators together say nothing of a single settlement.
  if (kind === 'known' && !id) return ''
  return `${PREFIX[kind]}:${kind === 'overall' ? kind : id}`
}
