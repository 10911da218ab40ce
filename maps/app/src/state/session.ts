// The reader's session: what was chosen, and what was loaded for it. Panels listen to
// `change`; only this module talks to the API about releases, areas and selections.
import type { Area } from '../api/areas'
import { releases, type Client } from '../api/client'
import type { EstimateModel, GroupedAnswer, PlacesAnswer, ReadingAnswer, ReleaseInfo, Scorecard, SummaryAnswer, Theme, Way } from '../api/generated'
import { Words } from '../words'
import { picture } from '../map/picture'
import { holds, load, type Loaded } from './loaded'
import { DARK, schemed } from './scheme'
import { readingOf, subjectOf } from './subject'
import { readState, writeState, type State } from './url'

export type Selection =
  | { kind: 'settlement'; card: Scorecard }
  | { kind: 'area'; area: Area }

export class Session extends EventTarget {
  state: State = readState(location.hash || location.search)
  releases: ReleaseInfo[] = []
  /** The release that answers where none is named; the server decides. */
  #first: ReleaseInfo | undefined
  loaded: Loaded | null = null
  selection: Selection | null = null
  /** The models behind what is probably so, with their headlines in the language. */
  models: EstimateModel[] = []
  /** What the map shows of all settlements. */
  reading: ReadingAnswer | null = null
  /** What it shows of the hexagons of the zoom, and their resolution. */
  cells: { answer: GroupedAnswer; resolution: number } | null = null
  /** What the chosen subject says of the country, in words and numbers. */
  summary: SummaryAnswer | null = null
  /** The way that is drawn, of the selected settlement. */
  way: Way | null = null
  words: Words | null = null
  failure: Error | null = null
  /** The release or country that the address asks for and nobody serves here, or empty. */
  missing = ''
  /** Number of requests under way; tests and the ready flag look at it. */
  pending = 0
  webgl = true
  zoom = 8
  #selected = ''
  #way = ''
  #read = ''
  #grouped = ''
  #modelled = ''
  #summed = ''
  #places: { key: string; found: Promise<PlacesAnswer>; answer: PlacesAnswer | null } | null = null
  #turn = 0

  async start(): Promise<void> {
    addEventListener('hashchange', () => void this.update(readState(location.hash)))
    matchMedia(DARK).addEventListener('change', () => this.#recolour())
    await this.#during(async () => {
      const answer = await releases()
      this.releases = answer.releases
      this.#first = answer.releases.find((row) => row.release === answer.default)
      const country = this.state.country || this.#first?.country || ''
      await this.#apply({ ...this.state, country })
    })
  }

  /** Change what is chosen; loads what that needs and then tells the panels. */
  async update(patch: Partial<State>): Promise<void> {
    const before = writeState(this.state)
    await this.#during(() => this.#apply({ ...this.state, ...patch }, before))
  }

  #recolour(): void {
    if (!this.loaded) return
    this.loaded = { ...this.loaded, theme: schemed(this.loaded.light) }
    if (this.words) this.words = new Words(this.loaded.theme, this.words.language)
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
      this.#readModels(this.loaded),
      this.#sum(this.loaded),
      this.#select(client).then(() => this.#draw(client)),
    ])
  }

  /** Fetch what the map shows at its zoom: of hexagons, or of all settlements. */
  async #look({ client, theme, areas }: Loaded): Promise<void> {
    const shown = picture(theme, this.state, areas)
    const seen = this.state.show === 'map' && shown.of ? shown : null
    const cell = theme.hexagons.find(({ from, to }) => from <= this.zoom && this.zoom < to)
    await Promise.all([
      this.#readAll(client, seen && this.zoom >= seen.settlementsFrom ? seen.of : ''),
      this.#group(client, seen?.view === 'hexagons' && cell ? seen.of : '', cell?.resolution ?? 0),
    ])
  }

  async #readAll(client: Client, of: string): Promise<void> {
    const key = of && `${client.release} ${of}`
    if (key === this.#read) return
    this.#read = key
    const found = key ? await client.reading(of) : null
    if (key !== this.#read) return
    this.reading = found
    this.#tell()
  }

  async #group(client: Client, of: string, resolution: number): Promise<void> {
    const key = of && `${client.release} ${of} ${resolution}`
    if (key === this.#grouped) return
    this.#grouped = key
    const answer = key ? await client.cells(of, resolution) : null
    if (key !== this.#grouped) return
    this.cells = answer && { answer, resolution }
    this.#tell()
  }

  async #sum({ client }: Loaded): Promise<void> {
    const of = readingOf(subjectOf(this.state))
    const key = of && `${client.release} ${of} ${this.state.lang}`
    if (key === this.#summed) return
    this.#summed = key
    const found = key ? await client.summary(of, this.state.lang) : null
    if (key !== this.#summed) return
    this.summary = found
    this.#tell()
  }

  async #readModels({ client, theme }: Loaded): Promise<void> {
    const asked = this.state.subject === 'known' && theme.estimated.length > 0
    const key = asked ? `${client.release} ${this.state.lang}` : ''
    if (key === this.#modelled) return
    this.#modelled = key
    const found = key ? await client.models(this.state.lang) : []
    if (key !== this.#modelled) return
    this.models = found
    this.#tell()
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
    }
  }

  #preferred(theme: Theme): string {
    const wished = navigator.languages.map((tag) => tag.split('-')[0] ?? '')
    const spoken = wished.map((code) => theme.text_fallback[code] ?? code)
    return spoken.find((code) => theme.languages.includes(code)) ?? theme.languages[0] ?? 'en'
  }

  async #select(client: Client): Promise<void> {
    const { selected } = this.state
    const key = `${client.release} ${selected}`
    if (key === this.#selected) return
    this.#selected = key
    const [kind, id = ''] = selected.split(/:(.*)/s)
    let found: Selection | null = null
    if (kind === 'settlement') found = { kind, card: await client.settlement(id) }
    if (kind === 'area') found = { kind, area: await client.area(id) }
    // The reader may have chosen another place while this one was loading.
    if (key !== this.#selected) return
    this.selection = found
    this.#tell()
  }

  /** Fetch the line of the way that is to be drawn; a settlement without it draws none. */
  async #draw(client: Client): Promise<void> {
    const { way, selected } = this.state
    const card = this.selection?.kind === 'settlement' ? this.selection.card : null
    const there = card?.access.some((row) => row.kind === way) ? way : ''
    const key = there ? `${client.release} ${selected} ${there}` : ''
    if (key === this.#way) return
    this.#way = key
    const found = key && card ? await client.way(card.settlement.id, there) : null
    if (key !== this.#way) return
    this.way = found
    this.#tell()
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
