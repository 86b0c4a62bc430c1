// The parts of the page, each from its piece of the answer.

import { el, safeHtml, tongue } from "./dom.js";
import { day, number } from "./words.js";

export function intro(post, w, fallback) {
  return el("header", {},
    el("h1", {}, post.title),
    post.isFallback && fallback,
    post.summary && el("p", { class: "summary" }, post.summary),
    el("p", { class: "meta" },
      post.authors.length > 0 && el("span", {}, `${w.by} `,
        ...post.authors.flatMap((author, i) => [i > 0 && ", ", el("strong", tongue(author), author.name),
          author.role && " ", author.role && el("bdi", tongue(author), `(${author.role})`)])),
      moment(w.published, post.publishedAt, post.language),
      moment(w.updated, post.updatedAt, post.language),
      el("span", {}, `${w.reading} ${number(post.readingMinutes, post.language)}`)),
    post.contentNotes.length > 0 && el("section", { class: "notice", "aria-labelledby": "note" },
      el("h2", { id: "note" }, w.note), ...post.contentNotes.map((note) => el("p", {}, note.text))));
}

function moment(label, value, language) {
  return value && el("span", {}, `${label} `, el("time", { datetime: value }, day(value, language)));
}

export function contents(post, w) {
  const headings = post.body.headings.filter((heading) => heading.level === 2);
  return headings.length > 1 && el("nav", { "aria-labelledby": "contents", class: "contents" },
    el("h2", { id: "contents" }, w.contents),
    el("ul", {}, ...headings.map((heading) => el("li", {}, el("a", { href: `#${heading.anchor}` }, heading.plainText)))));
}

/** The text, each picture of a chart replaced by the chart drawn for this width. Links within the site lead to where it is shown. */
export function text(post, site, w, linkTo) {
  const body = safeHtml("div", post.body.html);
  for (const link of body.querySelectorAll('a[href^="/"]')) link.href = place(link.getAttribute("href"), post, site, linkTo);
  for (const set of post.body.blocks.map((block) => block.statisticSet).filter(Boolean)) {
    body.querySelector(`figure[data-chart="${CSS.escape(set.slug)}"]`)?.replaceWith(chart(set, w));
  }
  return el("section", { "aria-labelledby": "text", class: "text" }, el("h2", { id: "text" }, w.text), body);
}

