// Areas with their scores and evidence, brought into maps by subject.
import type { Area as ListedArea, AreaScore, FullArea, Ref, Verdict } from './generated'

/** A settlement or an area, in the languages that it is known in. */
export interface Named extends Ref {
  names?: Record<string, string>
}

/** An area of a list; one that was asked for alone has its own norms and its ladder. */
export interface Area extends Omit<ListedArea, 'scores'>, Partial<Pick<FullArea, 'unit_judgements' | 'ladder' | 'peers' | 'contributions' | 'rank'>> {
  /** Subject -> score of all settlements of the area. */
  scores: Record<string, AreaScore>
  /** Subgroup (`town`, `village`) -> subject -> score. */
  subgroups: Record<string, Record<string, AreaScore>>
}

export function toArea(answer: ListedArea | FullArea): Area {
  const subgroups: Area['subgroups'] = {}
  for (const row of answer.scores) {
    const group = (subgroups[row.subgroup] ??= {})
    group[row.subject] = row
  }
  return { ...answer, scores: subgroups['all'] ?? {}, subgroups }
}

/** How many settlements, or people, of an area have a verdict. */
export function counted(score: AreaScore | undefined, what: 'settlements' | 'population', verdict: string | undefined): number {
  return score?.[`${what}_${verdict as Verdict}`] ?? 0
}
