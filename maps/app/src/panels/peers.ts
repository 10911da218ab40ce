// An area among those of like size: whom its figure may fairly be read beside.
import { html, nothing, type TemplateResult } from 'lit'
import type { Area } from '../api/areas'
import type { Peer, Score } from '../api/generated'
import { subjectOf } from '../state/subject'
import type { Context } from './panel'
import { gapText } from './scores'

export interface Row {
  id: string
  name: string
  people: number
  villagers: number
  score: Score | undefined
  known: number | null
}

/** The indicator of which it is told how much is known; empty where gaps are compared. */
function indicatorOf({ state, theme }: Context): string {
  const { kind, id } = subjectOf(state)
  if (kind === 'indicator' || kind === 'known') return id
  // An area has no estimate: of what it is made of, something is known or not.
  if (kind !== 'estimate') return ''
  return theme.indicators.find((row) => id.startsWith(row.code))?.code ?? ''
}

function rowsOf({ words, state }: Context, area: Area, peers: Peer[], code: string): Row[] {
  const { kind } = subjectOf(state)
  const subject = ['overall', 'domain', 'standard'].includes(kind) ? state.subject : 'overall'
  const own = area.scores[subject]
  const people = own?.population ?? 0
  const villagers = area.subgroups['village']?.[subject]?.population ?? 0
  const mine = own && { score: own.score, low: own.score_low, high: own.score_high, coverage: own.coverage }
  return [
    {
      id: area.id,
      name: words.name(area),
      people,
      villagers: people ? villagers / people : 0,
      score: mine,
      known: area.known_share[code] ?? null,
    },
    ...peers.map((peer) => ({
      id: peer.id,
      name: words.name(peer),
      people: peer.population,
      villagers: peer.village_share,
      score: peer.scores[subject],
      known: peer.known_share[code] ?? null,
    })),
  ]
}

/** The largest gap first, by its lower end where it is open; of what is known the least. */
export function ordered(rows: Row[], code: string): Row[] {
  const harm = ({ score, known }: Row): number =>
    code ? 1 - (known ?? 0) : (score?.score ?? score?.low ?? -1)
  return rows.toSorted((a, b) => harm(b) - harm(a) || a.name.localeCompare(b.name))
}

function figure(context: Context, { known, score }: Row, code: string): string {
  const { words } = context
  if (code) return words.percent(known ?? 0)
  return score ? gapText(context, score) : words.term('verdicts', 'unknown')
}

export function peers(context: Context, area: Area): TemplateResult | typeof nothing {
  const { words, choose } = context
  if (!area.peers?.length) return nothing
  const code = indicatorOf(context)
  const rows = ordered(rowsOf(context, area, area.peers, code), code)
  // Where nothing tells them apart, they are told by their size alone.
  const told = code !== '' || rows.some(({ score }) => score && (score.score !== null || score.low !== 0 || score.high !== 1))
  const note = code ? 'peers_note_known' : told ? 'peers_note' : 'peers_note_size'
  return html`
    <h3>${words.text('peers')}</h3>
    <p class="hint">${words.text(note)}</p>
    <table class="lines peers">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.text('population')}</th>
          <th scope="col">${words.text('village_share')}</th>
          ${told ? html`<th scope="col">${words.text(code ? 'known_column' : 'score')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr class=${row.id === area.id ? 'own' : ''}>
            <th scope="row">
              ${row.id === area.id
                ? row.name
                : html`<button class="link" @click=${() => choose({ selected: `area:${row.id}` })}>${row.name}</button>`}
            </th>
            <td>${words.number(row.people)}</td>
            <td>${words.percent(row.villagers)}</td>
            ${told ? html`<td>${figure(context, row, code)}</td>` : nothing}
          </tr>`,
        )}
      </tbody>
    </table>
  `
}
