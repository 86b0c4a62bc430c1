// What a page over Relay declares: the compiler holds it against the schema. Nothing here runs.

import { graphql } from 'relay-runtime'

export const pageQuery = graphql`
  query pageQuery($slug: String!) {
    post(slug: $slug) {
      ...page_post
    }
    ...page_newest
  }
`

export const post = graphql`
  fragment page_post on Post @refetchable(queryName: "pagePostRefetchQuery") {
    title
    body {
      html
    }
    topics {
      name
    }
  }
`

export const newest = graphql`
  fragment page_newest on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "pageNewestPaginationQuery") {
    posts(first: $count, after: $cursor, sort: NEWEST) @connection(key: "page_posts") {
      edges {
        node {
          title
          summary
        }
      }
    }
  }
`

export const topic = graphql`
  fragment page_topic on Topic
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "pageTopicPaginationQuery") {
    name
    posts(first: $count, after: $cursor) @connection(key: "page_topic_posts") {
      edges {
        node {
          ...page_post
        }
      }
    }
  }
`

export const save = graphql`
  mutation pageSaveMutation($id: ID!, $expectedVersion: Int!, $input: PostUpdateInput!) {
    postUpdate(id: $id, expectedVersion: $expectedVersion, input: $input) {
      post {
        ...page_post
        editorial {
          version
        }
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`
