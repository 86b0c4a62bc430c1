// What reads the schema before anything runs: the Relay compiler, GraphQL Code Generator and the TypeScript compiler.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { generate } from '@graphql-codegen/cli'
import { url } from './server.js'

const here = import.meta.dirname
const bin = (name) => join(here, 'node_modules', '.bin', name)
let sdl
before(async () => {
  sdl = await (await fetch(`${url}/schema.graphql`)).text()
})

test('the Relay compiler takes connections, refetching by node, and mutations', () => {
  const directory = mkdtempSync(join(tmpdir(), 'beacon-relay-'))
  cpSync(join(here, 'relay'), join(directory, 'src'), { recursive: true })
  writeFileSync(join(directory, 'schema.graphql'), sdl)
  const config = {
    src: 'src',
    schema: 'schema.graphql',
    language: 'javascript',
    artifactDirectory: 'made',
    eagerEsModules: true,
  }
  writeFileSync(join(directory, 'relay.config.json'), JSON.stringify(config))

  execFileSync('mkdir', ['made'], { cwd: directory })
  execFileSync(bin('relay-compiler'), ['relay.config.json'], { cwd: directory, stdio: 'pipe' })

  const made = readdirSync(join(directory, 'made'))
  assert.ok(made.includes('pagePostRefetchQuery.graphql.js'), made.join())
  assert.ok(made.includes('pageNewestPaginationQuery.graphql.js'), made.join())
  assert.ok(made.includes('pageSaveMutation.graphql.js'), made.join())
  rmSync(directory, { recursive: true })
})

/** Every scalar of ours as TypeScript has it: text on the wire, but for JSON. */
const SCALARS = () =>
  Object.fromEntries(
    [...sdl.matchAll(/^scalar (\w+)/gm)].map(([, name]) => [name, name === 'JSON' ? 'unknown' : 'string']),
  )

test('generated types are strict', async () => {
  const generated = join(here, 'typed', 'generated/')
  writeFileSync(join(here, 'typed', 'schema.graphql'), sdl)
  await generate(
    {
      schema: join(here, 'typed', 'schema.graphql'),
      documents: join(here, 'typed', '*.ts'),
      silent: true,
      generates: {
        [generated]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false },
          config: { scalars: SCALARS(), strictScalars: true, useTypeImports: true, emitLegacyCommonJSImports: false },
        },
      },
    },
    true,
  )

  const options = [
    '--strict',
    '--noEmit',
    '--noUncheckedIndexedAccess',
    '--exactOptionalPropertyTypes',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--skipLibCheck',
  ]
  try {
    execFileSync(bin('tsc'), [...options, 'typed/page.ts'], { cwd: here, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    assert.fail(error.stdout)
  }

  assert.doesNotMatch(readFileSync(join(generated, 'graphql.ts'), 'utf8'), /: any\b/)
})
