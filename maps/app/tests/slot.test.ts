import { describe, expect, it, vi } from 'vitest'
import { Slot } from '../src/state/slot'

describe('a slot', () => {
  it('asks but once for a key, and holds nothing of none', async () => {
    const taken = vi.fn()
    const slot = new Slot<number>(taken)
    const ask = vi.fn(async () => 7)
    await slot.take('a', ask)
    await slot.take('a', ask)
    expect([slot.value, ask.mock.calls.length, taken.mock.calls.length]).toEqual([7, 1, 1])
    await slot.take('', ask)
    expect(slot.value).toBeNull()
  })

  it('drops the late answer to an old key', async () => {
    const slot = new Slot<string>(() => undefined)
    let late: (value: string) => void = () => undefined
    const first = slot.take('a', () => new Promise((done) => (late = done)))
    await slot.take('b', async () => 'new')
    late('old')
    await first
    expect(slot.value).toBe('new')
  })

  it('asks again after a fault', async () => {
    const slot = new Slot<number>(() => undefined)
    await expect(slot.take('a', async () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
    await slot.take('a', async () => 1)
    expect(slot.value).toBe(1)
  })

  it('says nothing of the fault of an old key', async () => {
    const slot = new Slot<number>(() => undefined)
    let fail: (error: Error) => void = () => undefined
    const first = slot.take('a', () => new Promise((_, no) => (fail = no)))
    await slot.take('b', async () => 2)
    fail(new Error('gone'))
    await expect(first).resolves.toBeUndefined()
    expect(slot.value).toBe(2)
  })
})
