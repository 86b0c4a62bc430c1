// Where the server under test listens, and what every client asks of it first.

import { buildClientSchema, getIntrospectionQuery } from 'graphql'

/** Where `./run` started a server with the demonstration's content. */
export const url = process.env.BEACON_URL ?? 'http://127.0.0.1:8080'

/** The endpoint. */
export const endpoint = `${url}/graphql`

/** What the server says of its schema, by its own introspection. */
export async function introspection() {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }) }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}

/** The same as a schema. */
export const schema = async () => buildClientSchema(await introspection())
