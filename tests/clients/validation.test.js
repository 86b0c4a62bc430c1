// Validation: the server and graphql-js agree on every document that is made here from the schema, valid or not.
//
// Each rule of the specification is broken in several places: at the root, below, in fragments, in arguments, in
// directives, in variables.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { url } from './server.js'

const schema = buildSchema(await (await fetch(`${url}/schema.graphql`)).text())
const queries = Object.values(schema.getQueryType().getFields())
const objects = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))

/** A literal of an input type, as short as it can be. */
function literal(type) {
  const named = getNamedType(type)
  if (`${type}`.replace('!', '').startsWith('[')) return '[]'
  if (isEnumType(named)) return named.getValues()[0].name
  if (isInputObjectType(named)) {
    const needed = Object.values(named.getFields()).filter((field) => isNonNullType(field.type))
    return `{ ${needed.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`
  }
  return { Int: '1', Float: '1.5', Boolean: 'true' }[named.name] ?? '"2026-07-30"'
}

const needed = (field) => field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)

/** Arguments that a field cannot be without. */
function args(field) {
  const list = needed(field).map((arg) => `${arg.name}: ${literal(arg.type)}`)
  return list.length ? `(${list.join(', ')})` : ''
}

/** What can be selected of a type without going further. */
function leaves(type, most = 6) {
  const named = getNamedType(type)
  if (isLeafType(named)) return ''
  const fields = named.getFields ? Object.values(named.getFields()) : []
  const own = fields.filter((field) => isLeafType(getNamedType(field.type)) && !needed(field).length)
  return `{ ${['__typename', ...own.slice(0, most).map((field) => field.name)].join(' ')} }`
}

function valid() {
  const documents = queries.map((field) => `{ ${field.name}${args(field)} ${leaves(field.type)} }`)
  for (const type of objects.filter((type) => type.getInterfaces().some((of) => of.name === 'Node'))) {
    documents.push(
      `query A { node(id: "x") { ...F } } fragment F on Node { id ...G } fragment G on ${type.name} ${leaves(type)}`,
    )
  }
  for (const field of queries) {
    for (const arg of field.args) {
      const others = needed(field)
        .filter((other) => other !== arg)
        .map((other) => `, ${other.name}: ${literal(other.type)}`)
      documents.push(
        `query($v: ${arg.type}) { ${field.name}(${arg.name}: $v${others.join('')}) ${leaves(field.type)} }`,
      )
    }
  }
  documents.push(
    '{ __schema { types { name } } __type(name: "Post") { fields { name } } }',
    'query($yes: Boolean = true) { posts @include(if: $yes) { totalCount @skip(if: false) } }',
    '{ a: posts { totalCount } b: posts { totalCount } posts { totalCount } posts { nodes { title } } }',
    '{ node(id: "x") { ... on Post { name: title } ... on Topic { name } } }',
    '{ posts(filter: { and: [{ title: { contains: "a" } }, { not: { slug: { eq: "b" } } }] }) { totalCount } }',
    'query($f: PostFilter, $n: Int = 3) { posts(filter: $f, first: $n) { totalCount } }',
    'query($languages: [LanguageTag!]) { posts(languages: $languages) { totalCount } }',
    'query($one: String!) { posts(filter: { title: { in: [$one, "b"] } }) { totalCount } }',
    '{ posts { ...C } } fragment C on PostConnection { nodes { ...P } } fragment P on Post { title }',
    '{ posts(first: null) { totalCount } }',
  )
  return documents
}

