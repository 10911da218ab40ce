// The bottom sheet of a narrow screen: one of three heights, by a handle that is pressed or dragged.
import { html, type TemplateResult } from 'lit'
import type { Words } from '../words'

/** Narrower than this, the card is a sheet over the map; style/narrow.css has the same limit. */
export const NARROW = '(max-width: 760px)'

const HEIGHTS = ['peek', 'half', 'full'] as const
export type Height = (typeof HEIGHTS)[number]

/** What the handle says of itself and does next. */
const SAID: Record<Height, string> = { peek: 'sheet_peek', half: 'sheet_half', full: 'sheet_full' }

/** Pixels that a finger may slip while it presses. */
const SLIP = 6

/** The height that a dragged sheet falls into, by its share of the room. */
export function nearest(share: number): Height {
  return share < 0.3 ? 'peek' : share < 0.75 ? 'half' : 'full'
}

/** The next height of a pressed handle, which starts again from the top. */
export function after(height: Height): Height {
  return HEIGHTS[(HEIGHTS.indexOf(height) + 1) % HEIGHTS.length] ?? 'peek'
}

export class Sheet {
  height: Height = 'peek'
  readonly #host: HTMLElement
  readonly #changed: () => void
  #from: number | null = null
  #dragged = false

  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  set(height: Height): void {
    this.height = height
    this.#changed()
  }

  handle(words: Words): TemplateResult {
    return html`<button
      class="handle"
      aria-label=${words.text(SAID[this.height])}
      @pointerdown=${(event: PointerEvent) => this.#start(event)}
      @pointermove=${(event: PointerEvent) => this.#move(event)}
      @pointerup=${() => this.#end()}
      @pointercancel=${() => this.#end()}
      @click=${() => this.#dragged || this.set(after(this.height))}
    ></button>`
  }

  #start(event: PointerEvent): void {
    this.#from = event.clientY
    this.#dragged = false
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
  }

  #move({ clientY }: PointerEvent): void {
    if (this.#from === null || (!this.#dragged && Math.abs(clientY - this.#from) < SLIP)) return
    this.#dragged = true
    this.#host.style.height = `${this.#host.getBoundingClientRect().bottom - clientY}px`
  }

  #end(): void {
    this.#from = null
    if (!this.#dragged) return
    const room = this.#host.parentElement?.clientHeight ?? 1
    const share = this.#host.clientHeight / room
    this.#host.style.height = ''
    this.set(nearest(share))
  }
}
