// Fields of the theme that are on their way into the generated types.
import type { Theme } from './generated'

export interface Topic {
  id: string
  label: Record<string, string>
  subjects: string[]
}

export interface Hexagons {
  resolution: number
  from: number
  to: number
}

export interface GroupedAnswer {
  of: string
  by: string
  classes: string[]
  class: (number | null)[]
  old: number[]
  people: number[][]
  settlements: number[][]
  ids?: string[]
}

type Coming = { topics?: Topic[]; first?: string; hexagons?: Hexagons[] }

const own = (theme: Theme): Coming => theme as unknown as Coming

export const hexagons = (theme: Theme): Hexagons[] => own(theme).hexagons ?? []

export function firstSubject(theme: Theme): string {
  const first = theme.default_view === 'evidence' ? theme.estimated[0] : undefined
  return own(theme).first ?? (first ? `estimate:${first.indicator}` : theme.default_view === 'evidence' ? 'known' : 'overall')
}

export function topics(theme: Theme): Topic[] {
  const domains = theme.domains.map((domain) => ({
    id: domain.id,
    label: domain.label,
    subjects: [
      ...theme.estimated.filter(() => domain.id === 'digital').map((row) => `estimate:${row.indicator}`),
      ...theme.standards.filter((row) => row.domain === domain.id).map((row) => `standard:${row.id}`),
      ...theme.indicators.filter((row) => row.domain === domain.id && row.classes).map((row) => `indicator:${row.code}`),
    ],
  }))
  const word = (key: string): Record<string, string> =>
    Object.fromEntries(theme.languages.map((code) => [code, String(theme.texts[code]?.['texts']?.[key] ?? key)]))
  return own(theme).topics ?? [
    ...domains.filter((row) => row.subjects.length),
    { id: 'people', label: word('population'), subjects: ['people'] },
    { id: 'overall', label: word('overall'), subjects: ['overall', ...theme.domains.map((row) => `domain:${row.id}`)] },
    { id: 'known', label: word('view_evidence'), subjects: ['known', ...theme.indicators.map((row) => `known:${row.code}`)] },
  ]
}

interface Count {
  people: number
  settlements: number
}

export interface SummaryAnswer {
  of: string
  title: string
  topic: string
  caption: string
  promise: {
    standard: string
    title: string
    force: string
    norm: string
    due: string | null
    days_left: number | null
    act: string
    responsible: string
  } | null
  headline: string[]
  classes: (Count & { id: string; label: string; old_people: number; towns: Count; small_towns: Count; villages: Count })[]
  worst: {
    bad: string[]
    what: string
    level: string
    items: (Count & { id: string; name: string; names: Record<string, string>; share: number | null; said: string | null })[]
  }
  parity: { side: string; label: string; people: number; bad: number; unknown: number; share: number | null; unknown_share: number | null }[]
  ages: (Count & { year: number })[]
  out_of_date: number
  sources: string[]
  suppliers: { indicator: string; label: string; supplier: string; people: number }[]
}
