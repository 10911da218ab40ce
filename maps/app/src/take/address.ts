// Where the page shows the same again. Pure.
import { writeState, type State } from '../state/url'

/** The address of a state: country, release, language, subject, view and place stand in it. */
export function permalink(page: string, state: State): string {
  return page.replace(/[?#].*$/s, '') + writeState({ ...state, embed: '' })
}

/** The code that puts the slim page into another one. */
export function frameCode(page: string, state: State, title: string): string {
  const src = page.replace(/[?#].*$/s, '') + writeState({ ...state, show: 'map', embed: '1' })
  const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<iframe src="${safe(src)}" title="${safe(title)}" width="100%" height="600" style="border: 0"></iframe>`
}

/** Name of a file of what is shown: `paritet-by-2026-11-30.1-standard-by.post.png`. */
export function fileName({ country, release, subject }: State, extension: string): string {
  return `${['paritet', country, release, subject].join('-').replace(/[^\w.]+/g, '-')}.${extension}`
}
