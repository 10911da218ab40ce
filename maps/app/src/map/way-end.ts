// Says at the end of a drawn way which facility it leads to.
import { Marker, type Map as GLMap } from 'maplibre-gl'
import type { Way } from '../api/generated'
import type { Words } from '../words'

/** The end of a way that is the facility: an ambulance comes from its own. */
export function facilityEnd(way: Way, from: [number, number] | null): [number, number] | null {
  const points = way.geometry?.coordinates as [number, number][] | undefined
  const [first, last] = [points?.[0], points?.at(-1)]
  if (!first || !last) return null
  const far = ([lon, lat]: [number, number]): number => (from ? Math.hypot(lon - from[0], lat - from[1]) : 0)
  return far(first) > far(last) ? first : last
}

/** What and which; a name that says what it is stands alone. */
export function endText(kind: string, name: string): string {
  const own = name.toLowerCase().startsWith(kind.toLowerCase())
  return own ? name : [kind, name].filter(Boolean).join(': ')
}

export class WayEnd {
  readonly #marker = new Marker({ element: document.createElement('div'), anchor: 'bottom' })

  show(map: GLMap, way: Way | null, from: [number, number] | null, words: Words): void {
    const at = way && facilityEnd(way, from)
    if (!at) {
      this.#marker.remove()
      return
    }
    const element = this.#marker.getElement()
    element.classList.add('way-end')
    element.textContent = endText(words.term('facilities', way.kind), way.facility?.name ?? '')
    this.#marker.setLngLat(at).addTo(map)
  }
}