/** Documents that break a rule, each in another place. */
const broken = {
  ExecutableDefinitionsRule: [
    '{ posts { totalCount } } type X { a: Int }',
    '{ posts { totalCount } } extend type Post { a: Int }',
    '{ posts { totalCount } } scalar Y',
  ],
  UniqueOperationNamesRule: [
    'query A { posts { totalCount } } query A { topics { totalCount } }',
    'query A { posts { totalCount } } mutation A { sessionRevoke(refreshToken: "x") { revoked } }',
  ],
  LoneAnonymousOperationRule: [
    '{ posts { totalCount } } { topics { totalCount } }',
    'query A { posts { totalCount } } { topics { totalCount } }',
  ],
  KnownTypeNamesRule: [
    'query($a: Nothing) { posts { totalCount } site { name @skip(if: $a) } }',
    '{ ...F } fragment F on Nothing { a }',
    '{ posts { nodes { ... on Nothing { id } } } }',
    'query($a: [Nothing!]!) { posts { totalCount } node(id: $a) { id } }',
  ],
  FragmentsOnCompositeTypesRule: [
    '{ posts { totalCount ... on Int { a } } }',
    '{ posts { totalCount } ...F } fragment F on String { a }',
    '{ posts { nodes { ... on PostFilter { title } } } }',
    '{ posts { nodes { ... on ContentType { a } } } }',
  ],
  VariablesAreInputTypesRule: [
    'query($a: Post) { posts { totalCount } node(id: $a) { id } }',
    'query($a: [Node!]) { posts { totalCount } node(id: $a) { id } }',
  ],
  ScalarLeafsRule: [
    '{ posts }',
    '{ posts { nodes { title { a } } } }',
    '{ posts { nodes { topics } } }',
    '{ posts { nodes { stage { a } } } }',
    '{ node(id: "x") }',
    '{ posts { totalCount { a } } }',
  ],
  FieldsOnCorrectTypeRule: [
    '{ nothing }',
    '{ posts { nothing } }',
    '{ posts { nodes { nothing } } }',
    '{ node(id: "x") { title } }',
    '{ node(id: "x") { ... on Post { nothing } } }',
    '{ ...F } fragment F on Query { nothing }',
    'mutation { nothing { id } }',
    '{ posts { nodes { ...F } } } fragment F on Post { topics { nothing } }',
    '{ __schema { nothing } }',
    ...objects.slice(0, 30).map((type) => `{ posts { totalCount } ...F } fragment F on ${type.name} { nothing }`),
  ],
  UniqueFragmentNamesRule: [
    '{ ...F } fragment F on Query { posts { totalCount } } fragment F on Query { topics { totalCount } }',
  ],
  KnownFragmentNamesRule: ['{ ...F }', '{ posts { ...F } }', '{ posts { nodes { ... on Post { ...F } } } }'],
  NoUnusedFragmentsRule: [
    '{ posts { totalCount } } fragment F on Post { title }',
    '{ posts { totalCount } } fragment F on Post { ...G } fragment G on Post { id }',
  ],
  PossibleFragmentSpreadsRule: [
    '{ posts { nodes { ... on Topic { name } } } }',
    '{ posts { nodes { ...F } } } fragment F on Campaign { id }',
    '{ posts { pageInfo { ... on Node { id } } } }',
    '{ posts { ... on Post { id } } }',
  ],
  NoFragmentCyclesRule: [
    '{ ...F } fragment F on Query { ...F }',
    '{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }',
    '{ ...F } fragment F on Query { ...G } fragment G on Query { ...H } fragment H on Query { ...F }',
    '{ posts { nodes { ...P } } } fragment P on Post { related { ... on Post { ...P } } }',
  ],
  UniqueVariableNamesRule: [
    'query($a: ID!, $a: ID!) { node(id: $a) { id } }',
    'query($a: ID!, $b: Int, $a: ID!) { node(id: $a) { id } posts(first: $b) { totalCount } }',
  ],
  NoUndefinedVariablesRule: [
    '{ node(id: $a) { id } }',
    '{ ...F } fragment F on Query { node(id: $a) { id } }',
    '{ posts(filter: { title: { eq: $a } }) { totalCount } }',
    '{ nodes(ids: [$a]) { id } }',
    '{ posts { totalCount @skip(if: $a) } }',
    'query A($a: ID!) { ...F } query B { ...F } fragment F on Query { node(id: $a) { id } }',
  ],
  NoUnusedVariablesRule: [
    'query($a: ID) { posts { totalCount } }',
    'query A($a: ID!) { ...F } query B($b: ID, $a: ID!) { ...F } fragment F on Query { node(id: $a) { id } }',
  ],
  KnownDirectivesRule: [
    '{ posts @nothing { totalCount } }',
    'query @skip(if: true) { posts { totalCount } }',
    '{ posts { totalCount @deprecated } }',
    '{ posts { nodes { ...F @nothing } } } fragment F on Post { id }',
    '{ ...F } fragment F on Query @include(if: true) { posts { totalCount } }',
    'query($a: Int @skip(if: true)) { posts(first: $a) { totalCount } }',
    '{ posts { ... @nothing { totalCount } } }',
  ],
  UniqueDirectivesPerLocationRule: [
    '{ posts { totalCount @skip(if: false) @skip(if: false) } }',
    '{ posts { ... @include(if: true) @include(if: true) { totalCount } } }',
  ],
  KnownArgumentNamesRule: [
    '{ posts(nothing: 1) { totalCount } }',
    '{ posts { nodes { topics(nothing: 1) { id } } } }',
    '{ posts { totalCount @skip(if: true, nothing: 1) } }',
    '{ posts { totalCount(first: 1) } }',
    '{ ...F } fragment F on Query { node(id: "x", nothing: 1) { id } }',
  ],
  UniqueArgumentNamesRule: [
    '{ posts(first: 1, first: 2) { totalCount } }',
    '{ posts { totalCount @skip(if: true, if: false) } }',
  ],
  ValuesOfCorrectTypeRule: [
    '{ posts(first: "1") { totalCount } }',
    '{ posts(first: 1.5) { totalCount } }',
    '{ posts(first: true) { totalCount } }',
    '{ posts(first: 3000000000) { totalCount } }',
    '{ posts(first: [1]) { totalCount } }',
    '{ posts(first: { a: 1 }) { totalCount } }',
    '{ posts(first: ONE) { totalCount } }',
    '{ posts(after: 1) { totalCount } }',
    '{ posts(after: true) { totalCount } }',
    '{ posts(sort: "TITLE") { totalCount } }',
    '{ posts(sort: NOTHING) { totalCount } }',
    '{ posts(sort: 1) { totalCount } }',
    '{ posts(filter: 1) { totalCount } }',
    '{ posts(filter: [1]) { totalCount } }',
    '{ posts(filter: { nothing: 1 }) { totalCount } }',
    '{ posts(filter: { title: { nothing: 1 } }) { totalCount } }',
    '{ posts(filter: { title: "a" }) { totalCount } }',
    '{ posts(filter: { title: { in: [1] } }) { totalCount } }',
    '{ posts(filter: { title: { in: [null] } }) { totalCount } }',
    '{ node(id: null) { id } }',
    '{ node(id: 1.5) { id } }',
    '{ node(id: true) { id } }',
    '{ node(id: []) { id } }',
    '{ nodes(ids: [null]) { id } }',
    '{ nodes(ids: null) { id } }',
    '{ posts { totalCount @skip(if: "true") } }',
    '{ posts { totalCount @skip(if: null) } }',
    'query($n: Int = "1") { posts(first: $n) { totalCount } }',
    'query($n: PostFilter = { nothing: 1 }) { posts(filter: $n) { totalCount } }',
    'mutation { topicCreate(input: {}) { topic { id } } }',
    'mutation { topicCreate(input: { name: null }) { topic { id } } }',
    'mutation { topicCreate(input: { name: 1 }) { topic { id } } }',
    'mutation { topicCreate(input: { name: "a", isSensitive: "yes" }) { topic { id } } }',
  ],
  ProvidedRequiredArgumentsRule: [
    '{ node { id } }',
    '{ posts { totalCount @skip } }',
    '{ search { totalCount } }',
    'mutation { topicCreate { topic { id } } }',
    '{ posts { ... @include { totalCount } } }',
    ...queries.filter((field) => needed(field).length).map((field) => `{ ${field.name} ${leaves(field.type)} }`),
  ],
  VariablesInAllowedPositionRule: [
    'query($a: ID) { node(id: $a) { id } }',
    'query($a: String!) { posts(first: $a) { totalCount } }',
    'query($a: ID!) { nodes(ids: $a) { id } }',
    'query($a: [ID]!) { nodes(ids: $a) { id } }',
    'query($a: Boolean) { posts { totalCount @skip(if: $a) } }',
    'query($a: Int) { posts(filter: { title: { eq: $a } }) { totalCount } }',
    'query($a: [String]) { posts(filter: { title: { in: $a } }) { totalCount } }',
    'query($a: Int!) { ...F } fragment F on Query { node(id: $a) { id } }',
    'query($a: ID = null) { node(id: $a) { id } }',
  ],
  OverlappingFieldsCanBeMergedRule: [
    '{ posts { a: totalCount a: __typename } }',
    '{ a: posts { totalCount } a: topics { totalCount } }',
    '{ posts(first: 1) { totalCount } posts(first: 2) { totalCount } }',
    '{ posts(first: 1) { totalCount } posts { totalCount } }',
    '{ posts { nodes { a: title a: slug } } }',
    '{ posts { nodes { ...F ...G } } } fragment F on Post { a: title } fragment G on Post { a: slug }',
    '{ posts { nodes { topics { a: name } topics { a: slug } } } }',
    '{ node(id: "x") { ... on Post { a: title } ... on Topic { a: isSensitive } } }',
    '{ node(id: "x") { ... on Post { a: topics { id } } ... on Topic { a: name } } }',
    '{ ...F ...G } fragment F on Query { a: posts { totalCount } } fragment G on Query { a: topics { totalCount } }',
    'query($a: Int, $b: Int) { posts(first: $a) { totalCount } posts(first: $b) { totalCount } }',
  ],
  UniqueInputFieldNamesRule: [
    '{ posts(filter: { title: { eq: "a", eq: "b" } }) { totalCount } }',
    '{ posts(filter: { slug: { eq: "a" }, slug: { eq: "b" } }) { totalCount } }',
    'query($f: PostFilter = { slug: { eq: "a" }, slug: { eq: "b" } }) { posts(filter: $f) { totalCount } }',
    'mutation { topicCreate(input: { name: "a", name: "b" }) { topic { id } } }',
  ],
  SingleFieldSubscriptionsRule: schema.getSubscriptionType()
    ? [
        'subscription { a: changes { cursor } b: changes { cursor } }',
        'subscription { ...F } fragment F on Subscription { a: changes { cursor } b: changes { cursor } }',
        'subscription { __typename }',
      ]
    : [],
}

