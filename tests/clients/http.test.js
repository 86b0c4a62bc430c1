// GraphQL over HTTP: every audit of the package graphql-http, MUST, SHOULD and MAY.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverAudits } from 'graphql-http'
import { endpoint } from './server.js'

const audits = serverAudits({ url: endpoint })

test('there are audits', () => assert.ok(audits.length > 50, `${audits.length}`))

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn()
    assert.equal(result.status, 'ok', result.reason)
  })
}
