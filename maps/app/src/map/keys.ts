// Places by the keyboard: the next, the one before, the nearest in a direction; Enter chooses.
import { LngLat, type Map as GLMap, type MapGeoJSONFeature } from 'maplibre-gl'
import type { Position } from 'geojson'
import type { Pointer } from './pointer'

/** A feature in view, and where its middle is on the screen. */
export interface Spot {
  id: string
  people: number
  x: number
  y: number
}

export type Step = 'next' | 'previous' | 'left' | 'right' | 'up' | 'down'

/** The step that a key means, or none. */
export function stepOf({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Step | undefined {
  if (key === '.') return 'next'
  if (key === ',') return 'previous'
  const arrows: Record<string, Step> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }
  return shiftKey ? arrows[key] : undefined
}

/** Choose among the spots: by residents, most first, or the nearest in a quarter of the compass. */
export function stepped<S extends Spot>(spots: S[], from: Spot | null, middle: Spot, step: Step): S | undefined {
  if (step === 'next' || step === 'previous') {
    const order = spots.toSorted((a, b) => b.people - a.people || a.id.localeCompare(b.id))
    const at = order.findIndex(({ id }) => id === from?.id)
    if (at < 0) return step === 'next' ? order[0] : order.at(-1)
    return order[(at + (step === 'next' ? 1 : -1) + order.length) % order.length]
  }
  const { x, y, id } = from ?? middle
  const ahead = spots
    .map((spot) => {
      const [east, south] = [spot.x - x, spot.y - y]
      const [along, aside] = { left: [-east, south], right: [east, south], up: [-south, east], down: [south, east] }[step]
      return { spot, along: along ?? 0, aside: Math.abs(aside ?? 0) }
    })
    .filter(({ spot, along, aside }) => spot.id !== id && along > 0 && along >= aside)
  return ahead.sort((a, b) => Math.hypot(a.along, a.aside) - Math.hypot(b.along, b.aside))[0]?.spot
}

/** The middle of what a feature covers, over all its pieces. */
function middleOf(pieces: MapGeoJSONFeature[]): LngLat {
  const points: Position[] = pieces.flatMap(({ geometry }) => {
    if (geometry.type === 'Point') return [geometry.coordinates]
    if (geometry.type === 'Polygon') return geometry.coordinates.flat()
    return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : []
  })
  const half = (axis: 0 | 1): number => {
    const all = points.map((point) => point[axis] ?? 0)
    return (Math.min(...all) + Math.max(...all)) / 2
  }
  return new LngLat(half(0), half(1))
}

export class Keys {
  readonly #map: GLMap
  readonly #pointer: Pointer
  readonly #say: (lines: string[] | null) => void
  #at: (Spot & { feature: MapGeoJSONFeature; lngLat: LngLat }) | null = null

  constructor(map: GLMap, pointer: Pointer, say: (lines: string[] | null) => void) {
    this.#map = map
    this.#pointer = pointer
    this.#say = say
    const canvas = map.getCanvas()
    canvas.addEventListener('keydown', (event) => this.#key(event), { capture: true })
    canvas.addEventListener('blur', () => this.#pointer.leave())
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = stepOf(event)
    if (step) void this.#step(step)
    else if (event.key === 'Enter' && this.#at) void this.#pointer.choose(this.#at.feature, this.#at.lngLat)
    else if (event.key === 'Escape' && this.#at) this.#leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #leave(): void {
    this.#at = null
    this.#pointer.leave()
  }

  async #step(step: Step): Promise<void> {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer()
    const middle = { id: '', people: 0, x: width / 2, y: height / 2 }
    const before = this.#at && { ...this.#at, ...this.#map.project(this.#at.lngLat) }
    const found = stepped(this.#spots(width, height), before, middle, step)
    if (!found) return this.#say(null)
    this.#at = found
    this.#say(await this.#pointer.point(found.feature, found.lngLat))
  }

  /** What is in view, each once however many tiles it lies in. */
  #spots(width: number, height: number): (Spot & { feature: MapGeoJSONFeature; lngLat: LngLat })[] {
    const pieces = new Map<string, MapGeoJSONFeature[]>()
    for (const feature of this.#pointer.inView()) {
      const id = String(feature.id ?? feature.properties['id'])
      pieces.set(id, [...(pieces.get(id) ?? []), feature])
    }
    return [...pieces].flatMap(([id, features]) => {
      const [feature] = features
      if (!feature) return []
      const lngLat = middleOf(features)
      const { x, y } = this.#map.project(lngLat)
      const inside = x >= 0 && y >= 0 && x <= width && y <= height
      return inside ? [{ id, people: Number(feature.properties['population'] ?? 0), x, y, feature, lngLat }] : []
    })
  }
}