/** No document at all. */
const unreadable = [
  '',
  ' ',
  '{',
  '{ posts { totalCount }',
  '{ posts { totalCount } } }',
  '{ posts( { totalCount } }',
  'query',
  '{ posts(first: ) { totalCount } }',
  '{ posts { } }',
  '{ posts() { totalCount } }',
  'fragment on on Post { id }',
  '{ a: }',
  '{ posts { ... } }',
  'query($) { posts { totalCount } }',
  '{ posts(first: 01) { totalCount } }',
  '{ posts(first: 1.) { totalCount } }',
  '{ posts(after: "\\x") { totalCount } }',
  '{ posts(after: "a\nb") { totalCount } }',
  '{ posts(first: 1a) { totalCount } }',
  '{ posts(after: "\\u{110000}") { totalCount } }',
  '{ posts(sort: true) { totalCount } } query {',
  '{ posts(filter: { title: $ }) { totalCount } }',
  '?',
  '\u0000',
]

const REFUSED = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'])

/** Whether the server takes a document for valid; what it thinks of the values of variables is another question. */
async function accepts(document) {
  const name = /(?:query|mutation|subscription)\s+(\w+)/.exec(document)?.[1]
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: document, operationName: name }),
  })
  const { errors = [] } = await answer.json()
  return !errors.some((error) => REFUSED.has(error.extensions?.code))
}

