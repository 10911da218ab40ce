// Says at the end of a drawn way which facility it leads to.
import { Marker, type Map as GLMap } from 'maplibre-gl'
import type { Way } from '../api/generated'
import type { Words } from '../words'
import { endText, facilityEnd } from './facility-end'

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
