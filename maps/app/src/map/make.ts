// A map of the page: its workers, controls and images. What it shows is another's concern.
import { addProtocol, Map as GLMap, NavigationControl, ScaleControl, setWorkerUrl, type MapOptions } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { Protocol } from 'pmtiles'
import type { Theme } from '../api/generated'
import type { Loaded } from '../state/loaded'
import type { Words } from '../words'
import { supplyImages } from './images'

// Without its own address the worker is silently missing from the bundle.
setWorkerUrl(workerUrl)
addProtocol('pmtiles', new Protocol().tile)

/** The letters of the country's names, drawn once so that the map finds their fonts loaded. */
export async function loadFonts({ areas, theme }: Pick<Loaded, 'areas' | 'theme'>): Promise<void> {
  const names = [theme.country, ...areas].flatMap((row) => Object.values(row.names ?? {}))
  const letters = [...new Set(['Аяўі Az', ...names].join(''))].join('')
  await document.fonts.load('16px "Noto Sans"', letters)
}

type Given = Pick<MapOptions, 'style' | 'bounds' | 'center' | 'zoom'> & { container: HTMLElement }

/** Make a map; throws where there is no WebGL. */
export function makeMap(given: Given, words: Words, theme: () => Theme, scale = new ScaleControl({ maxWidth: 120 })): GLMap {
  const map = new GLMap({
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 16,
    locale: {
      'NavigationControl.ZoomIn': words.text('zoom_in'),
      'NavigationControl.ZoomOut': words.text('zoom_out'),
      'Map.Title': words.text('map_label'),
      'ScaleControl.Meters': words.text('metre'),
      'ScaleControl.Kilometers': words.term('units', 'km'),
    },
    ...given,
  })
  map.keyboard.disableRotation()
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(scale, 'bottom-left')
  supplyImages(map, theme)
  return map
}
