// One answer of the server that is held while its key holds.

/** A late answer to an old key is dropped; after a fault the same key is asked for again. */
export class Slot<Answer> {
  value: Answer | null = null
  #key = ''
  readonly #taken: () => void

  constructor(taken: () => void) {
    this.#taken = taken
  }

  /** Hold what `ask` answers under a key; an empty key holds nothing. */
  async take(key: string, ask: () => Promise<Answer>): Promise<void> {
    if (key === this.#key) return
    this.#key = key
    let found: Answer | null = null
    try {
      if (key) found = await ask()
    } catch (error) {
      if (key !== this.#key) return
      this.#key = ''
      this.value = null
      throw error
    }
    if (key !== this.#key) return
    this.value = found
    this.#taken()
  }
}
