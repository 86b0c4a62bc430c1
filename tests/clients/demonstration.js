// The demonstration, started for a test, and an editor who changes it.

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const BEACON = process.env.BEACON ?? 'beacon'

/** Starts the binary that `BEACON` names, with a directory of its own. */
export async function demonstration() {
  const directory = await mkdtemp(join(tmpdir(), 'beacon-clients-'))
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(BEACON, ['serve', '--demo'], {
    env: { PATH: process.env.PATH, BEACON_DATA_DIR: directory, BEACON_LISTEN: address, BEACON_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const passwords = {}
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith('Beacon listens')) break
    const [role, email, password] = line.trim().split(/\s{2,}/)
    passwords[role] = { email, password }
  }
  return {
    address,
    passwords,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true })
    },
  }
}

/** An editor, signed in: `editor.asks(query, variables)` answers with the data. */
export async function editor({ address, passwords }) {
  let token
  const asks = async (query, variables) => {
    const response = await fetch(`http://${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = await response.json()
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }
  const signIn = `mutation ($email: String!, $password: String!) {
    sessionCreate(email: $email, password: $password) { accessToken userErrors { message } } }`
  token = (await asks(signIn, passwords.EDITOR)).sessionCreate.accessToken
  const create = 'mutation ($title: String!) { postCreate(input: { title: $title }) { post { id } } }'
  const publish = 'mutation ($id: ID!) { contentPublish(id: $id, expectedVersion: 1) { userErrors { message } } }'
  return {
    token,
    asks,
    async publishes(title) {
      const { id } = (await asks(create, { title })).postCreate.post
      await asks(publish, { id })
      return id
    },
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
