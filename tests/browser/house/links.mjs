// The links of a valid HTML document, read without a browser.

const kNames = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'" };

function plain(text) {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name) => {
    if (name in kNames) return kNames[name];
    const code = name[1]?.toLowerCase() === "x" ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return Number.isInteger(code) ? String.fromCodePoint(code) : whole;
  });
}

// Every value of href, src and action (of forms that only ask), absolute.
export function linksOf(html, base) {
  const found = new Set();
  for (const [, tag, attributes] of html.matchAll(/<([a-z][\w-]*)\s((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)) {
    if (tag === "form" && /method="?post/i.test(attributes)) continue;
    if (tag === "link" && /rel="(canonical|preconnect)"/.test(attributes)) continue;
    for (const [, , quoted] of attributes.matchAll(/(?:^|\s)(href|src|action)="([^"]*)"/g)) {
      found.add(new URL(plain(quoted), base).href);
    }
  }
  return [...found];
}

// Everything a fragment may point to.
export function targetsOf(html) {
  return new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, value]) => plain(value)));
}
