import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, members } from './build.js'

const express = 'express#Request.new'
const koa = 'koa#Context.new'
const fastify = 'fastify#FastifyRequest.new'
const users = [`${express}.user`, `${koa}.state.user`, `${koa}.user`, `${fastify}.user`, `${express}.account`]

/** The end of a session, and the record of the caller that a middleware has put on the request. */
export const rows: CatalogRow[] = [
  effect([...members(express, 'logout logOut'), ...members(`${express}.session`, 'destroy'), ...members([koa, fastify], 'logout logOut'), ...members(`${fastify}.session`, 'destroy delete')], 'delete', 'session'),
  effect(members('@adonisjs/core#HttpContext.new', 'auth.logout auth.use().logout auth.authenticator().logout auth.guard().logout'), 'delete', 'session'),
  // Thrown from the loader or action that calls it: a redirect with the session taken back.
  effect(members('remix-auth#Authenticator.new', 'logout'), 'delete', 'session'),
  effect(['iron-session#getIronSession().destroy', 'iron-session#IronSession.new.destroy', ...exported('h3', 'clearSession'), 'next-auth#default().signOut', 'next-auth#signOut'], 'delete', 'session'),
  // Where all is well: with a number it says that something has failed.
  { path: 'global#process.exit', effect: { kind: 'delete', by: 'process', ofNone: '0' } },
  effect(members(users, 'save $save'), 'update', 'user record', { data: 'this' }),
  effect(members(users, 'update updateOne updateAttributes patch'), 'update', 'user record', { data: '0' }),
  effect(members(users, 'increment decrement'), 'relative-update', 'user record', { data: '0' }),
  effect(members(users, 'destroy deleteOne remove'), 'delete', 'user record'),
]
