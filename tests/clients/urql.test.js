// urql: its normalised cache knows the schema, and takes `cacheKey` as the key of what has one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, fetchExchange, gql } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { isObjectType } from 'graphql'
import { endpoint, introspection, schema } from './server.js'

async function client(fetches) {
  const types = Object.values((await schema()).getTypeMap()).filter(isObjectType)
  const key = (type) => {
    const fields = type.getFields()
    if (fields.cacheKey) return (data) => data.cacheKey
    return fields.id ? (data) => data.id : () => null
  }
  const keys = Object.fromEntries(types.map((type) => [type.name, key(type)]))
  const counted = (...args) => {
    fetches.push(args)
    return fetch(...args)
  }
  return new Client({
    url: endpoint,
    fetch: counted,
    preferGetMethod: false,
    exchanges: [cacheExchange({ schema: await introspection(), keys }), fetchExchange],
  })
}

const POST = gql`
  query Post($languages: [LanguageTag!]) {
    post(slug: "world-day-against-trafficking-in-persons", languages: $languages) {
      id
      cacheKey
      title
      language
      topics {
        id
        cacheKey
        name
      }
    }
  }
`

test('what was read is not fetched again, and languages do not mix', async () => {
  const fetches = []
  const urql = await client(fetches)
  const read = async (language) => {
    const result = await urql.query(POST, { languages: [language] }).toPromise()
    assert.equal(result.error, undefined)
    return result.data.post
  }

  const english = await read('en')
  const welsh = await read('cy')
  const again = await read('en')

  assert.notEqual(english.title, welsh.title)
  assert.deepEqual(again, english)
  assert.equal(fetches.length, 2)
})

test('queries go by GET where a client prefers it', async () => {
  const fetches = []
  const urql = await client(fetches)

  const result = await urql.query(POST, { languages: ['en'] }, { preferGetMethod: 'force' }).toPromise()

  assert.equal(result.error, undefined)
  assert.equal(fetches[0][1].method, 'GET')
  assert.equal(result.data.post.language, 'en')
})
