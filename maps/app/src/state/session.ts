// The reader's session: what was chosen, and what was loaded for it. Panels listen to
// `change`; only this module talks to the API about releases, areas and selections.
import type { Area } from '../api/areas'
import { releases, type Client } from '../api/client'
import type { EstimateModel, GroupedAnswer, PlacesAnswer, ReadingAnswer, ReleaseInfo, Scorecard, SummaryAnswer, Theme, Way } from '../api/generated'
import { Words } from '../words'
import { picture, readingOfAreas } from '../map/picture'
import { holds, load, type Loaded } from './loaded'
import { DARK, schemed } from './scheme'
import { Slot } from './slot'
import { readingOf, subjectOf } from './subject'
import { readState, writeState, type State } from './url'

export type Selection =
  | { kind: 'settlement'; card: Scorecard }
  | { kind: 'area'; area: Area }

/** What is said of the hexagons of a resolution. */
export interface Cells {
  answer: GroupedAnswer
  resolution: number
}

/** The key of an answer; empty where nothing is asked. */
function keyed({ release }: Client, what: string, more: string | number = ''): string {
  return what && `${release} ${what} ${more}`
}

export class Session extends EventTarget {
  state: State = readState(location.hash || location.search)
  releases: ReleaseInfo[] = []
  /** The release that answers where none is named; the server decides. */
  #first: ReleaseInfo | undefined
  loaded: Loaded | null = null
  readonly #told = (): void => this.#tell()
  readonly #selection = new Slot<Selection | null>(this.#told)
  readonly #other = new Slot<Selection | null>(this.#told)
  readonly #models = new Slot<EstimateModel[]>(this.#told)
  readonly #reading = new Slot<ReadingAnswer>(this.#told)
  readonly #cells = new Slot<Cells>(this.#told)
  readonly #grouped = new Slot<GroupedAnswer>(this.#told)
  readonly #summary = new Slot<SummaryAnswer>(this.#told)
  readonly #way = new Slot<Way | null>(this.#told)
  words: Words | null = null
  failure: Error | null = null
  /** The release or country that the address asks for and nobody serves here, or empty. */
  missing = ''
  /** Number of requests under way; tests and the ready flag look at it. */
  pending = 0
  webgl = true
  zoom = 8
  #places: { key: string; found: Promise<PlacesAnswer>; answer: PlacesAnswer | null } | null = null
  #turn = 0

  /** The settlement or area of the card. */
  get selection(): Selection | null {
    return this.#selection.value
  }

  /** The place that the selected one is compared with. */
  get other(): Selection | null {
    return this.#other.value
  }

  /** The models behind what is probably so, with their headlines in the language. */
  get models(): EstimateModel[] {
    return this.#models.value ?? []
  }

  /** What the map shows of all settlements. */
  get reading(): ReadingAnswer | null {
    return this.#reading.value
  }

  /** What it shows of the hexagons of the zoom. */
  get cells(): Cells | null {
    return this.#cells.value
  }

  /** What is said of the areas that are drawn. */
  get grouped(): GroupedAnswer | null {
    return this.#grouped.value
  }

  /** What the chosen subject says of the country, in words and numbers. */
  get summary(): SummaryAnswer | null {
    return this.#summary.value
  }

  /** The way that is drawn, of the selected settlement. */
  get way(): Way | null {
    return this.#way.value
  }

