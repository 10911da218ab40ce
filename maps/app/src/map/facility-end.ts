// Which end of a way is the facility, and what stands there. Pure.
import type { Way } from '../api/generated'

type Point = [number, number]

/** The end of a way that is the facility: an ambulance comes from its own. */
export function facilityEnd(way: Way, from: Point | null): Point | null {
  const points = way.geometry?.coordinates as Point[] | undefined
  const [first, last] = [points?.[0], points?.at(-1)]
  if (!first || !last) return null
  const far = ([lon, lat]: Point): number => (from ? Math.hypot(lon - from[0], lat - from[1]) : 0)
  return far(first) > far(last) ? first : last
}

/** What and which; a name that says what it is stands alone. */
export function endText(kind: string, name: string): string {
  const own = name.toLowerCase().startsWith(kind.toLowerCase())
  return own ? name : [kind, name].filter(Boolean).join(': ')
}
