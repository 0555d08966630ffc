import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { SQL_HOLE, looksLikeSql, parseSql, templateText } from '../../src/effects/sql.js'

const one = (text: string) => {
  const found = parseSql(text)
  expect(found).toHaveLength(1)
  return found[0]!
}

describe('statement heads', () => {
  it('reads an insert with its columns and placeholders', () => {
    expect(one('INSERT INTO users (id, "Email") VALUES ($1, $2) RETURNING *')).toEqual({
      verb: 'insert', table: 'users', columns: ['id', 'Email'], values: [{ param: 0 }, { param: 1 }], returning: true,
    })
    expect(one('insert into `shop`.`orders` (a, b, c) values (?, ?, now())').values).toEqual([{ param: 0 }, { param: 1 }, { sql: 'now()' }])
    expect(one('INSERT INTO t (a,b) VALUES (:a, @b)').values).toEqual([{ param: ':a' }, { param: '@b' }])
    expect(one('INSERT INTO t VALUES ($1::uuid)').values).toEqual([{ param: 0 }])
    expect(one('INSERT [dbo].[Order Lines] ([Id]) OUTPUT INSERTED.Id VALUES (@id)')).toMatchObject({ verb: 'insert', table: 'Order Lines', columns: ['Id'], returning: true })
    expect(one('INSERT INTO t SET a = ?, b = 1')).toMatchObject({ verb: 'insert', table: 't', columns: ['a', 'b'] })
  })

  it('reads conflict clauses of all dialects', () => {
    expect(one('INSERT INTO t (a) VALUES (1) ON CONFLICT (tenant_id, key) DO NOTHING')).toMatchObject({ verb: 'insert', conflict: { target: ['tenant_id', 'key'], action: 'nothing' } })
    expect(one('INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING').conflict).toEqual({ action: 'nothing' })
    expect(one('INSERT INTO t (a) VALUES (1) ON CONFLICT ON CONSTRAINT t_key DO UPDATE SET a = EXCLUDED.a')).toMatchObject({ verb: 'upsert', conflict: { constraint: 't_key', action: 'update' } })
    expect(one('INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a)')).toMatchObject({ verb: 'upsert', conflict: { action: 'update' } })
    expect(one('INSERT IGNORE INTO t (a) VALUES (1)').conflict).toEqual({ action: 'ignore' })
    expect(one('INSERT OR IGNORE INTO t (a) VALUES (1)')).toMatchObject({ table: 't', conflict: { action: 'ignore' } })
    expect(one('INSERT OR REPLACE INTO t (a) VALUES (1)')).toMatchObject({ verb: 'replace', conflict: { action: 'update' } })
    expect(one('REPLACE INTO t (a) VALUES (1)').verb).toBe('replace')
    expect(one('UPSERT INTO t (a) VALUES (1)').verb).toBe('upsert')
    expect(one('MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = s.a WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)'))
      .toEqual({ verb: 'upsert', table: 't', conflict: { target: ['id'], action: 'update' } })
  })

  it('knows an upsert that adds', () => {
    expect(one('INSERT INTO c (k, n) VALUES ($1, 1) ON CONFLICT (k) DO UPDATE SET n = c.n + 1').relative).toBe(true)
    expect(one('INSERT INTO c (k, n) VALUES (?, 1) ON DUPLICATE KEY UPDATE n = n + VALUES(n)').relative).toBe(true)
    expect(one('INSERT INTO c (k, n) VALUES ($1, 1) ON CONFLICT (k) DO UPDATE SET n = EXCLUDED.n + 1').relative).toBeUndefined()
  })

  it('reads inserts that check first', () => {
    expect(one('INSERT INTO t (a) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM t WHERE a = $1)')).toMatchObject({ verb: 'insert', table: 't', columns: ['a'], notExists: true })
    expect(one('IF NOT EXISTS (SELECT 1 FROM t WHERE a = @a) BEGIN INSERT INTO t (a) VALUES (@a) END')).toMatchObject({ verb: 'insert', notExists: true })
  })

  it('reads updates and what makes them relative', () => {
    expect(one('UPDATE public.accounts a SET balance = a.balance - $1 WHERE a.id = $2 AND version = $3')).toEqual({
      verb: 'update', table: 'accounts', columns: ['balance'], values: [{ sql: 'a.balance - $1' }], where: ['id', 'version'], relative: true,
    })
    expect(one('UPDATE t SET a = ?, updated_at = now() WHERE id IN (?)')).toMatchObject({ columns: ['a', 'updated_at'], where: ['id'] })
    expect(one('UPDATE t SET active = NOT active').relative).toBe(true)
    expect(one('UPDATE t SET x += 1').relative).toBe(true)
    expect(one('UPDATE t SET a = coalesce(a, $1) WHERE id = $2').relative).toBeUndefined()
    expect(one("UPDATE t SET tags = array_append(tags, $1) WHERE (id = $2)")).toMatchObject({ relative: true, where: ['id'] })
  })

  it('reads deletes, selects, definitions', () => {
    expect(one('DELETE FROM t WHERE id = ?')).toEqual({ verb: 'delete', table: 't', where: ['id'] })
    expect(one('DELETE FROM t')).toEqual({ verb: 'delete', table: 't' })
    expect(one('TRUNCATE TABLE t')).toEqual({ verb: 'delete', table: 't' })
    expect(one('select * from t where id = $1 for update')).toEqual({ verb: 'select', table: 't', where: ['id'], lock: true })
    expect(one('SELECT pg_advisory_xact_lock($1)')).toEqual({ verb: 'select', lock: true })
    expect(one('CREATE TABLE x (id int)').verb).toBe('ddl')
    expect(one('BEGIN').verb).toBe('other')
    expect(one('CALL do_it(?)').verb).toBe('other')
  })

  it('reads common table expressions and several statements', () => {
    const text = 'WITH gone AS (DELETE FROM a WHERE id = $1 RETURNING *), x AS (SELECT 1) INSERT INTO b (id) SELECT id FROM gone'
    expect(parseSql(text).map(({ verb, table }) => [verb, table])).toEqual([['delete', 'a'], ['insert', 'b']])
    expect(parseSql("INSERT INTO a VALUES (';'); UPDATE b SET c = 1;").map(({ verb, table }) => [verb, table])).toEqual([['insert', 'a'], ['update', 'b']])
  })
})

