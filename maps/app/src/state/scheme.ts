// Light or dark, as the reader's system is: everything of the theme that has a colour.
import type { Theme } from '../api/generated'

export const DARK = '(prefers-color-scheme: dark)'

/** The theme of a release as it is drawn on a dark ground; its classes run on in the same order. */
export function darkened(theme: Theme): Theme {
  const plain = theme.classes.gap.colours
  const shade = (colour: string): string => theme.dark.classes.gap.colours[plain.indexOf(colour)] ?? colour
  const indicators = theme.indicators.map((row) => ({
    ...row,
    classes: row.classes && { ...row.classes, colours: row.classes.colours.map(shade) },
  }))
  return { ...theme, ...theme.dark, indicators }
}

/** The theme as the reader's system wants it. */
export function schemed(light: Theme): Theme {
  return matchMedia(DARK).matches ? darkened(light) : light
}

export function isDark(theme: Theme): boolean {
  return theme.colours === theme.dark.colours
}
