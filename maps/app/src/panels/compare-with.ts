// Opens the comparison of a place with another, which is still to be chosen.
import { html, type TemplateResult } from 'lit'
import type { Context } from './panel'

/** A button that compares a settlement or an area (`settlement:<id>`, `area:<id>`). */
export function compareButton({ words, state, choose }: Context, selected: string): TemplateResult {
  const alike = state.other.split(':')[0] === selected.split(':')[0] && state.other !== selected
  const open = (): void => {
    choose({ show: 'compare', selected, other: alike ? state.other : '' })
    // The card goes, and with it the button.
    document.querySelector<HTMLElement>('main')?.focus()
  }
  return html`<button class="wide" @click=${open}>
    ${words.text('compare_with')}
  </button>`
}
