// The hatching of areas about which too little is known: unknown is not a colour.
import type { Theme } from '../api/generated'

const SIDE = 16

/** Diagonal stripes as raw pixels, for `map.addImage`. */
export function hatchImage(theme: Theme): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const pen = canvas.getContext('2d')
  if (!pen) return new ImageData(SIDE, SIDE)
  pen.fillStyle = theme.colours['hatch_ground'] ?? 'Canvas'
  pen.fillRect(0, 0, SIDE, SIDE)
  pen.strokeStyle = theme.colours['hatch'] ?? 'GrayText'
  pen.lineWidth = 1.5
  pen.beginPath()
  // Lines run past the edges so that neighbouring tiles join without a notch.
  for (let shift = -SIDE; shift <= SIDE * 2; shift += SIDE / 2) {
    pen.moveTo(shift, SIDE + 2)
    pen.lineTo(shift + SIDE + 4, -2)
  }
  pen.stroke()
  return pen.getImageData(0, 0, SIDE, SIDE)
}
