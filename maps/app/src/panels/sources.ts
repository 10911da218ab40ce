// Names of sources, as their attribution wants them, in the reader's language.
import type { Context } from './panel'

/** Names of the sources with these ids, each once. */
export function sourceNames({ theme, words }: Context, ids: string[]): string[] {
  const names = ids.filter(Boolean).map((id) => {
    const source = theme.sources[id]
    return words.of(source?.attribution) || source?.title || id
  })
  return [...new Set(names)]
}

/** A licence worth a bracket: named, and not already said by the attribution. */
export function licenceText(attribution: string, licences: string[]): string {
  const said = attribution.replaceAll(' ', '-')
  const own = licences
    .flatMap((licence) => licence.split(' AND '))
    .filter((licence) => !licence.startsWith('LicenseRef-') && !said.includes(licence))
  return own.length ? ` (${own.join(', ')})` : ''
}
