// Pictures of the map as files: a sheet with legend and sources, of pixels or of vectors.
import type { Map as GLMap } from 'maplibre-gl'
import type { SummaryAnswer } from '../api/generated'
import { pictured } from '../map/pictured'
import { hints, sourceLine } from '../panels/legend'
import { keyGroups } from '../panels/key'
import type { Context } from '../panels/panel'
import { licenceText } from '../panels/sources'
import { shownName } from '../panels/subject'
import type { Session } from '../state/session'
import { fileName, permalink } from './address'
import { drawing } from './drawing'
import { poster, scaleOf, type Content, type Measure } from './poster'
import { cutOf, drawingOf, kmPerPixel, pixels } from './shown'
import { element, FONT } from './svg'

const RATIO = 2

export function measurer(): Measure {
  const pen = document.createElement('canvas').getContext('2d')
  return (text, size, bold) => {
    if (!pen) return text.length * size * 0.6
    pen.font = `${bold ? 'bold ' : ''}${size}px ${FONT}`
    return pen.measureText(text).width
  }
}

/** «Беларусь: Связь …», and of when and of which release that is. */
export function titleOf(context: Context): { title: string; when: string } {
  const { words, theme } = context
  return {
    title: `${words.of(theme.country.names)}: ${shownName(context)}`,
    when: `${words.text('state_on')} ${words.date(theme.on)} · ${words.text('release')} ${theme.release}`,
  }
}

/** The lines of attribution that the sources want. */
export function attributions({ words, theme }: Context): string {
  return theme.attributions.map((line) => words.of(line.text) + licenceText(words.of(line.text), line.licences)).join('; ')
}

/** What a picture does not prove, how it is read, and from where it is; each said once. */
export function notesOf(context: Context, summary: SummaryAnswer | null): string[] {
  const caption = summary?.caption ?? ''
  const read = hints(context, pictured(context)).filter((hint) => !caption.includes(hint))
  return [caption, ...read, sourceLine(context), attributions(context)].filter(Boolean)
}

function content(context: Context, map: GLMap, summary: SummaryAnswer | null): Content {
  const { words, theme, state } = context
  const shown = pictured(context)
  const { km, width } = scaleOf(kmPerPixel(map), 140)
  const length = km < 1 ? `${words.number(1000 * km)}\u00a0${words.text('metre')}` : words.value(km, 'km')
  return {
    ...titleOf(context),
    warning: theme.synthetic ? words.text('synthetic') : '',
    headline: summary?.headline.slice(0, 2) ?? [],
    notes: notesOf(context, summary),
    address: permalink(location.href, state),
    key: keyGroups(context, shown),
    scale: { width, label: length },
  }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A sheet as an image that a canvas can take. */
async function imageOf(text: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  await image.decode()
  URL.revokeObjectURL(image.src)
  return image
}

export async function savePng(map: GLMap, context: Context, { summary }: Session): Promise<void> {
  const cut = cutOf(map, context.theme.country.bounds)
  const { width, height } = cut
  const inside = element('image', { width, height, href: pixels(map, cut).toDataURL() })
  const sheet = poster(context.theme, content(context, map, summary), { width, height, inside }, measurer())
  const image = await imageOf(sheet.text)
  const canvas = document.createElement('canvas')
  canvas.width = sheet.width * RATIO
  canvas.height = sheet.height * RATIO
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done))
  if (!blob) throw new Error('this browser makes no picture of this size')
  save(blob, fileName(context.state, 'png'))
}

export async function saveSvg(map: GLMap, context: Context, session: Session): Promise<void> {
  const { theme, state, areas, client, words } = context
  const shown = pictured(context)
  const shapes = areas.length ? await client.shapes(shown.level, words.language) : []
  const drawn = drawingOf(map, context, session, shapes, cutOf(map, theme.country.bounds))
  const measure = measurer()
  const inside = drawing(theme, shown, drawn, measure)
  const { text } = poster(theme, content(context, map, session.summary), { ...drawn.frame, inside }, measure)
  save(new Blob([text], { type: 'image/svg+xml' }), fileName(state, 'svg'))
}
