// Copies the browser libraries that other rooms serve or embed (the API's pages, the
// exported folium page) to <out>/vendor, so that nothing is taken from a foreign host.
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const FILES: Record<string, string> = {
  'swagger-ui-dist/swagger-ui-bundle.js': 'swagger/swagger-ui-bundle.js',
  'swagger-ui-dist/swagger-ui.css': 'swagger/swagger-ui.css',
  'leaflet/dist/leaflet.js': 'leaflet/leaflet.js',
  'leaflet/dist/leaflet.css': 'leaflet/leaflet.css',
  'leaflet/dist/images': 'leaflet/images',
}

function copyAll(modules: string, out: string): void {
  for (const [from, to] of Object.entries(FILES)) {
    const source = join(modules, from)
    if (!existsSync(source)) {
      throw new Error(`${source} is missing: run "npm ci" in maps/app`)
    }
    const target = join(out, 'vendor', to)
    mkdirSync(dirname(target), { recursive: true })
    cpSync(source, target, { recursive: true })
  }
}

/** Vite plugin: fill `<out>/vendor` after the bundle is written. */
export function vendor(modules: string, out: string): Plugin {
  return {
    name: 'paritet-vendor',
    apply: 'build',
    closeBundle() {
      copyAll(modules, out)
    },
  }
}
