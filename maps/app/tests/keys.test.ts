import { describe, expect, it } from 'vitest'
import { stepOf, stepped, type Spot } from '../src/map/keys'

const spot = (id: string, x: number, y: number, people = 0): Spot => ({ id, people, x, y })
const MIDDLE = spot('', 0, 0)
// y grows to the south, as on a screen
const NORTH = spot('north', 1, -10, 300)
const EAST = spot('east', 10, 2, 500)
const FAR_EAST = spot('far', 30, 0, 500)
const ALL = [NORTH, EAST, FAR_EAST]

describe('keys of the map', () => {
  it('mean a step only where the map itself has no use for them', () => {
    const key = (name: string, shiftKey = false) => stepOf({ key: name, shiftKey })
    expect([key('.'), key(','), key('ArrowUp', true)]).toEqual(['next', 'previous', 'up'])
    expect([key('ArrowUp'), key('a'), key('+')]).toEqual([undefined, undefined, undefined])
  })

  it('go by residents, most first, and round', () => {
    const walk = (from: Spot | null, step: 'next' | 'previous') => stepped(ALL, from, MIDDLE, step)?.id
    expect(walk(null, 'next')).toBe('east')
    expect(walk(EAST, 'next')).toBe('far')
    expect(walk(FAR_EAST, 'next')).toBe('north')
    expect(walk(NORTH, 'next')).toBe('east')
    expect(walk(null, 'previous')).toBe('north')
    expect(walk(EAST, 'previous')).toBe('north')
  })

  it('go to the nearest in a quarter of the compass', () => {
    expect(stepped(ALL, null, MIDDLE, 'right')?.id).toBe('east')
    expect(stepped(ALL, EAST, MIDDLE, 'right')?.id).toBe('far')
    expect(stepped(ALL, null, MIDDLE, 'up')?.id).toBe('north')
    expect(stepped(ALL, NORTH, MIDDLE, 'up')).toBeUndefined()
    expect(stepped(ALL, null, MIDDLE, 'down')).toBeUndefined()
    expect(stepped([], null, MIDDLE, 'next')).toBeUndefined()
  })
})