const read = (document) => {
  try {
    return parse(document)
  } catch {
    return null
  }
}

async function disagreements(documents) {
  const found = []
  for (const document of documents) {
    const tree = read(document)
    const expected = tree !== null && validate(schema, tree).length === 0
    if ((await accepts(document)) !== expected) found.push({ document, graphqljs: expected ? 'valid' : 'invalid' })
  }
  return found
}

test('valid documents are taken', async () => {
  const documents = valid()
  assert.ok(documents.length > 100, `${documents.length} documents`)
  for (const document of documents) {
    assert.deepEqual(
      validate(schema, parse(document)).map((error) => error.message),
      [],
      document,
    )
  }
  assert.deepEqual(await disagreements(documents), [])
})

test('what cannot be read is refused', async () => {
  assert.deepEqual(
    unreadable.filter((document) => read(document)),
    [],
    'graphql-js reads them',
  )
  assert.deepEqual(await disagreements(unreadable), [])
})

// A limit of graphql-js, and no rule of the specification.
const own = ['MaxIntrospectionDepthRule']

for (const rule of specifiedRules.filter((rule) => !own.includes(rule.name) && broken[rule.name]?.length !== 0)) {
  test(`${rule.name} is kept`, async () => {
    const documents = broken[rule.name] ?? []
    const pass = documents.filter((document) => validate(schema, parse(document), [rule]).length === 0)
    assert.deepEqual(pass, [], 'these break the rule by graphql-js')
    assert.ok(documents.length > 0, 'there is a document that breaks it')
    assert.deepEqual(await disagreements(documents), [])
  })
}
