// What opens from the toolbar and closes again.

/** Close an open `details` and give the focus back to what opened it. */
export function closeOnEscape(event: KeyboardEvent): void {
  const menu = (event.currentTarget as HTMLElement).closest('details')
  if (event.key !== 'Escape' || !menu?.open) return
  menu.open = false
  menu.querySelector('summary')?.focus()
  event.stopPropagation()
}
