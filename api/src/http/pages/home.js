// The three sample queries of the front page.
const samples = {
  posts: `{
  posts(first: 5) {
    totalCount
    nodes { title slug summary publishedAt topics { name } }
  }
}`,
  post: `{
  posts(first: 1) {
    nodes {
      title
      summary
      campaigns { name edition { year startsOn theme hashtags } }
      channels { label kind display actionUrl }
    }
  }
}`,
  statistics: `{
  statistics(first: 5) {
    nodes {
      name
      unit
      figure {
        value
        period { label }
        source { title publisher url }
      }
    }
  }
}`,
};

const part = (id) => document.getElementById(id);

async function run(query) {
  part("run").hidden = false;
  part("query").textContent = query;
  part("answer").textContent = "";
  part("status").textContent = "Asking …";
  const start = performance.now();
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query }),
    });
    const answer = await response.json();
    part("status").textContent = `${response.status}, ${Math.round(performance.now() - start)} ms`;
    part("answer").textContent = JSON.stringify(answer, null, 2);
  } catch {
    part("status").textContent = "The server did not answer.";
  }
}

part("choices").addEventListener("click", ({ target }) => {
  const query = samples[target.dataset.sample];
  if (query) run(query);
});
