import { describe, expect, it } from 'vitest'
import { CookieJar, readCookies } from './cookie-jar.ts'

const URL_A = 'http://a.example.com/shop/cart'

describe('a cookie jar', () => {
  it.each([
    ['the same address', 'id=1', URL_A, { id: ['1'] }],
    ['another path of it', 'id=1; Path=/', 'http://a.example.com/', { id: ['1'] }],
    ['a path it is not for', 'id=1; Path=/shop', 'http://a.example.com/', {}],
    ['another host', 'id=1; Path=/', 'http://b.example.com/', {}],
    ['a host of its domain', 'id=1; Path=/; Domain=example.com', 'http://b.example.com/', { id: ['1'] }],
    ['plain HTTP, where it is for TLS', 'id=1; Path=/; Secure', 'http://a.example.com/', {}],
    ['a time after its end', 'id=1; Max-Age=0', URL_A, {}],
    ["what is not the server's to set", 'id=1; Domain=other.org', 'http://other.org/', {}],
    ['a whole country', 'id=1; Domain=co.uk', 'http://shop.co.uk/', {}],
    ['no cookie', '', URL_A, {}],
  ])('%s', (_, header, url, expected) => {
    const jar = new CookieJar()
    jar.store(URL_A, [header])
    expect(jar.cookiesForURL(url)).toEqual(expected)
  })

  it('takes cookies of a script, and gives them up again', () => {
    const jar = new CookieJar()
    expect(jar.set(URL_A, 'one', '1', { path: '/' })).toBe(true)
    expect(jar.set(URL_A, 'two', '2', { path: '/', max_age: 60, http_only: true })).toBe(true)
    expect(jar.set(URL_A, 'three', '3', { domain: 'other.org' })).toBe(false)
    expect(jar.cookiesForURL(URL_A)).toEqual({ one: ['1'], two: ['2'] })
    jar.delete(URL_A, 'one')
    expect(jar.cookiesForURL(URL_A)).toEqual({ two: ['2'] })
    jar.clear(URL_A)
    expect(jar.cookiesForURL(URL_A)).toEqual({})
  })
})

describe('the cookies an answer set', () => {
  it('are told with all that was said about them', () => {
    expect(
      readCookies(['id=1; Path=/a; Domain=example.com; Max-Age=60; Secure; HttpOnly', 'id=2', 'x=']),
    ).toEqual({
      id: [
        {
          name: 'id',
          value: '1',
          domain: 'example.com',
          path: '/a',
          http_only: true,
          secure: true,
          max_age: 60,
          expires: 0,
        },
        {
          name: 'id',
          value: '2',
          domain: '',
          path: '',
          http_only: false,
          secure: false,
          max_age: 0,
          expires: 0,
        },
      ],
      x: [
        {
          name: 'x',
          value: '',
          domain: '',
          path: '',
          http_only: false,
          secure: false,
          max_age: 0,
          expires: 0,
        },
      ],
    })
  })
})
