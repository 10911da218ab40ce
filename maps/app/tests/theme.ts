// A small theme: as much of it as the pure modules read.
import type { IndicatorInfo, Mark, Theme } from '../src/api/generated'

const label = { en: '' }

function mark(id: string, pattern = ''): Mark {
  return { id, fill: `fill-${id}`, stroke: `stroke-${id}`, pattern, label }
}

export function indicator(code: string, more: Partial<IndicatorInfo> = {}): IndicatorInfo {
  return {
    code, domain: 'd', unit: 'km', better: 'lower', freshness_years: 5, derived: false, quantity: 'number',
    classes: { breaks: [2, 5], colours: ['c0', 'c1', 'c2'] }, label, supplier: label, ...more,
  } as IndicatorInfo
}

const GAP = { breaks: [0.05, 0.15, 0.3, 0.5], colours: ['g0', 'g1', 'g2', 'g3', 'g4'] }

export function theme(more: Record<string, unknown> = {}): Theme {
  const names = [
    'ground', 'area', 'area_border', 'cell_border', 'label', 'label_halo', 'line_strong', 'outline', 'way',
    'selected', 'ink', 'ink_muted',
  ]
  return {
    on: '2026-11-22',
    languages: ['en'],
    archives: ['areas', 'facilities', 'hexagons', 'names', 'settlements'],
    numbered_tiles: true,
    hexagons: [{ resolution: 5, from: 0, to: 7 }, { resolution: 6, from: 7, to: 8 }],
    colours: Object.fromEntries(names.map((name) => [name, `#${name}`])),
    verdicts: [mark('breached'), mark('unknown', 'hatch'), mark('not_due'), mark('kept'), mark('no_norm')],
    assumed_verdicts: [mark('kept:assumed', 'hollow')],
    statuses: [mark('measured'), mark('assumed'), mark('unreachable'), mark('unknown', 'hatch')],
    known_statuses: ['measured', 'assumed', 'unreachable'],
    without_value: ['unreachable', 'unknown'],
    estimates: [mark('found'), mark('probably', 'hollow'), mark('probably_not', 'hollow'), mark('open'), mark('none')],
    unknown: { fill: 'unknown', stroke: 'unknown-rim', pattern: 'hatch' },
    classes: { gap: GAP, share_known: GAP, people: { breaks: [100], colours: ['p0', 'p1'] } },
    size: { population: [0, 100], radius: [2, 4], unknown: 2, zoom_factor: [[4, 0.25], [8, 1]] },
    indicators: [indicator('a.km'), indicator('b.yes', { classes: null })],
    domains: [], standards: [], estimated: [],
    ...more,
  } as unknown as Theme
}
