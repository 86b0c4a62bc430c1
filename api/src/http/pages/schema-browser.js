// The explorer's schema browser, built from introspection.
const part = (id) => document.getElementById(id);

const question = `{
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description specifiedByURL
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason type { ...Ref }
        args { name description defaultValue type { ...Ref } }
      }
      inputFields { name description defaultValue type { ...Ref } }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { name }
      interfaces { name }
    }
  }
}
fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`;

let schema;
const types = new Map();
const trail = [];

function element(tag, content, options = {}) {
  const made = Object.assign(document.createElement(tag), options);
  made.append(...[content].flat());
  return made;
}

function spelled(type) {
  if (type.kind === "NON_NULL") return [...spelled(type.ofType), "!"];
  if (type.kind === "LIST") return ["[", ...spelled(type.ofType), "]"];
  return [link(type.name)];
}

function link(name, text = name) {
  return element("button", text, { type: "button", className: "link code", onclick: () => open(name) });
}

function note(described) {
  const lines = [];
  if (described.description) lines.push(element("div", described.description));
  if (described.isDeprecated) lines.push(element("div", `Deprecated: ${described.deprecationReason ?? ""}`, { className: "wrong" }));
  return lines;
}

function input(value) {
  return [value.name, ": ", ...spelled(value.type), value.defaultValue === null ? "" : ` = ${value.defaultValue}`];
}

function field(described) {
  const term = element("dt", [element("strong", described.name, { className: "code" }), ": ", ...spelled(described.type)]);
  const notes = note(described);
  for (const argument of described.args ?? []) {
    notes.push(element("div", [element("span", input(argument), { className: "code" }), argument.description ? ` · ${argument.description}` : ""]));
  }
  return [term, element("dd", notes)];
}

function listed(title, names) {
  if (!names?.length) return [];
  return [element("h3", title), element("p", names.flatMap(({ name }) => [link(name), " "]))];
}

function page(type) {
  const body = [element("h3", `${type.name} (${type.kind.toLowerCase().replace("_", " ")})`), ...note(type)];
  if (type.specifiedByURL) body.push(element("p", `Specified by ${type.specifiedByURL}`));
  body.push(...listed("Implements", type.interfaces), ...listed("Can be", type.possibleTypes));
  const rows = [
    ...(type.fields ?? []).flatMap(field),
    ...(type.inputFields ?? []).flatMap((one) => [element("dt", input(one), { className: "code" }), element("dd", note(one))]),
    ...(type.enumValues ?? []).flatMap((one) => [element("dt", one.name, { className: "code" }), element("dd", note(one))]),
  ];
  if (rows.length) body.push(element("dl", rows));
  return body;
}

function open(name) {
  const at = trail.indexOf(name);
  if (at >= 0) trail.length = at;
  trail.push(name);
  part("trail").replaceChildren(link("", "Start"), ...trail.map((step) => link(step)));
  if (name === "") return start();
  part("schema").replaceChildren(...page(types.get(name)));
}

function start() {
  trail.length = 0;
  part("trail").replaceChildren();
  const roots = [schema.queryType, schema.mutationType, schema.subscriptionType].filter(Boolean);
  const others = [...types.values()].filter(({ name }) => !name.startsWith("__") && !roots.some((root) => root.name === name));
  part("schema").replaceChildren(...listed("Where to start", roots), ...listed("All types", others.sort((a, b) => a.name.localeCompare(b.name))));
}

function search(words) {
  const wanted = words.trim().toLowerCase();
  part("found").textContent = "";
  if (!wanted) return start();
  const hits = [];
  for (const type of types.values()) {
    if (type.name.startsWith("__")) continue;
    const matches = (one) => `${one.name} ${one.description ?? ""}`.toLowerCase().includes(wanted);
    if (matches(type)) hits.push({ type: type.name, text: type.name, note: type.description, named: type.name.toLowerCase().includes(wanted) });
    for (const one of [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])].filter(matches)) {
      hits.push({ type: type.name, text: `${type.name}.${one.name}`, note: one.description, named: one.name.toLowerCase().includes(wanted) });
    }
  }
  hits.sort((a, b) => b.named - a.named);
  part("found").textContent = hits.length > 100 ? `${hits.length} found, the first 100 shown` : `${hits.length} found`;
  const rows = hits.slice(0, 100).flatMap((hit) => [element("dt", link(hit.type, hit.text)), element("dd", hit.note ?? "")]);
  part("schema").replaceChildren(element("dl", rows));
}

try {
  const response = await fetch("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: question }) });
  schema = (await response.json()).data.__schema;
  for (const type of schema.types) types.set(type.name, type);
  part("search").addEventListener("input", ({ target }) => search(target.value));
  start();
} catch {
  part("found").textContent = "The schema could not be read.";
}
