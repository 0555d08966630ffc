/** Packages of AdonisJS 4, whose container hands out things by name. */
export const ADONIS_4 = ['@adonisjs/fold', '@adonisjs/framework']

/** What AdonisJS 4 hands out by name: `use('Route')` is what later versions import. */
export const ADONIS_4_SERVICES: Record<string, string> = {
  Route: '@adonisjs/core/services/router#default', Model: '@adonisjs/lucid/orm#BaseModel', Database: '@adonisjs/lucid/services/db#default',
  Event: '@adonisjs/core/services/emitter#default', Validator: '@adonisjs/validator#default', Helpers: '@adonisjs/ignitor#Helpers.new', Env: '@adonisjs/core/env#Env.new', Persona: '@adonisjs/persona#Persona.new',
  Drive: '@adonisjs/drive/services/main#default', Redis: '@adonisjs/redis/services/main#default', Mail: '@adonisjs/mail/services/main#default', Hash: '@adonisjs/core/services/hash#default',
}
