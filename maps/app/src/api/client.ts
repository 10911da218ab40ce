// The requests: all relative to the page, so to no other host.
import type { FeatureCollection } from 'geojson'
import type { AreaShape } from '../take/svg'
import { toArea, type Area } from './areas'
import type { AccessAnswer, AreaCard, AreaName, AreaNamePage, AreaPage, DiffAnswer, DiffPlaces, EstimateModel, EstimateModels, GroupedAnswer, PlacesAnswer, ReadingAnswer, ReleaseList, Scorecard, SettlementPage, SummaryAnswer, Theme, Trend, Way } from './generated'

export class RequestFailed extends Error {
  readonly status: number

  constructor(address: string, status: number, detail: string) {
    super(detail || `${address}: ${status}`)
    this.status = status
  }
}

/** The sentence of an RFC 9457 answer; nothing where the answer is something else. */
async function detailOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.includes('json')) return ''
  const { detail } = (await answer.json()) as { detail?: unknown }
  return typeof detail === 'string' ? detail : ''
}

export type Query = Record<string, string | number | undefined>

function address(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)]))
  return text.size ? `${path}?${text}` : path
}

async function get<Answer>(path: string, query: Query, signal?: AbortSignal): Promise<Answer> {
  const url = address(path, query)
  const answer = await fetch(url, { headers: { accept: 'application/json' }, signal: signal ?? null })
  if (!answer.ok) {
    throw new RequestFailed(url, answer.status, await detailOf(answer))
  }
  return (await answer.json()) as Answer
}

export const releases = (): Promise<ReleaseList> => get('v1/releases', {})

/** Requests about one release, given as `cc/date.n`. */
export class Client {
  readonly release: string

  constructor(release: string) {
    this.release = release
  }

  /** Absolute address of a tile archive; the map's worker has no base of its own. */
  tiles(layer: string): string {
    return new URL(`tiles/${this.release}/${layer}.pmtiles`, document.baseURI).href
  }

  theme(): Promise<Theme> {
    return get('v1/theme', { release: this.release })
  }

  async areaNames(level: string): Promise<AreaName[]> {
    const query = { release: this.release, level, names_only: 'true', limit: 10_000 }
    return (await get<AreaNamePage>('v1/areas', query)).items
  }

  async areas(level: string): Promise<Area[]> {
    const query = { release: this.release, level, limit: 10_000 }
    const page = await get<AreaPage>('v1/areas', query)
    return page.items.map(toArea)
  }

  async area(id: string): Promise<Area> {
    const path = `v1/areas/${encodeURIComponent(id)}`
    const answer = await get<AreaCard>(path, { release: this.release })
    return toArea(answer.area)
  }

  trend(id: string): Promise<Trend> {
    return get(`v1/areas/${encodeURIComponent(id)}/trend`, { release: this.release })
  }

  /** What is said of all settlements, by the number of the feature. */
  reading(of: string): Promise<ReadingAnswer> {
    return get('v1/readings', { release: this.release, of })
  }

  /** What is said of the hexagons of a resolution, by the number of the feature. */
  cells(of: string, resolution: number): Promise<GroupedAnswer> {
    return get('v1/readings', { release: this.release, of, by: 'hexagon', resolution })
  }

  /** What is said of the areas of a level. */
  grouped(of: string, by: string): Promise<GroupedAnswer> {
    return get('v1/readings', { release: this.release, of, by })
  }

  /** What a reading says of the country, or of an area. */
  summary(of: string, language: string, area?: string): Promise<SummaryAnswer> {
    return get('v1/summary', { release: this.release, of, language, area })
  }

  /** The models of what is probably so, with their headlines. */
  async models(language: string): Promise<EstimateModel[]> {
    const answer = await get<EstimateModels>('v1/estimates/models', { release: this.release, language })
    return answer.models
  }

  /** The borders of the areas of a level. */
  async shapes(level: string, language: string): Promise<AreaShape[]> {
    const [country] = this.release.split('/')
    const query = { release: this.release, level, limit: 10_000 }
    const page = await get<FeatureCollection>(`collections/${country}-areas/items`, query)
    return page.features.map(({ id, geometry, properties }) => ({
      id: String(id),
      name: String(properties?.[`name_${language}`] ?? properties?.['name'] ?? id),
      geometry,
    }))
  }

  /** Ids and names of all settlements, by the number of the feature. */
  places(language: string): Promise<PlacesAnswer> {
    return get('v1/places', { release: this.release, language })
  }

  settlements(query: Query, signal?: AbortSignal): Promise<SettlementPage> {
    return get('v1/settlements', { release: this.release, ...query }, signal)
  }

  /** What changed since an earlier release. */
  diff(from: string, query: Query, signal?: AbortSignal): Promise<DiffAnswer> {
    return get('v1/diff', { from, to: this.release, level: 'country', ...query }, signal)
  }

  /** Which way each settlement went, by the number of the feature. */
  diffPlaces(from: string, query: Query, signal?: AbortSignal): Promise<DiffPlaces> {
    return get('v1/diff/places', { from, to: this.release, ...query }, signal)
  }

  /** Address of a document of this release, for a link. */
  document(path: string, query: Query): string {
    return address(`v1/${path}`, { release: this.release, ...query })
  }

  async way(id: string, kind: string): Promise<Way | null> {
    const path = `v1/settlements/${encodeURIComponent(id)}/access`
    const answer = await get<AccessAnswer>(path, { release: this.release, kind })
    return answer.items[0] ?? null
  }

  settlement(id: string): Promise<Scorecard> {
    const path = `v1/settlements/${encodeURIComponent(id)}`
    return get(path, { release: this.release })
  }
}
