// The one query that the page needs, and the one request that sends it.

export const QUERY = `
query Page($slug: String!, $languages: [LanguageTag!]!, $width: Int!) {
  site {
    name
    url
    languages { tag name direction }
    organisation { name url registrations { scheme number } }
    exitLink { url label }
  }
  post(slug: $slug, languages: $languages) {
    title
    summary
    language
    direction
    isFallback
    publishedAt
    updatedAt
    readingMinutes
    authors { name role language direction }
    contentNotes { text }
    body {
      html(headingOffset: 1)
      headings { level anchor plainText }
      blocks { ... on ChartBlock { statisticSet { ...Chart } } }
    }
    statistics { ...Figure }
    campaigns {
      path
      name
      language
      direction
      statistics { ...Figure sets { ...Chart parts { period } } }
      edition {
        year
        startsOn
        endsOn
        dateStatus
        state
        daysUntil
        language
        theme
        summary
        hashtags
        actions { kind label url }
        shareMessages { network text length limit parts shareUrl }
      }
    }
    signpost {
      message
      validUntil
      emergency { sentence actionUrl }
      items {
        service {
          path
          name
          summary
          language
          direction
          alert { text }
          confidentiality { statement }
        }
        channels {
          label
          language
          direction
          display
          actionUrl
          openState { status sentence }
          hours { description }
          safetyNotes
        }
      }
    }
    exitLink { url label }
    related { title summary slug language direction readingMinutes }
    attribution { html }
    seo { tags { tag attributes content } }
  }
}

fragment Figure on Statistic {
  slug
  language
  direction
  definition
  figure {
    statement { html }
    period { label }
    caveat
    caveatLanguage
    freshness
    citation
    fullCitation: citation(style: FULL)
    source { url }
  }
}

fragment Chart on StatisticSet {
  slug
  title
  language
  direction
  csvUrl
  chart(width: $width) { svg longDescription columns rows }
}`;

/** Asks once. Throws an error whose message is for people who look at the console. */
export async function ask(api, variables) {
  const response = await fetch(new URL("/graphql", api), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: QUERY, variables }),
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(20_000),
  });
  const { data, errors } = await response.json();
  if (!data) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
  return data;
}