  async start(): Promise<void> {
    addEventListener('hashchange', () => void this.update(readState(location.hash)))
    matchMedia(DARK).addEventListener('change', () => this.recolour())
    await this.#during(async () => {
      const answer = await releases()
      this.releases = answer.releases
      this.#first = answer.releases.find((row) => row.release === answer.default)
      await this.#apply({ ...this.state, country: this.state.country || this.#first?.country || '' })
    })
  }

  /** Change what is chosen; loads what that needs and then tells the panels. */
  async update(patch: Partial<State>): Promise<void> {
    const before = writeState(this.state)
    await this.#during(() => this.#apply({ ...this.state, ...patch }, before))
  }

  /** Take the colours of the reader's system, or those of white paper. */
  recolour(paper = false): void {
    if (!this.loaded || !this.words) return
    this.loaded = { ...this.loaded, theme: paper ? this.loaded.light : schemed(this.loaded.light) }
    this.words = new Words(this.loaded.theme, this.words.language)
    this.#tell()
  }

  /** Show a fault that a panel met. */
  report(error: unknown): void {
    this.failure = error instanceof Error ? error : new Error(String(error))
    this.#tell()
  }

  /** Note where the map stands; nothing is redrawn for it. */
  moved(at: string): void {
    this.state = { ...this.state, at }
    this.#writeAddress()
  }

  /** Note the zoom of the map: what is seen there is fetched, and the legend draws to scale. */
  zoomed(zoom: number): void {
    this.zoom = zoom
    this.dispatchEvent(new Event('zoom'))
    const { loaded } = this
    if (loaded && !this.missing) void this.#during(() => this.#look(loaded), false)
  }

  /** What is served of a country, or of all where there is none of it. */
  newest(country: string): ReleaseInfo | undefined {
    const own = this.releases.filter((row) => row.country === country)
    return own.find((row) => row.latest) ?? own[0] ?? this.#first
  }

  /** The release that the state names; another one is never put in its place. */
  #named(state: State): ReleaseInfo | undefined {
    const own = this.releases.filter((row) => row.country === state.country)
    return state.release
      ? own.find((row) => row.release === `${state.country}/${state.release}`)
      : own.length ? this.newest(state.country) : undefined
  }

  async #apply(wanted: State, before?: string): Promise<void> {
    const turn = ++this.#turn
    const named = this.#named(wanted)
    // For the words of the page, where what was asked for is not there.
    const release = named ?? this.newest(wanted.country)
    if (!release) throw new Error('no release is served')
    this.state = wanted
    this.missing = named ? '' : [wanted.country, wanted.release].filter(Boolean).join('/')
    if (this.loaded?.release.release !== release.release) {
      const loaded = await load(release, this.releases)
      // A later choice is under way and will be applied instead.
      if (turn !== this.#turn) return
      this.loaded = loaded
    }
    const settled = this.#settled(wanted, this.loaded)
    this.words = new Words(this.loaded.theme, settled.lang)
    if (this.missing) return this.#tell()
    this.state = settled
    this.#writeAddress(before)
    this.#tell()
    const { client } = this.loaded
    await Promise.all([
      this.#look(this.loaded),
      this.#tellOf(this.loaded),
      this.#select(client, this.#selection, settled.selected).then(() => this.#draw(client)),
      this.#select(client, this.#other, settled.show === 'compare' ? settled.other : ''),
    ])
  }

  /** Fetch what the map shows at its zoom: of hexagons, areas, or all settlements. */
  async #look({ client, theme, areas }: Loaded): Promise<void> {
    const { of, view, subject, level, settlementsFrom } = picture(theme, this.state, areas)
    const mapped = ['map', 'compare'].includes(this.state.show)
    const size = theme.hexagons.find(({ from, to }) => from <= this.zoom && this.zoom < to)
    const cells = mapped && size && view === 'hexagons' ? of : ''
    const whole = mapped && this.zoom >= settlementsFrom ? of : ''
    const byArea = mapped && view === 'areas' ? readingOfAreas(subject) : ''
    const resolution = size?.resolution ?? 0
    await Promise.all([
      this.#reading.take(keyed(client, whole), () => client.reading(whole)),
      this.#cells.take(keyed(client, cells, resolution), async () => ({
        answer: await client.cells(cells, resolution),
        resolution,
      })),
      this.#grouped.take(keyed(client, byArea, level), () => client.grouped(byArea, level)),
    ])
  }

  /** Fetch what the panels say of the subject in the reader's language. */
  async #tellOf({ client, theme }: Loaded): Promise<void> {
    const { lang, subject } = this.state
    const of = readingOf(subjectOf(this.state))
    const models = subject === 'known' && theme.estimated.length > 0 ? 'models' : ''
    await Promise.all([
      this.#summary.take(keyed(client, of, lang), () => client.summary(of, lang)),
      this.#models.take(keyed(client, models, lang), () => client.models(lang)),
    ])
  }

  /** Ids, names and raions of the features of the map, once they were fetched. */
  get places(): PlacesAnswer | null {
    return this.#places?.key === this.#placesKey() ? this.#places.answer : null
  }

  /** Fetch them when the first of them matters. */
  fetchPlaces(): Promise<PlacesAnswer> {
    const key = this.#placesKey()
    if (this.#places?.key !== key) {
      const { client } = this.loaded as Loaded
      const asked = { key, found: client.places(this.state.lang), answer: null as PlacesAnswer | null }
      this.#places = asked
      void asked.found.then((answer) => {
        asked.answer = answer
        this.#tell()
      })
    }
    return this.#places.found
  }

  #placesKey(): string {
    return `${this.loaded?.client.release} ${this.state.lang}`
  }

  /** Fill the defaults that depend on the release, and drop what it does not hold. */
  #settled(state: State, { release, theme }: Loaded): State {
    return {
      ...state,
      country: release.country,
      release: release.release.split('/')[1] ?? '',
      lang: theme.languages.includes(state.lang) ? state.lang : this.#preferred(theme),
      subject: holds(theme, state.subject) ? state.subject : theme.first,
      // Without WebGL only areas are drawn.
      view: this.webgl ? state.view : 'areas',
    }
  }

  #preferred(theme: Theme): string {
    const wished = navigator.languages.map((tag) => tag.split('-')[0] ?? '')
    const spoken = wished.map((code) => theme.text_fallback[code] ?? code)
    return spoken.find((code) => theme.languages.includes(code)) ?? theme.languages[0] ?? 'en'
  }

  async #select(client: Client, slot: Slot<Selection | null>, place: string): Promise<void> {
    const [kind, id = ''] = place.split(/:(.*)/s)
    await slot.take(keyed(client, place), async () => {
      if (kind === 'settlement') return { kind, card: await client.settlement(id) }
      return kind === 'area' ? { kind, area: await client.area(id) } : null
    })
  }

  /** Fetch the line of the way that is to be drawn; a settlement without it draws none. */
  async #draw(client: Client): Promise<void> {
    const { way } = this.state
    const card = this.selection?.kind === 'settlement' ? this.selection.card : null
    const there = card?.access.some((row) => row.kind === way) ? card.settlement.id : ''
    await this.#way.take(keyed(client, there, way), () => client.way(there, way))
  }

  /** Count what is under way; a new choice, unlike a move of the map, clears an old fault. */
  async #during(work: () => Promise<void>, chosen = true): Promise<void> {
    this.pending += 1
    if (chosen) {
      this.failure = null
      this.#tell()
    }
    try {
      await work()
    } catch (error) {
      this.report(error)
    } finally {
      this.pending -= 1
      this.#tell()
    }
  }

  /** A choice makes a step that the browser's Back undoes; moving the map does not. */
  #writeAddress(before?: string): void {
    const hash = writeState(this.state)
    if (hash === location.hash) return
    if (before !== undefined && before !== hash) history.pushState(null, '', hash)
    else history.replaceState(null, '', hash)
  }

  #tell(): void {
    this.dispatchEvent(new Event('change'))
  }
}
