// The pure modules of the app; what needs a browser is tested in one (tests/maps).
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['tests/**/*.test.ts'], environment: 'node' } })