/** This page shows every post, and the campaigns and services of its own; the rest is the site's. */
function place(path, post, site, linkTo) {
  const [, slug] = path.match(/^(?:\/[a-z-]+)?\/posts\/([^/?#]+)$/i) ?? [];
  if (slug) return linkTo(decodeURIComponent(slug));
  if (post.campaigns.some((campaign) => campaign.path === path)) return "#campaigns";
  if (post.signpost.items.some(({ service }) => service.path === path)) return "#help";
  return new URL(path, site.url).href;
}

export function chart(set, w) {
  const [part, ...rest] = set.chart.columns;
  return el("figure", { class: "chart", ...tongue(set) },
    safeHtml("div", set.chart.svg),
    el("details", {},
      el("summary", {}, w.chart),
      el("p", {}, set.chart.longDescription),
      el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": set.title },
        el("table", {},
          el("caption", {}, set.title),
          el("thead", {}, el("tr", {}, ...[part, ...rest].map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, ...set.chart.rows.map(([name, ...cells]) =>
            el("tr", {}, el("th", { scope: "row" }, name), ...cells.map((cell) => el("td", {}, cell))))))),
      el("p", {}, el("a", { href: set.csvUrl }, w.csv))));
}

/** The statistics of the text, or else those of its campaigns with the sets that follow the latest figures. */
export function figures(post, w) {
  const own = post.statistics.length > 0;
  const statistics = (own ? post.statistics : post.campaigns.flatMap((campaign) => campaign.statistics)).filter((s) => s.figure);
  if (statistics.length === 0) return null;
  const sets = new Map(own ? [] : statistics.flatMap((s) => s.sets)
    .filter((set) => set.parts.every((p) => p.period === null)).map((set) => [set.slug, set]));
  const sources = [...new Map(statistics.map(({ figure }) => [figure.fullCitation, figure])).keys()];
  return el("section", { "aria-labelledby": "figures" },
    el("h2", { id: "figures" }, w.figures),
    ...[...sets.values()].map((set) => chart(set, w)),
    el("ul", { class: "figures" }, ...statistics.map((statistic) => figure(statistic, w))),
    el("h3", {}, w.sources),
    el("ul", { class: "sources" }, ...sources.map((source) => el("li", {}, el("bdi", {}, source)))));
}

function figure(statistic, w) {
  const { figure } = statistic;
  return el("li", {},
    figure.statement && safeHtml("p", figure.statement.html, { class: "statement", ...tongue(statistic) }),
    el("p", { class: "meta" },
      el("span", {}, `${w.period} ${figure.period.label}`),
      figure.source.url ? el("a", { href: figure.source.url, rel: "noreferrer" }, el("bdi", {}, figure.citation)) : el("bdi", {}, figure.citation)),
    figure.caveat && el("p", { lang: figure.caveatLanguage, dir: "auto" }, figure.caveat),
    figure.freshness !== "FRESH" && el("p", {}, w.due),
    el("details", {}, el("summary", {}, w.definition), el("p", tongue(statistic), statistic.definition)));
}

/** Whom to turn to, in the order of the API, with what is true of each channel now. */
export function signpost(post, w) {
  const { message, items, emergency } = post.signpost;
  return [
    el("h2", { id: "help-title" }, w.help),
    el("p", {}, message),
    ...items.map(({ service, channels }) => el("section", { class: "service" },
      el("h3", tongue(service), service.name),
      service.alert && el("p", { class: "notice", ...tongue(service) }, service.alert.text),
      service.summary && el("p", tongue(service), service.summary),
      el("ul", {}, ...channels.map((channel) => reach(channel, w))),
      service.confidentiality && el("p", { class: "quiet", ...tongue(service) }, service.confidentiality.statement))),
    el("p", { class: "emergency" }, el("a", { href: emergency.actionUrl }, emergency.sentence)),
  ];
}

function reach(channel, w) {
  const display = el("bdi", { dir: "ltr" }, channel.display);
  return el("li", {},
    el("span", tongue(channel), channel.label), el("br"),
    channel.actionUrl ? el("a", { class: "reach", href: channel.actionUrl, rel: "noreferrer" }, display) : display,
    channel.openState && el("p", { class: `state ${channel.openState.status.toLowerCase()}` }, channel.openState.sentence),
    channel.hours && el("p", { class: "quiet" }, channel.hours.description),
    channel.safetyNotes.length > 0 && el("details", {}, el("summary", {}, w.notes),
      el("ul", tongue(channel), ...channel.safetyNotes.map((note) => el("li", {}, note)))));
}

export function campaign({ name, edition, ...content }, w, language) {
  if (!edition) return null;
  const span = [...new Set([edition.startsOn, edition.endsOn])];
  const sure = edition.dateStatus === "PROVISIONAL" ? ` (${w.provisional})` : "";
  const own = { lang: edition.language, dir: "auto" };
  const state = { UPCOMING: `${w.days} ${number(edition.daysUntil, language)}`, LIVE: w.live, ENDED: w.ended }[edition.state];
  return el("section", { "aria-label": w.campaign },
    el("h2", tongue(content), name),
    el("p", {}, `${w.when} `, ...span.flatMap((date, i) => [i > 0 && " – ", el("time", { datetime: date }, day(date, language))]), sure),
    el("p", {}, el("strong", {}, state)),
    edition.theme ? el("p", {}, `${w.theme} `, el("bdi", own, edition.theme)) : edition.state === "UPCOMING" && el("p", {}, w.noTheme),
    edition.summary && el("p", own, edition.summary),
    edition.hashtags.length > 0 && el("ul", { class: "tags", "aria-label": w.hashtags },
      ...edition.hashtags.map((tag) => el("li", {}, el("bdi", {}, tag)))),
    edition.actions.length > 0 && el("h3", {}, w.actions),
    edition.actions.length > 0 && el("ul", {}, ...edition.actions.map((wanted) => action(wanted, own))),
    edition.shareMessages.length > 0 && el("h3", { id: "share" }, w.share),
    ...edition.shareMessages.map((message) => share(message, w, language, own)));
}

function action({ kind, label, url }, own) {
  const href = { GET_HELP: "#help", SHARE: "#share" }[kind] ?? url;
  const words = el("bdi", own, label);
  return el("li", {}, href ? el("a", { href, rel: "noreferrer" }, words) : words);
}

function share({ network, text, length, limit, shareUrl }, w, language, own) {
  const name = { SMS: w.sms, EMAIL: w.email, X: "X" }[network] ?? network[0] + network.slice(1).toLowerCase();
  return el("figure", { class: "share" },
    el("blockquote", own, text),
    el("figcaption", {},
      shareUrl ? el("a", { href: shareUrl, rel: "noreferrer" }, `${w.share}: ${name}`) : name,
      el("span", {}, w.characters(number(length, language), number(limit, language)))));
}

export function related(post, w, linkTo) {
  return post.related.length > 0 && el("section", { "aria-labelledby": "related" },
    el("h2", { id: "related" }, w.related),
    el("ul", { class: "cards" }, ...post.related.map((other) => el("li", tongue(other),
      el("a", { href: linkTo(other.slug) }, other.title), other.summary && el("p", {}, other.summary)))));
}

export function footer(post, site, w) {
  const { organisation } = site;
  return [
    el("h2", {}, w.reuse),
    safeHtml("p", post.attribution.html),
    el("p", {}, organisation.url ? el("a", { href: organisation.url }, organisation.name) : organisation.name,
      ...organisation.registrations.map(({ scheme, number }) => ` · ${scheme} ${number}`)),
  ];
}
