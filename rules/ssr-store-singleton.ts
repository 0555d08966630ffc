import { defineRule } from '../src/rule.js'

/** A store of a user interface at module level, filled while a page is served. */
export const rule = defineRule({
  id: 'ssr-store-singleton',
  question: 'context',
  alsoAffects: ['session'],
  severity: 'error',
  summary: 'A module-level store of the user interface is filled while the server renders',
  why: 'On a server a module is evaluated once: every visitor shares the store, pages that render at the same time see each other’s data, and another replica has other data.',
  fix: 'Make the store per request: inside the component or a factory that rendering calls, in what the framework keeps for a request (useState of Nuxt, event.locals, a context), or only in the browser.',
  example: {
    bad: "export const user = ref(null)\nexport default defineNuxtPlugin(() => { user.value = useCookie('user').value })",
    good: "export const useUser = () => useState('user', () => null)\nexport default defineNuxtPlugin(() => { useUser().value = useCookie('user').value })",
  },
  messages: {
    personal: '`{cell}` is one store for all visitors, and {entry} puts data of the current request in it; pages that render at the same time see each other’s',
    filled: '`{cell}` is one store for all visitors of this process, and {entry} fills it; a replica answers with what its own visitors left there',
  },
  *check(program) {
    for (const cell of program.ssrStores()) {
      const personal = program.isFilledByRequest(cell)
      yield { ...program.cellDraft(cell), message: personal ? 'personal' : 'filled', severity: personal ? 'error' : 'warning' }
    }
  },
})
