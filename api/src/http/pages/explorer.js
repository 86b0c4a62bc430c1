// The explorer's editor: sends a query and shows the answer.
const part = (id) => document.getElementById(id);
const [query, variables, headers, operation] = ["query", "variables", "headers", "operation"].map(part);

const first = `# Everything here is plain GraphQL; the schema is on this page.
{
  posts(first: 3) {
    nodes { title summary publishedAt }
  }
}
`;

// Credentials are not kept: what is in "headers" ends with the page.
const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ } };
const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

query.value = kept("explorer.query") ?? first;
variables.value = kept("explorer.variables") ?? "";

function object(field, name) {
  if (field.value.trim() === "") return {};
  let value;
  try { value = JSON.parse(field.value); } catch { throw new Error(`${name}: this is not JSON.`); }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`${name}: an object is needed.`);
  return value;
}

// Names of the operations, with strings and comments out of the way.
function operations(text) {
  const bare = text.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, "");
  return [...bare.matchAll(/(?:^|[}\s])(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/g)].map(([, name]) => name);
}

function offer() {
  const chosen = operation.value;
  const names = operations(query.value);
  operation.replaceChildren(...(names.length > 1 ? names : [""]).map((name) => new Option(name || "the only one", name)));
  if (names.includes(chosen)) operation.value = chosen;
}

function show(message, text, wrong) {
  part("status").textContent = message;
  part("status").className = wrong ? "wrong" : "quiet";
  part("answer").textContent = text;
}

let running = 0;

async function run() {
  const turn = ++running;
  keep("explorer.query", query.value);
  keep("explorer.variables", variables.value);
  try {
    const body = { query: query.value, variables: object(variables, "Variables") };
    if (operation.value) body.operationName = operation.value;
    const sent = { "content-type": "application/json", accept: "application/graphql-response+json, application/json", ...object(headers, "Headers") };
    show("Asking …", "");
    const start = performance.now();
    const response = await fetch("/graphql", { method: "POST", headers: sent, body: JSON.stringify(body) });
    const text = await response.text();
    if (turn !== running) return;
    let pretty = text;
    try { pretty = JSON.stringify(JSON.parse(text), null, 2); } catch { /* shown as it came */ }
    show(`${response.status} ${response.statusText}, ${Math.round(performance.now() - start)} ms, ${text.length} characters`, pretty, !response.ok);
  } catch (error) {
    if (turn === running) show(error instanceof TypeError ? "The server did not answer, or a header is not allowed." : error.message, "", true);
  }
}

part("run").addEventListener("click", run);
query.addEventListener("input", offer);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
offer();
