// Patterns and marks of the map, drawn in code so that no picture is fetched.
import type { Map as GLMap } from 'maplibre-gl'
import type { Theme } from '../api/generated'
import { colourBook } from './layers/colours'

export const IMAGES = ['hatch', 'model', 'stipple', 'triangle', 'down', 'equal', 'diamond', 'square'] as const
export type ImageName = (typeof IMAGES)[number]

/** Radius in pixels that a mark has at icon-size 1. */
export const MARK_RADIUS = 12
const RATIO = 2

/** Side, pixels drawn once, and whether the mark takes its colour from the style. */
const SIDES: Record<ImageName, number> = {
  hatch: 8, model: 6, stipple: 7, triangle: 32, down: 32, equal: 32, diamond: 32, square: 32,
}
/** Corners of the marks that are no circles, in radii. */
export const OUTLINES: Partial<Record<ImageName, [number, number][]>> = {
  triangle: [[0, -1.15], [1.05, 0.8], [-1.05, 0.8]],
  down: [[0, 1.15], [1.05, -0.8], [-1.05, -0.8]],
  // two bars, which meet in a line without breadth
  equal: [[-1, -0.7], [1, -0.7], [1, -0.2], [-1, -0.2], [-1, 0.2], [1, 0.2], [1, 0.7], [-1, 0.7]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
}

function canvas(side: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas')
  element.width = element.height = side * RATIO
  const pen = element.getContext('2d')
  if (!pen) throw new Error('this browser draws no canvas')
  pen.scale(RATIO, RATIO)
  return pen
}

/** Slanted lines that meet at the edges of the tile. */
function lines(pen: CanvasRenderingContext2D, side: number, colour: string, width: number, up: boolean): void {
  pen.strokeStyle = colour
  pen.lineWidth = width
  for (const shift of [-side, 0, side]) {
    pen.beginPath()
    pen.moveTo(shift, up ? side : 0)
    pen.lineTo(shift + side, up ? 0 : side)
    pen.stroke()
  }
}

/** Draw an image of the map in the theme's colours. */
export function image(name: ImageName, theme: Theme): ImageData {
  const side = SIDES[name]
  const pen = canvas(side)
  const outline = OUTLINES[name]
  const colour = colourBook(theme)
  if (outline) {
    pen.translate(side / 2, side / 2)
    pen.beginPath()
    for (const [x, y] of outline) pen.lineTo(x * MARK_RADIUS, y * MARK_RADIUS)
    pen.closePath()
    pen.fill()
    pen.translate(-side / 2, -side / 2)
  } else if (name === 'hatch') {
    pen.fillStyle = colour('hatch_ground')
    pen.fillRect(0, 0, side, side)
    lines(pen, side, colour('hatch'), 1, true)
  } else if (name === 'model') {
    lines(pen, side, colour('surface'), 1.6, false)
  } else {
    pen.fillStyle = colour('ink')
    pen.beginPath()
    pen.globalAlpha = 0.55
    pen.arc(side / 2, side / 2, 0.8, 0, 2 * Math.PI)
    pen.fill()
  }
  return pen.getImageData(0, 0, side * RATIO, side * RATIO)
}

/** Draw the images again that the map has, in the colours of another theme. */
export function renewImages(map: GLMap, theme: Theme): void {
  for (const name of IMAGES) if (map.hasImage(name)) map.updateImage(name, image(name, theme))
}

/** Give the map its images whenever a style asks for them. */
export function supplyImages(map: GLMap, theme: () => Theme): void {
  map.setMissingStyleImageResolver((id) => {
    const name = IMAGES.find((one) => one === id)
    // A mark is tinted by the style; one channel says where it is.
    if (name) map.addImage(name, image(name, theme()), { pixelRatio: RATIO, sdf: name in OUTLINES })
  })
}
