import { describe, expect, it } from 'vitest'
import { heads, members } from '../src/panels/operators'

const OPERATORS = ['a1', 'mts']
const SUBJECTS = ['estimate:lte', 'estimate:lte.mts', 'indicator:generation.mts', 'indicator:generation.a1', 'standard:x']

describe('operators side by side', () => {
  it('are those of the same subject, that of all first', () => {
    expect(members('estimate:lte.mts', SUBJECTS, OPERATORS)).toEqual([
      { operator: '', subject: 'estimate:lte' },
      { operator: 'mts', subject: 'estimate:lte.mts' },
    ])
  })
  it('may have none of all', () => {
    expect(members('indicator:generation.a1', SUBJECTS, OPERATORS).map((one) => one.operator)).toEqual(['a1', 'mts'])
  })
  it('are nobody where a subject is of none', () => {
    expect(members('standard:x', SUBJECTS, OPERATORS)).toHaveLength(1)
  })
  it('stand once in a list, by the first', () => {
    expect(heads(SUBJECTS, OPERATORS)).toEqual(['estimate:lte', 'indicator:generation.mts', 'standard:x'])
  })
})
