import { REPORTED_TO } from '../catalog/words.js'

/** Ends of addresses behind which a POST asks and changes nothing, or sets what is there to what it says, or takes it away: tokens for codes, log-ins, models, searches, checks, updates, removals. */
const ASKS = new RegExp([
  '/(oauth2?|openid|connect)/', '/login/oauth', '/(auth|v\\d)/([\\w-]+/)?(log-?in|sign-?in)$', '/login_?as$', '/(log-?in|sign-?in|log-?out|sign-?out)$', '/(un)?(follow|favou?rite|like|star)$', '/(access_?)?tokens?$', '/(introspect|userinfo|revoke|authorize)$',
  '/(chat/)?completions$', '/(embeddings|moderations|rerank|transcriptions|translations|siteverify|count_tokens)$', ':(generateContent|predict|embedContent)$', '/images/generations$', '/v1/(responses|messages)$', '/api/(chat|generate|embed)$',
  '/(_?m?search|query|sql|lookup|autocomplete|suggest|translate|detect|geocode|validate|verify|check|preview|estimate|calculate|quote|count|find)$',
  '[/-](validation|assessments?)$', '[/-](list|preview)([_-]\\w+)?$', '/storage/v1/object/list/', '(^|vendors\\.paddle\\.com)/api/2\\.0/(subscription/(payments|plans|users|modifiers)|product/get_\\w+)$', '[./](update|unfurl)$', '[./_-](remove|delete|destroy|cancel|unsubscribe|deactivate|disable|activate|enable|promote|demote|ban|unban|block|unblock|lock|unlock|archive|unarchive|hide|unhide|mute|unmute|quarantine|unquarantine|allow|deny|pin|unpin|edit|purge)([_-]\\w+|[A-Z]\\w*)?$',
].join('|'), 'i')
const WITHOUT_QUERY = /[?#].*$/

/** Does nothing at the other end that somebody would see twice: what is told to a service of analytics is nobody's work either. */
export const onlyAsks = (url: string): boolean => ASKS.test(url.replace(WITHOUT_QUERY, '').replace(/\/$/, '')) || REPORTED_TO.test(url.trim())
