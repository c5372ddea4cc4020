import { describe, expect, it } from 'vitest'
import type { Respond } from './dialect.ts'
import { RouteTable } from './table.ts'

const respond =
  (body: string): Respond =>
  () => ({ status: 200, headers: {}, body })
const table = new RouteTable()
const [first, second, pattern] = ['first', 'second', 'pattern'].map(respond)
if (first === undefined || second === undefined || pattern === undefined) throw new Error('three were made')
table.add('/', { GET: first })
table.add('/', { GET: second, POST: second })
table.add('/model/{id}/converse', { POST: pattern })
table.add('/model/known/converse', { POST: first })

describe('a route table', () => {
  it('keeps what came first, by method', () => {
    expect(table.find('/')).toEqual({ GET: first, POST: second })
  })

  it.each(['us.nova-pro-v1%3A0', 'arn%3Aaws%3Abedrock%3A1%3Aprofile%2Fnova', 'a b', '%', '{id}'])(
    'takes %s for a name',
    (id) => expect(table.find(`/model/${id}/converse`)).toEqual({ POST: pattern }),
  )

  it('looks for the very path first', () => {
    expect(table.find('/model/known/converse')).toEqual({ POST: first })
  })

  it.each([
    '/model//converse',
    '/model/a/b/converse',
    '/model/a/converse/',
    '/model/a',
    '//',
    '',
    '/__proto__',
  ])('has nothing at %s', (path) => expect(table.find(path)).toBeUndefined())
})
