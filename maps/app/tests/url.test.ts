import { describe, expect, it } from 'vitest'
import { position, readState, START, writeState } from '../src/state/url'

describe('the address', () => {
  it('says nothing of what is at its default', () => {
    expect(writeState(START)).toBe('#')
  })

  it('gives back what was written', () => {
    const state = { ...START, country: 'by', subject: 'standard:by.x', people: '50-99', selected: 'settlement:wof:1', page: 3 }
    expect(readState(writeState(state))).toEqual(state)
  })

  it.each([
    ['view=nonsense', { view: '' }],
    ['subject=nonsense', { subject: '' }],
    ['show=nonsense', { show: 'map' }],
    ['page=-1', { page: 0 }],
    ['page=1.5', { page: 0 }],
    ['people=many', { people: '' }],
    ['people=-', { people: '' }],
    ['people=100-', { people: '100-' }],
    ['embed=yes', { embed: '' }],
  ])('%s takes its default', (text, expected) => {
    expect(readState(`#${text}`)).toMatchObject(expected)
  })

  it('reads what is behind a question mark', () => {
    expect(readState('?country=yy').country).toBe('yy')
  })

  it('still reads links of the view of what is known', () => {
    expect(readState('#view=evidence').subject).toBe('known')
    expect(readState('#view=evidence&indicator=a.b')).toMatchObject({ subject: 'known:a.b', view: '' })
  })

  it.each([
    ['8/53.9/27.5', { zoom: 8, center: [27.5, 53.9] }],
    ['8/95/27.5', null],
    ['8/x/27.5', null],
    ['', null],
  ])('the position %j', (at, expected) => {
    expect(position({ ...START, at })).toEqual(expected)
  })
})
