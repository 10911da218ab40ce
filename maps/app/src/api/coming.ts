// Fields of the theme that are on their way into the generated types.
import type { Theme } from './generated'

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

export const hexagons = (theme: Theme): Hexagons[] =>
  (theme as unknown as { hexagons?: Hexagons[] }).hexagons ?? []
