// Operators side by side: subjects that differ in nothing but the operator. Pure.

/** A subject of a family, and the operator that it is of; of all where it is empty. */
export interface Member {
  operator: string
  subject: string
}

/** The subject without its operator. */
function family(subject: string, operators: string[]): string {
  const own = operators.find((id) => subject.endsWith(`.${id}`))
  return own ? subject.slice(0, -own.length - 1) : subject
}

/** The family of a subject in the order of the operators, that of all first; itself alone without one. */
export function members(subject: string, subjects: string[], operators: string[]): Member[] {
  const root = family(subject, operators)
  const all = [{ operator: '', subject: root }, ...operators.map((id) => ({ operator: id, subject: `${root}.${id}` }))]
  return all.filter((one) => subjects.includes(one.subject))
}

/** The subjects of a list, of each family the first. */
export function heads(subjects: string[], operators: string[]): string[] {
  const seen = new Set<string>()
  return subjects.filter((subject) => {
    const root = family(subject, operators)
    return seen.has(root) ? false : Boolean(seen.add(root))
  })
}
