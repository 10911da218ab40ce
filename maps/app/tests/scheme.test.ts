import { describe, expect, it } from 'vitest'
import { darkened, isDark } from '../src/state/scheme'
import { indicator, theme } from './theme'

const DARK = { colours: { ink: '#dark' }, classes: { gap: { breaks: [], colours: ['d0', 'd1', 'd2', 'd3', 'd4'] } } }

describe('a dark theme', () => {
  // The worst is better lower, so the palette runs backwards there and keeps running so.
  const values = { breaks: [2, 5], colours: ['g4', 'g2', 'g0'] }
  const light = theme({ dark: DARK, indicators: [indicator('a', { classes: values }), indicator('b', { classes: null })] })

  it('has its own colours, and the classes of indicators in the shades of the same places', () => {
    const dark = darkened(light)
    expect(dark.colours).toEqual({ ink: '#dark' })
    expect(dark.indicators.map((row) => row.classes)).toEqual([{ breaks: [2, 5], colours: ['d4', 'd2', 'd0'] }, null])
    expect([isDark(dark), isDark(light)]).toEqual([true, false])
  })

  it('leaves the light one as it was', () => {
    darkened(light)
    expect(light.indicators[0]?.classes).toEqual(values)
  })
})
