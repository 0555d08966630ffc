import type { Manifest, Resolver } from '../model/input.js'
import type { Unit } from './instances.js'

/** Frameworks that render on the server: their components are server code too. */
const SERVER_RENDERING = ['next', 'nuxt', '@remix-run/node', '@remix-run/react', '@react-router/node', '@react-router/dev', '@sveltejs/kit', 'astro', 'solid-start', '@solidjs/start', '@tanstack/react-start', '@tanstack/start', 'gatsby', 'vike', 'vite-plugin-ssr', '@builder.io/qwik-city', '@analogjs/platform', '@redwoodjs/core']
/** Packages that are only of use in a browser. */
const BROWSER = /^(react|react-dom|vue|svelte|preact|solid-js|@angular\/(core|common|platform-browser|router)|jquery|mobx-react|react-router(-dom)?|@mui\/.+|@emotion\/.+|styled-components|lit|backbone|ember.*|vue-router|pinia|vuex|@chakra-ui\/.+|antd|framer-motion|codemirror|@codemirror\/.+|prosemirror-.+|d3|three|leaflet)$/
const COMPONENT = /\.(vue|svelte)$/

/**
 * Code that only a browser runs is not where an audit starts. It is evaluated all the same when server code imports it
 * (templates of mails, shared helpers).
 */
export const isClientOnly = (unit: Unit, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(unit.path)
  if (manifest && rendersOnServer(manifest)) return unit.facts.directives.includes('use client')
  if (COMPONENT.test(unit.path)) return true
  return unit.facts.imports.some((fact) => !fact.typeOnly && BROWSER.test(packageOf(fact.s)))
}

const rendersOnServer = (manifest: Manifest): boolean => SERVER_RENDERING.some((name) => name in manifest.dependencies)

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
