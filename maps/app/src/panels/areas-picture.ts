// The areas as a picture in vectors, for a browser without WebGL: coloured and named like the map.
import { html, nothing, type TemplateResult } from 'lit'
import type { Position } from 'geojson'
import type { Theme } from '../api/generated'
import { pictured } from '../map/pictured'
import { placed, type Name } from '../take/drawing'
import { measurer } from '../take/files'
import { areaPaths, frameOf, patterns, svgText, words, type AreaShape, type Frame } from '../take/svg'
import { Panel, type Context } from './panel'
import { shownName } from './subject'

const WIDTH = 900
const MOST = 800

/** The largest part of an area, for its name: the middle of the widest ring. */
function middleOf({ geometry }: AreaShape): { at: Position; wide: number } | null {
  const rings =
    geometry?.type === 'Polygon'
      ? geometry.coordinates.slice(0, 1)
      : geometry?.type === 'MultiPolygon'
        ? geometry.coordinates.flatMap((one) => one.slice(0, 1))
        : []
  const boxes = rings.map((ring) => {
    const [xs, ys] = [ring.map(([x = 0]) => x), ring.map(([, y = 0]) => y)]
    const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    return { at: [(west + east) / 2, (south + north) / 2], wide: east - west }
  })
  return boxes.sort((a, b) => b.wide - a.wide)[0] ?? null
}

/** Names of the areas, the widest area first; who finds no room goes without. */
function namesOf(theme: Theme, shapes: AreaShape[], frame: Frame): string {
  const names = shapes
    .flatMap((shape) => {
      const middle = middleOf(shape)
      return middle ? [{ ...middle, text: shape.name }] : []
    })
    .sort((a, b) => b.wide - a.wide)
    .map(({ at, text }): Name => ({ at, text, size: 11, away: 0, area: true }))
  const [fill, halo] = [theme.colours['label'] ?? '', theme.colours['label_halo'] ?? '']
  const measure = measurer()
  return placed(names, frame, (text, size) => measure(text, size, false))
    .map(({ name, at }) => words(at, name.text, { size: name.size, fill, halo }))
    .join('')
}

export class AreasPicture extends Panel {
  #asked = ''
  #shapes: AreaShape[] = []

  protected override changed(): void {
    const { context } = this
    const level = context?.areas[0]?.level
    if (!context || !level) return
    const { client, words: { language } } = context
    const asked = [client.release, language].join(' ')
    if (asked === this.#asked) return
    this.#asked = asked
    void client
      .shapes(level, language)
      .then((shapes) => {
        if (asked !== this.#asked) return
        this.#shapes = shapes
        this.requestUpdate()
      })
      .catch((error: unknown) => this.session.report(error))
  }

  protected draw(context: Context): TemplateResult | typeof nothing {
    const { theme, release, areas, words: texts } = context
    if (!areas.length) return html`<p class="notice">${texts.text('no_areas')}</p>`
    const [west, south, east, north] = release.bounds ?? []
    if (!this.#shapes.length || west === undefined || south === undefined || east === undefined || north === undefined) return nothing
    const frame = frameOf([west, south, east, north], WIDTH, MOST)
    const shown = pictured(context)
    const inside = patterns(theme) + areaPaths(theme, this.#shapes, shown, frame) + namesOf(theme, this.#shapes, frame)
    const drawn = svgText(frame, `${texts.of(theme.country.names)}: ${shownName(context)}`, inside)
    // Read as XML: what came in as a name stays a text.
    return html`<figure>${document.adoptNode(new DOMParser().parseFromString(drawn, 'image/svg+xml').documentElement)}</figure>`
  }
}

customElements.define('paritet-areas', AreasPicture)
