import { describe, expect, it } from 'vitest'
import { after, nearest } from '../src/panels/sheet'

describe('the bottom sheet', () => {
  it('falls into the nearest of three heights when it is let go', () => {
    expect([0, 0.29, 0.3, 0.74, 0.75, 1.2].map(nearest)).toEqual(['peek', 'peek', 'half', 'half', 'full', 'full'])
  })

  it('goes up by presses and starts again', () => {
    expect(after('peek')).toBe('half')
    expect(after('half')).toBe('full')
    expect(after('full')).toBe('peek')
  })
})
