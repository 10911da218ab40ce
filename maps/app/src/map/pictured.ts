// The picture of what a panel draws from.
import type { Context } from '../panels/panel'
import { picture, type Picture } from './picture'

export function pictured({ theme, state, areas, grouped, summary }: Context): Picture {
  const shown = picture(theme, state, areas)
  // Of another subject the summary says nothing, even while the next is on its way.
  const told = summary?.of === shown.of ? summary.worst : null
  // What is unknown is hatched, and never coloured as the worst.
  const bad = told && !told.only_unknown ? told.bad : []
  return picture(theme, state, areas, grouped, bad)
}
