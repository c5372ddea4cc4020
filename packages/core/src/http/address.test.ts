import { describe, expect, it } from 'vitest'
import { namedUrl } from './address.ts'

const [id, key] = [7, 'k']

describe('the name of an address with gaps', () => {
  it.each([
    ['its values left out', namedUrl`http://host/users/${id}?page=${id}`, 'http://host/users/${}?page=${}'],
    ['no user and password', namedUrl`https://bob:pw@host/users/${id}`, 'https://host/users/${}'],
    [
      'no secret among its fields',
      namedUrl`http://host/${id}?api_key=abc&page=2&token=d#x`,
      'http://host/${}?api_key=[removed]&page=2&token=[removed]#x',
    ],
    [
      'a secret that was left out as a gap',
      namedUrl`http://host/?api_key=${key}`,
      'http://host/?api_key=${}',
    ],
    ['an address of which a gap is the beginning', namedUrl`${'http://host'}/users/${id}`, '${}/users/${}'],
  ])('has %s', (_, { name }, expected) => {
    expect(name).toBe(expected)
  })

  it('changes nothing of where the request goes', () => {
    expect(namedUrl`https://bob:pw@host/${id}?api_key=abc`.url).toBe('https://bob:pw@host/7?api_key=abc')
  })
})
