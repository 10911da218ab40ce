import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { vendor } from './vendor.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const OUT = here('../static')

export default defineConfig({
  // Relative addresses: the page works under any path of a ministry's proxy.
  base: './',
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    // MapLibre alone is larger than Vite's warning limit.
    chunkSizeWarningLimit: 2000,
  },
  worker: { format: 'es' },
  plugins: [vendor(here('./node_modules'), OUT)],
  server: { proxy: { '/v1': 'http://127.0.0.1:8000', '/tiles': 'http://127.0.0.1:8000' } },
})
