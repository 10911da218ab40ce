import { describe, expect, it } from 'vitest'
import type { GroupedAnswer, ReadingAnswer } from '../src/api/generated'
import { cellLooks, looks, told } from '../src/map/look'
import { picture } from '../src/map/picture'
import { START } from '../src/state/url'
import { theme } from './theme'

const THEME = theme()
const about = { release: 'zz/1', on: '2026-11-22', synthetic: true }
const shown = (subject: string) => picture(THEME, { ...START, subject }, [])

describe('told', () => {
  const reading: ReadingAnswer = {
    ...about, of: 'value:a.km', words: ['measured'], coded: [0, null], values: [3, null], bound: [1, 0],
    days: ['2020-01-01'], day: [0, null],
  }
  it('says word, value, bound and day', () => {
    expect(told(reading, 0)).toEqual({ word: 'measured', value: 3, bound: 'least', day: '2020-01-01' })
  })
  it('says unknown of what is not there', () => {
    expect(told(reading, 1)).toEqual({ word: 'unknown', value: null, bound: '', day: '' })
    expect(told(reading, 99).word).toBe('unknown')
  })
})

describe('the look of a verdict', () => {
  const words = ['breached', 'kept', 'not_due', 'kept:assumed']
  const look = looks(THEME, shown('standard:x'), { ...about, of: 'verdict:x', words, coded: [0, 1, 2, 3, null] })
  it('is a shape where a hue is not enough', () => {
    expect([0, 1, 2].map((n) => look(n).shape)).toEqual(['triangle', '', 'diamond'])
  })
  it('is a ring on an assumption', () => {
    expect(look(3)).toMatchObject({ fill: 'fill-kept:assumed', ring: true, shape: '' })
  })
  it('is that of the unknown where nothing is said', () => {
    expect(look(4)).toMatchObject({ fill: 'fill-unknown', over: 'unknown' })
  })
})

describe('the look of a value', () => {
  const reading: ReadingAnswer = {
    ...about, of: 'value:a.km', words: ['measured', 'unreachable', 'assumed'], coded: [0, 0, 1, 2, null],
    values: [1, 5, null, 3, null], days: ['2021-11-21', '2021-11-22'], day: [0, 1, null, 1, null],
  }
  const look = looks(THEME, shown('indicator:a.km'), reading)
  it('is the colour of its class', () => {
    expect([look(0).fill, look(1).fill]).toEqual(['c0', 'c2'])
  })
  it('stands back once it is out of date', () => {
    expect([look(0).old, look(1).old]).toEqual([true, false])
  })
  it('is a ring where there is no value, or an assumed one', () => {
    expect(look(2)).toMatchObject({ stroke: 'stroke-unreachable', ring: true })
    expect(look(3)).toMatchObject({ fill: 'c1', stroke: 'fill-assumed', ring: true })
    expect(look(4)).toMatchObject({ stroke: 'stroke-unknown' })
  })
})

describe('the look of a hexagon', () => {
  const cells: GroupedAnswer = {
    ...about, of: 'estimate:e', by: 'hexagon', classes: ['found', 'probably', 'open'], class: [0, 1, 2, null], old: [0, 0, 0, 1],
    people: [], settlements: [],
  }
  const look = cellLooks(THEME, shown('estimate:e'), cells)
  it('is striped where only a model says so, and hatched where nothing does', () => {
    expect([0, 1, 2, 3].map((n) => look(n).over)).toEqual(['', 'model', 'unknown', 'unknown'])
  })
  it('is dotted where most of it is out of date', () => {
    expect([0, 3].map((n) => look(n).old)).toEqual([false, true])
  })
})
