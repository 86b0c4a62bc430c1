// Reads the address, asks once, shows the answer, and asks again when "open now" can have changed.

import { ask } from "./query.js";
import { el } from "./dom.js";
import { armExit } from "./exit.js";
import * as parts from "./parts.js";
import { spoken, wordsFor } from "./words.js";

const API = "http://127.0.0.1:8080";
const POST = "world-day-against-trafficking-in-persons";
const LONGEST_TIMER = 2 ** 31 - 1;

const address = new URLSearchParams(location.search);
const $ = (id) => document.getElementById(id);
const asked = address.get("language");
const languages = (asked ? [asked] : navigator.languages.filter((tag) => tag !== "*")).slice(0, 10);
const variables = { slug: address.get("post") ?? POST, languages, width: chartWidth() };
let timer;

/** Another API only on this machine, so that no link can fill the page with somebody else's numbers. */
function api() {
  const wanted = URL.parse(address.get("api") ?? API);
  return ["127.0.0.1", "localhost"].includes(wanted?.hostname) ? wanted.origin : API;
}

/** As wide as the text will be, so that the words in the chart have their size. */
function chartWidth() {
  return Math.round(Math.min(Math.max(document.documentElement.clientWidth - 32, 280), 672));
}

function linkTo(changes) {
  const next = new URLSearchParams(address);
  for (const [key, value] of Object.entries(changes)) next.set(key, value);
  return `?${next}`;
}

const toPost = (slug) => linkTo({ post: slug });

function say(words, isError = false) {
  $("status").textContent = words;
  $("status").className = isError ? "notice" : "unseen";
}

function setLanguage(language, direction) {
  document.documentElement.lang = language;
  document.documentElement.dir = direction.toLowerCase();
}

const directionOf = (language) => (language === "fa" ? "rtl" : "ltr");

function fail(words, w) {
  say(words, true);
  if ($("article").childElementCount > 0) return;
  const again = el("button", { type: "button" }, w.again);
  again.onclick = () => location.reload();
  $("article").replaceChildren(again);
}

function show({ site, post }) {
  const w = wordsFor(post.language);
  const name = site.languages.find(({ tag }) => tag === post.language)?.name ?? post.language;
  setLanguage(post.language, post.direction);
  head(post);
  $("skip").textContent = w.skip;
  $("site").textContent = site.name;
  $("to-help").textContent = w.help;
  $("to-help").hidden = false;
  $("languages").setAttribute("aria-label", w.languages);
  $("languages").replaceChildren(el("ul", {}, ...site.languages.map(({ tag, name, direction }) => el("li", {},
    el("a", { href: linkTo({ language: tag }), lang: tag, dir: direction.toLowerCase(), hreflang: tag,
      "aria-current": tag === post.language && "true" }, name)))));
  const exit = post.exitLink ?? site.exitLink;
  armExit($("exit"), exit);
  if (exit) $("exit").replaceChildren(`${w.leave} `, el("bdi", { dir: "auto" }, exit.label), el("small", {}, w.escape));
  fill("article", parts.intro(post, w, fallback(name)), parts.contents(post, w), parts.text(post, site, w, toPost), parts.figures(post, w));
  fill("help", ...parts.signpost(post, w));
  fill("campaigns", ...post.campaigns.map((campaign) => parts.campaign(campaign, w, post.language)));
  fill("more", parts.related(post, w, toPost));
  fill("footer", ...parts.footer(post, site, w));
  say(w.loaded);
  waitFor(post.signpost.validUntil, w);
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

/** In the language that was asked for, since its reader may not read the other. */
function fallback(name) {
  return el("p", { class: "notice", lang: first, dir: directionOf(first) }, wordsFor(first).fallback(name));
}

function fill(id, ...children) {
  $(id).replaceChildren(...children.filter(Boolean));
  $(id).hidden = $(id).childElementCount === 0;
}

/** The elements of the head as the API gives them. */
function head(post) {
  for (const { tag, attributes, content } of post.seo.tags) {
    if (tag === "title") document.title = content;
    else document.head.append(el(tag, attributes));
  }
}

/** Asks again once the answer can be another, and replaces the channels alone. */
function waitFor(moment, w) {
  clearTimeout(timer);
  const wait = Math.max(Date.parse(moment) - Date.now(), 0) + 1000;
  timer = setTimeout(() => (wait > LONGEST_TIMER ? waitFor(moment, w) : refresh(w)), Math.min(wait, LONGEST_TIMER));
  document.onvisibilitychange = () => {
    if (!document.hidden && Date.parse(moment) <= Date.now()) refresh(w);
  };
}

async function refresh(w) {
  try {
    const { post } = await ask(api(), variables);
    if (!post) return;
    fill("help", ...parts.signpost(post, w));
    say(w.refreshed);
    waitFor(post.signpost.validUntil, w);
  } catch {
    say(w.stale, true);
    waitFor(new Date(Date.now() + 60_000), w);
  }
}

const first = spoken(languages[0] ?? "en");
const w = wordsFor(first);
setLanguage(first, directionOf(first));
say(w.loading, true);
try {
  const data = await ask(api(), variables);
  if (data.post) show(data);
  else fail(w.missing, w);
} catch (error) {
  console.error(error);
  fail(w.failed, w);
}