describe('text that is not plain', () => {
  it('skips comments and keeps quotes apart from keywords', () => {
    expect(one('-- first\n/* INSERT */ INSERT INTO "select" (a) VALUES (\'it\'\'s -- not\')')).toMatchObject({ verb: 'insert', table: 'select', values: [{ sql: "it's -- not" }] })
    expect(one("INSERT INTO t (a) VALUES ($$ON CONFLICT DO NOTHING$$)").conflict).toBeUndefined()
  })

  it('takes template holes', () => {
    expect(one(templateText(['INSERT INTO users (id, name) VALUES (', ', ', ')'])).values).toEqual([{ hole: 0 }, { hole: 1 }])
    expect(one(`INSERT INTO ${SQL_HOLE} (a) VALUES (?)`)).toEqual({ verb: 'insert', columns: ['a'], values: [{ param: 0 }] })
    expect(one(`INSERT INTO ${SQL_HOLE}.orders ${SQL_HOLE}`)).toEqual({ verb: 'insert', table: 'orders', rowHole: 1 })
    expect(one('INSERT INTO ?? (a) VALUES (?)')).toMatchObject({ verb: 'insert', tableAt: 0, columns: ['a'], values: [{ param: 1 }] })
    expect(one('INSERT INTO ?? SET ?')).toMatchObject({ verb: 'insert', tableAt: 0, rowAt: 1 })
    expect(one('INSERT INTO t SET a = ?')).toEqual({ verb: 'insert', table: 't', columns: ['a'], values: [{ param: 0 }] })
  })

  it('never throws and always ends', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), text => Array.isArray(parseSql(text))))
    const pieces = ['INSERT', 'INTO', 't', '(', ')', 'VALUES', ',', '$1', "'", '"', 'ON', 'CONFLICT', 'DO', 'UPDATE', 'SET', '=', 'WITH', 'AS', 'IF', 'MERGE', SQL_HOLE, '[', ']', ';', '/*', '.']
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), words => Array.isArray(parseSql(words.join(' ')))))
  })

  it('tells SQL from prose', () => {
    expect(looksLikeSql('  INSERT INTO t VALUES (1)')).toBe(true)
    expect(looksLikeSql('select * from t')).toBe(true)
    expect(looksLikeSql('Update your profile')).toBe(false)
    expect(looksLikeSql('hello from here')).toBe(false)
  })
})
