// Two maps in step: the same zoom, and as far from where they began. Pure.

export interface Stand {
  zoom: number
  center: [number, number]
}

const RADIAN = Math.PI / 180

/** A point of the web map, both ways: 1 is once around the world. */
function onMap([lon, lat]: [number, number]): [number, number] {
  return [lon / 360, Math.log(Math.tan(Math.PI / 4 + (lat * RADIAN) / 2)) / (2 * Math.PI)]
}

function onEarth([x, y]: [number, number]): [number, number] {
  return [x * 360, (2 * Math.atan(Math.exp(y * 2 * Math.PI)) - Math.PI / 2) / RADIAN]
}

/** Return where the other map stands, when this one went from one stand to the next. */
export function inStep(from: Stand, to: Stand, other: Stand): Stand {
  const [[x0, y0], [x1, y1], [x, y]] = [onMap(from.center), onMap(to.center), onMap(other.center)]
  return { zoom: to.zoom, center: onEarth([x + x1 - x0, y + y1 - y0]) }
}
