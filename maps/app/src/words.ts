// Texts, numbers and dates in the reader's language. The words themselves come from
// the theme, and so does what a language writes its numbers and dates with.
import type { Theme } from './api/generated'

type Texts = Record<string, string>

type Params = Record<string, string | number>

const NO_BREAK = '\u00a0'

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole))
}

function grouped(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, separator)
}

export class Words {
  readonly #theme: Theme
  readonly language: string
  readonly #rules: Intl.PluralRules

  constructor(theme: Theme, language: string) {
    this.#theme = theme
    this.language = theme.languages.includes(language)
      ? language
      : (theme.text_fallback[language] ?? theme.languages[0] ?? 'en')
    this.#rules = new Intl.PluralRules(this.term('grammar', 'plural_rules'))
  }

  /** A text of the pages, with `{name}` replaced. */
  text(key: string, params: Params = {}): string {
    return fill(this.term('texts', key), params)
  }

  /** The word for a term: `term('kinds', 'agrogorodok')`. Unknown terms show as they are. */
  term(section: string, key: string): string {
    const word = this.#theme.texts[this.language]?.[section]?.[key]
    return typeof word === 'string' ? word : key
  }

  /** A text with a count, of people or in a unit: `plural('people', 2)`, `plural('km', 2.5, 1)`. */
  plural(key: string, n: number, decimals = 0): string {
    const forms = this.#theme.texts[this.language]?.['plurals']?.[key]
    if (typeof forms !== 'object') return `${n} ${key}`
    const rounded = Number(n.toFixed(decimals))
    const form = forms[this.#rules.select(rounded)] ?? forms['other'] ?? '{n}'
    return fill(form, { n: this.number(rounded, decimals) })
  }

  /** «18 400 человек в 212 деревнях»: people before settlements. */
  peopleIn(people: number, settlements: number): string {
    return this.text('people_in', {
      people: this.plural('people', people),
      settlements: this.plural('in_settlements', settlements),
    })
  }

  /** The entry of a label in the reader's language. */
  of(texts: Texts | null | undefined): string {
    return texts?.[this.language] ?? Object.values(texts ?? {})[0] ?? ''
  }

  /** The name of a place or area, in the reader's language where it has one. */
  name(row: { id: string; name: string | null; names?: Texts | null }): string {
    return row.names?.[this.language] || row.name || row.id
  }

  number(value: number, decimals = 0): string {
    const [whole = '', rest] = Math.abs(value).toFixed(decimals).split('.')
    const digits = grouped(whole, this.term('grammar', 'thousands'))
    const point = this.term('grammar', 'decimal')
    const fraction = rest && Number(rest) ? point + rest.replace(/0+$/, '') : ''
    const text = digits + fraction
    return value < 0 && Number(value.toFixed(decimals)) ? `−${text}` : text
  }

  /** A share 0…1 as per cent; never rounds an incomplete share up to 100 %. */
  percent(share: number): string {
    const rounded = Math.round(share * 100)
    let x = this.number(rounded)
    if (rounded === 100 && share < 1) x = '>99'
    if (rounded === 0 && share > 0) x = '<1'
    return fill(this.term('grammar', 'percent'), { x })
  }

  /** A range of shares, as in «10–40 %». */
  percentRange(low: number, high: number): string {
    const [from, to] = [this.percent(low), this.percent(high)]
    return from === to ? to : `${from.replace(/\s?%$/, '')}–${to}`
  }

  /** A value with its unit, as in «12 мин», «4G», «да». */
  value(value: number, unit: string | null): string {
    if (unit === 'yes/no') return this.term('tristate', value ? 'yes' : 'no')
    if (unit === 'G') return `${value}G`
    const text = this.number(value, Math.abs(value) < 100 ? 1 : 0)
    return unit ? `${text}${NO_BREAK}${this.term('units', unit)}` : text
  }

  date(iso: string | null | undefined): string {
    const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso ?? '')
    if (!match) return iso ?? ''
    const [, year = '', mm = '', dd = ''] = match
    const month = this.term('months', String(Number(mm))).slice(0, 3)
    return fill(this.term('grammar', 'date'), { d: Number(dd), dd, mm, month, year })
  }
}
