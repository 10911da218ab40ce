// What all layers share: colours by name, and the look of a feature. Pure.
import type { ExpressionSpecification } from 'maplibre-gl'
import type { Theme } from '../../api/generated'
import type { Look } from '../look'

export type Colour = (name: string) => string

export function colourBook(theme: Theme): Colour {
  return (name) => {
    const colour = theme.colours[name]
    if (!colour) throw new Error(`the theme has no colour ${name}`)
    return colour
  }
}

/** An expression, which the types of the library cannot follow when it is put together. */
export function expression(parts: unknown[]): ExpressionSpecification {
  return parts as ExpressionSpecification
}

/** What was decided of a feature; before that it is as good as unknown. */
export function look(key: keyof Look, before: string | boolean): ExpressionSpecification {
  return expression(['coalesce', ['feature-state', key], before])
}

/** 1 where the look has this value, else 0: an opacity. */
export function where(key: keyof Look, is: string | boolean, before: string | boolean): ExpressionSpecification {
  return expression(['case', ['==', look(key, before), is], 1, 0])
}

/** Zoom -> value pairs as an expression that runs from one to the next. */
export function byZoom(...stops: [number, unknown][]): ExpressionSpecification {
  return expression(['interpolate', ['linear'], ['zoom'], ...stops.flat()])
}
