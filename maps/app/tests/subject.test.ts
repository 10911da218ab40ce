import { describe, expect, it } from 'vitest'
import { readingOf, readSubject, subjectOf } from '../src/state/subject'

describe('a subject', () => {
  it.each([
    ['overall', 'score:overall'],
    ['domain:post', 'score:post'],
    ['standard:zz.trips', 'verdict:zz.trips'],
    ['indicator:digital.generation.a1', 'value:digital.generation.a1'],
    ['estimate:digital.lte_found', 'estimate:digital.lte_found'],
    ['known:post.office_minutes', 'status:post.office_minutes'],
    ['people', 'people'],
    ['known', ''],
  ])('%s is read as %s', (text, reading) => {
    expect(readingOf(subjectOf({ subject: text }))).toBe(reading)
  })

  it.each(['', 'standard', 'standard:', 'overall:x', 'people:x', 'river:x'])('%j is none', (text) => {
    expect(readSubject(text)).toBeNull()
  })

  it('keeps colons of an id', () => {
    expect(readSubject('standard:a:b')).toEqual({ kind: 'standard', id: 'a:b' })
  })
})
