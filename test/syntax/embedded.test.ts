import { describe, expect, it } from 'vitest'
import { exprs, facts } from './helpers.js'

function calls(text: string, path: string): string[] {
  return exprs(facts(text, path)).map(x => text.slice(x.p, x.e))
}

describe('component files', () => {
  it('reads the scripts of .vue and .svelte at their offsets', () => {
    const text = '<template><p>{{ no() }}</p></template>\n<!-- <script>gone()</script> -->\r\n<script lang="ts">\none(1 as number)\n</script>\n<script setup lang="ts" generic="T extends A<B>">\ntwo()\n</script>\n<style>a{}</style>'
    expect(calls(text, 'a.vue')).toEqual(['one(1 as number)', 'two()'])
    expect(calls(text, 'a.svelte')).toEqual(['one(1 as number)', 'two()'])
    expect(facts(text, 'a.vue').lines).toBe(9)
    expect(facts(text, 'a.vue').parseErrors).toEqual([])
  })

  it('reads JSX where the block says so, and no data blocks', () => {
    expect(facts('<script lang="tsx">const a = <b/></script>', 'a.vue').parseErrors).toEqual([])
    expect(calls('<script type="application/ld+json">no()</script><script type="module">yes()</script>', 'a.vue')).toEqual(['yes()'])
    expect(facts('<p>no script</p>', 'a.vue').functions[0]?.body).toEqual([])
  })

  it('reads the frontmatter of .astro', () => {
    expect(calls('---\nconst x = await load()\nrun(x)\n---\n<p>{no()}</p><script>client()</script>', 'a.astro')).toEqual(['run(x)'])
    expect(calls('<p>---</p>', 'a.astro')).toEqual([])
  })
})
