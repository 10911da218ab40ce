// What the timetables offer: how often a bus comes, and whether one gets there and home
// again the same day. What is not known to be all has the word "at least".
import { html, nothing, type TemplateResult } from 'lit'
import type { Journey, Service, Scorecard } from '../api/generated'
import type { Context } from './panel'
import { sourceNames } from './sources'
import type { Words } from '../words'

const REFERENCE = 'reference'

/** «пн, ср, пт» from "135". */
function dayNames(words: Words, digits: string | null): string {
  return [...(digits ?? '')].map((digit) => words.term('weekdays', digit)).join(', ')
}

function hours(words: Words, minutes: number): string {
  const whole = Math.round(minutes)
  const [h, m] = [Math.floor(whole / 60), whole % 60]
  return h
    ? words.text('hours_minutes', { h: words.number(h), m: String(m).padStart(2, '0') })
    : words.value(m, 'min')
}

function atLeast({ words }: Context, value: string, sure: boolean): string {
  return sure ? value : words.text('no_less_than', { value })
}

function serviceLine(context: Context, row: Service): TemplateResult {
  const { words } = context
  const name = row.period === REFERENCE ? words.text('service_week') : words.term('periods', row.period)
  const facts = [
    row.first_departure ? `${row.first_departure}–${row.last_departure}` : '',
    row.gap_day_minutes === null ? '' : words.text('gap_day', { time: hours(words, row.gap_day_minutes) }),
    row.gap_week_minutes === null ? '' : words.text('gap_week', { time: hours(words, row.gap_week_minutes) }),
  ]
  return html`<tr>
    <th scope="row">${name}</th>
    <td>
      <strong>${atLeast(context, words.plural('trips/week', row.trips), row.complete)}</strong>,
      ${dayNames(words, row.weekdays)}
      <span class="hint">${facts.filter(Boolean).join(' · ')}</span>
    </td>
  </tr>`
}

/** Seasons that offer the same as the reference week say nothing new. */
function differing(rows: Service[]): Service[] {
  const first = rows.find((row) => row.period === REFERENCE)
  const same = (row: Service): boolean =>
    !!first && row.trips === first.trips && row.weekdays === first.weekdays
  return rows.filter((row) => row === first || !same(row))
}

/** Who gets there but cannot stay, or comes home another day, is told why. */
function returnText(context: Context, row: Journey): TemplateResult {
  const { words } = context
  // Who lives there needs no way.
  if (row.status === 'at_home') return html`${words.term('statuses', row.status)}`
  const found = row.return_days ?? 0
  const days =
    found || row.exact
      ? atLeast(context, words.plural('days/week', found), row.exact)
      : words.text('none_known')
  const names = dayNames(words, row.weekdays)
  const stay =
    row.stay_minutes === null
      ? ''
      : words.text(found ? 'stay_best' : 'stay_short', {
          day: dayNames(words, row.best_day),
          arrival: row.arrival ?? '',
          back: row.latest_return ?? '',
          time: hours(words, row.stay_minutes),
        })
  const unsure: Record<string, string> = { assumed: 'hours_assumed', unread: 'hours_unread' }
  const key = unsure[row.hours ?? '']
  const assumed = key ? words.text(key) : ''
  return html`<strong>${days}</strong>${names ? `, ${names}` : ''}
    <span class="hint">${[stay, assumed].filter(Boolean).join(' · ')}</span>`
}

function journeyLine(context: Context, row: Journey): TemplateResult {
  const { words } = context
  const there =
    row.minutes === null
      ? words.term('statuses', 'unreachable')
      : words.value(Math.round(row.minutes), 'min')
  return html`<tr>
    <th scope="row">
      ${words.of(row.label) || row.destination}
      ${row.facility?.name ? html`<span class="hint">${row.facility.name}</span>` : nothing}
    </th>
    <td>${there}</td>
    <td>${returnText(context, row)}</td>
  </tr>`
}

function vintage(context: Context, rows: { source: string | null; date: string | null }[]): TemplateResult {
  const { words } = context
  const ids = [...new Set(rows.flatMap((row) => (row.source ?? '').split(/,\s*/)).filter(Boolean))]
  const days = [...new Set(rows.map((row) => words.date(row.date)).filter(Boolean))]
  const parts = [sourceNames(context, ids).join('; '), days.join(', ')].filter(Boolean)
  return html`<p class="hint">${parts.join(', ')}</p>`
}

export function service(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words } = context
  if (!card.service.length) return nothing
  return html`
    <h3>${words.text('service')}</h3>
    <table class="lines service">
      <tbody>
        ${differing(card.service).map((row) => serviceLine(context, row))}
      </tbody>
    </table>
    ${vintage(context, card.service)}
  `
}

export function journeys(context: Context, card: Scorecard): TemplateResult | typeof nothing {
  const { words } = context
  if (!card.journeys.length) return nothing
  return html`
    <h3>${words.text('journeys')}</h3>
    <table class="lines journeys">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${words.text('journey_there')}</th>
          <th scope="col">${words.text('journey_return')}</th>
        </tr>
      </thead>
      <tbody>
        ${card.journeys.map((row) => journeyLine(context, row))}
      </tbody>
    </table>
    ${vintage(context, card.journeys)}
  `
}
