// Apollo Client: a normalised cache over `cacheKey`, pages joined by cursors, errors with their codes.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { endpoint, introspection } from './server.js'

let possibleTypes
before(async () => {
  const { types } = (await introspection()).__schema
  const abstract = types.filter((type) => type.possibleTypes)
  possibleTypes = Object.fromEntries(abstract.map((type) => [type.name, type.possibleTypes.map((of) => of.name)]))
})

function client() {
  const cache = new InMemoryCache({
    possibleTypes,
    dataIdFromObject: ({ __typename, cacheKey }) => cacheKey && `${__typename}:${cacheKey}`,
    typePolicies: { Query: { fields: { posts: relayStylePagination(['filter', 'sort', 'languages']) } } },
  })
  return new ApolloClient({ cache, link: new HttpLink({ uri: endpoint }) })
}

const POST = gql`
  query Post($languages: [LanguageTag!]) {
    post(slug: "world-day-against-trafficking-in-persons", languages: $languages) {
      id
      cacheKey
      title
      language
    }
  }
`

test('a post in two languages is two entries of the cache', async () => {
  const apollo = client()

  const english = await apollo.query({ query: POST, variables: { languages: ['en'] } })
  const welsh = await apollo.query({ query: POST, variables: { languages: ['cy'] } })

  assert.equal(english.data.post.id, welsh.data.post.id)
  assert.notEqual(english.data.post.cacheKey, welsh.data.post.cacheKey)
  const again = apollo.cache.readQuery({ query: POST, variables: { languages: ['en'] } })
  assert.equal(again.post.title, english.data.post.title)
  assert.equal(again.post.language, 'en')
})

const POSTS = gql`
  query Posts($after: String) {
    posts(first: 2, after: $after) {
      edges {
        cursor
        node {
          id
          cacheKey
          title
        }
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
    }
  }
`

test('pages are joined to one list', async () => {
  const apollo = client()
  const first = await apollo.query({ query: POSTS })
  const list = apollo.watchQuery({ query: POSTS })
  const watching = list.subscribe(() => {})

  await list.fetchMore({ variables: { after: first.data.posts.pageInfo.endCursor } })
  watching.unsubscribe()

  const { posts } = apollo.cache.readQuery({ query: POSTS })
  const ids = posts.edges.map((edge) => edge.node.id)
  assert.equal(ids.length, 4)
  assert.equal(new Set(ids).size, 4)
})

test('interfaces are matched by their possible types', async () => {
  const CONTENTS = gql`
    {
      contents(first: 50) {
        nodes {
          __typename
          ... on Content {
            id
            cacheKey
            title
          }
          ... on Statistic {
            unit
          }
        }
      }
    }
  `

  const { data } = await client().query({ query: CONTENTS })

  assert.ok(
    data.contents.nodes.every((node) => node.title),
    JSON.stringify(data.contents.nodes),
  )
  assert.ok(data.contents.nodes.some((node) => node.unit))
})

test('an error has its code', async () => {
  const error = await client()
    .query({
      query: gql`
        {
          posts(first: 1000) {
            totalCount
          }
        }
      `,
    })
    .catch((error) => error)

  assert.ok(CombinedGraphQLErrors.is(error), `${error}`)
  assert.deepEqual(
    error.errors.map(({ extensions }) => [extensions.code, extensions.argumentPath]),
    [['BAD_INPUT', ['first']]],
  )
})
