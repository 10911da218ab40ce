// Links to the documents of a place: its passport, and a raion's half-year table.
import { html, nothing, type TemplateResult } from 'lit'
import type { Context } from './panel'

type Subject = 'settlements' | 'areas'

function passport(context: Context, path: string, format: string, text: string): TemplateResult {
  const { client, words } = context
  const address = client.document(path, { format, language: words.language })
  // A page is read in a window of its own; the others are saved.
  return format === 'html'
    ? html`<li><a href=${address} target="_blank" rel="noopener">${text}</a></li>`
    : html`<li><a href=${address} download>${text}</a></li>`
}

function reports(context: Context, id: string): TemplateResult {
  const { client, words, earlier } = context
  const path = `areas/${encodeURIComponent(id)}/report`
  const since = earlier || undefined
  const link = (format: string, text: string): TemplateResult => {
    const address = client.document(path, { format, language: words.language, since })
    return html`<li><a href=${address} download>${text}</a></li>`
  }
  return html`
    ${link('docx', words.text('report_docx'))} ${link('xlsx', words.text('report_xlsx'))}
  `
}

/** Passport for print and for Word; of an area the half-year table too. */
export function documents(context: Context, subject: Subject, id: string): TemplateResult {
  const { words } = context
  const path = `${subject}/${encodeURIComponent(id)}/passport`
  return html`
    <h3>${words.text('documents')}</h3>
    <ul class="documents">
      ${passport(context, path, 'html', words.text('passport_html'))}
      ${passport(context, path, 'docx', words.text('passport_docx'))}
      ${subject === 'areas' ? reports(context, id) : nothing}
    </ul>
  `
}
