/** Links: where one may lead to. Whatever else is written as one is shown as it was written. */

/** docs/topics/markdown.md; nothing that runs in the page, and nothing that only this machine knows. */
const SCHEMES: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "irc:", "ircs:", "hubbub:"]);

/** Return the address as the browser will read it, or `undefined` where it may not be followed. */
export function safeHref(written: string): string | undefined {
  // As URL reads it, so does whoever follows it: `java\tscript:` and its like are seen through.
  const url = parse(written);
  return url !== undefined && SCHEMES.has(url.protocol) ? url.href : undefined;
}

/** Words that look like an address, and the host in it. */
const ADDRESS =
  /^\s*(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^\s/@]+@)?([^\s/?#:]+\.\p{L}{2,}(?::\d+)?)(?:[/?#]|\s*$)/iu;

/**
 * Return the host to which a link leads whose words name another: `https://bank.example` may lead anywhere.
 * Empty where the words promise nothing, or keep what they promise.
 */
export function hiddenHost(words: string, href: string): string {
  const host = parse(href)?.host ?? "";
  const promised = ADDRESS.exec(words)?.[1];
  if (promised === undefined || host === "") return "";
  return parse(`http://${promised}`)?.host === host ? "" : host;
}

/** COMPAT: `URL.parse` does it, which Safari has from 18 on and Chrome from 126; goes when nobody comes with an older one. */
function parse(written: string): URL | undefined {
  return URL.canParse(written) ? new URL(written) : undefined;
}
