// A page with generated types: what the compiler knows of an answer, without a cast.

import { graphql } from './generated/gql.js'
import type { ResultOf } from '@graphql-typed-document-node/core'

export const page = graphql(`
  query Page($slug: String!) {
    post(slug: $slug) {
      title
      publishedAt
      body {
        plainText
      }
      topics {
        name
        isSensitive
      }
    }
    signpost(topic: "exploitation") {
      items {
        service {
          name
        }
        reason
        channels {
          kind
          openState {
            status
            validUntil
          }
        }
      }
    }
  }
`)

type Page = ResultOf<typeof page>

export function heading({ post }: Page): string {
  // The post may be missing, and the compiler says so.
  if (post === null || post === undefined) return 'Not found'
  const published: string | null | undefined = post.publishedAt
  const topics: string[] = post.topics.map((topic) => topic.name)
  return `${post.title} (${published ?? 'draft'}) ${topics.join(', ')}`
}

export function isOpen({ signpost }: Page): boolean {
  return signpost.items.some((item) => item.channels.some((channel) => channel.openState?.status === 'OPEN'))
}
