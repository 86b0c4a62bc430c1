// Elements from names, attributes and children; text is always text.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** HTML that the API promises to be safe. The page's content security policy runs no script from it in any case. */
export function safeHtml(name, html, attributes = {}) {
  const element = el(name, attributes);
  element.innerHTML = html;
  return element;
}

/** What marks words in a language of their own, for whoever reads them aloud. */
export const tongue = (content) => ({ lang: content.language, dir: content.direction.toLowerCase() });
