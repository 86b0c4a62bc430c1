// Subscriptions as the clients graphql-ws and graphql-sse make them.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createClient as createEvents } from 'graphql-sse'
import { CloseCode, createClient as createSocket } from 'graphql-ws'
import WebSocket from 'ws'
import { demonstration, editor } from './demonstration.js'

const CHANGES = `subscription ($after: String) {
  changes(after: $after) { cursor kind nodeId node { ... on Content { title } } } }`

let beacon
let ada

before(async () => {
  beacon = await demonstration()
  ada = await editor(beacon)
})

after(() => beacon.stop())

const socket = (options = {}) =>
  createSocket({ url: `ws://${beacon.address}/graphql/ws`, webSocketImpl: WebSocket, ...options })

const events = (options = {}) => createEvents({ url: `http://${beacon.address}/graphql/stream`, ...options })

const clients = { 'graphql-ws': socket, 'graphql-sse': events }

const latest = async () => (await ada.asks('{ site { latestChangeCursor } }')).site.latestChangeCursor

async function next(iterator) {
  const { value, done } = await iterator.next()
  assert.equal(done, false)
  assert.equal(value.errors, undefined)
  return value.data
}

for (const [name, open] of Object.entries(clients)) {
  test(`${name} asks a query`, async () => {
    const client = open()
    const answers = client.iterate({ query: '{ site { name } __schema { queryType { name } } }' })

    const data = await next(answers)

    assert.equal(data.__schema.queryType.name, 'Query')
    assert.equal((await answers.next()).done, true)
    client.dispose()
  })

  test(`${name} follows changes, and goes on after a reconnect`, async () => {
    const first = open()
    const before = first.iterate({ query: CHANGES, variables: { after: await latest() } })
    const tea = await ada.publishes(`Tea for ${name}`)
    const { changes: seen } = await next(before)
    assert.deepEqual([seen.kind, seen.nodeId, seen.node.title], ['PUBLISHED', tea, `Tea for ${name}`])
    await before.return()
    first.dispose()
    const coffee = await ada.publishes(`Coffee for ${name}`)

    const second = open()
    const after = second.iterate({ query: CHANGES, variables: { after: seen.cursor } })
    const { changes: missed } = await next(after)
    const milk = await ada.publishes(`Milk for ${name}`)
    const { changes: live } = await next(after)

    assert.deepEqual([missed.nodeId, live.nodeId], [coffee, milk])
    await after.return()
    second.dispose()
  })
}

test('graphql-ws is told what is wrong with a document', async () => {
  const client = socket()

  await assert.rejects(client.iterate({ query: '{ nothing }' }).next(), (errors) => {
    assert.equal(errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
    return true
  })

  client.dispose()
})

test('graphql-sse is told what is wrong with a document', async () => {
  const client = events()

  const { value } = await client.iterate({ query: '{ nothing }' }).next()

  assert.equal(value.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  client.dispose()
})

test('graphql-ws signs in by its connection parameters', async () => {
  const client = socket({ connectionParams: { Authorization: `Bearer ${ada.token}` } })

  const data = await next(client.iterate({ query: '{ viewer { role } }' }))

  assert.equal(data.viewer.role, 'EDITOR')
  client.dispose()
})

test('graphql-ws is refused with a token that is not good', async () => {
  const client = socket({ connectionParams: { Authorization: 'Bearer nonsense' }, retryAttempts: 0 })

  await assert.rejects(client.iterate({ query: '{ site { name } }' }).next(), { code: CloseCode.Forbidden })
})

test('graphql-sse signs in by its headers', async () => {
  const client = events({ headers: { Authorization: `Bearer ${ada.token}` } })

  const data = await next(client.iterate({ query: '{ viewer { role } }' }))

  assert.equal(data.viewer.role, 'EDITOR')
  client.dispose()
})
