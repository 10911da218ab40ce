// What belongs to one release and is loaded together.
import type { Area, Named } from '../api/areas'
import { Client } from '../api/client'
import type { AreaName, ReleaseInfo, Theme } from '../api/generated'
import { drawnIndicators } from '../map/picture'
import { schemed } from './scheme'
import { readSubject } from './subject'

// The first level with areas is drawn. A grid is the last resort: it is analytic.
const LEVELS = ['raion', 'oblast', 'grid']

export interface Loaded {
  release: ReleaseInfo
  client: Client
  theme: Theme
  /** The same before it was made to suit the reader's system. */
  light: Theme
  areas: AreaName[]
  country: Area | null
  /** Raions and oblasts by id, for their names in every language. */
  named: Map<string, Named>
  /** The newest release of an earlier day, which a report counts its changes from. */
  earlier: string
}

async function firstAreas(client: Client): Promise<AreaName[]> {
  for (const level of LEVELS) {
    const found = await client.areaNames(level)
    if (found.length) return found
  }
  return []
}

/** The newest release of an earlier day: a report counts its changes from there. */
function earlier({ country, on }: ReleaseInfo, all: ReleaseInfo[]): string {
  const older = all.filter((row) => row.country === country && row.on < on)
  older.sort((one, other) => other.on.localeCompare(one.on))
  return older[0]?.release ?? ''
}

export async function load(release: ReleaseInfo, all: ReleaseInfo[]): Promise<Loaded> {
  const client = new Client(release.release)
  const [light, areas, oblasts, country] = await Promise.all([
    client.theme(),
    firstAreas(client),
    client.areaNames('oblast'),
    client.areas('country'),
  ])
  const named = new Map([...oblasts, ...areas].map((area) => [area.id, area]))
  const theme = schemed(light)
  return { release, client, theme, light, areas, country: country[0] ?? null, named, earlier: earlier(release, all) }
}

/** Whether a release has what is asked for. */
export function holds(theme: Theme, text: string): boolean {
  const subject = readSubject(text)
  if (!subject) return false
  const { kind, id } = subject
  const ids: Record<typeof kind, string[]> = {
    overall: [''],
    people: [''],
    domain: theme.domains.map((row) => row.id),
    standard: theme.standards.map((row) => row.id),
    indicator: drawnIndicators(theme).map((row) => row.code),
    estimate: theme.estimated.map((row) => row.indicator),
    known: ['', ...theme.indicators.map((row) => row.code)],
  }
  return ids[kind].includes(id)
}

