// A person with a keyboard and no mouse.

// About the element that has the focus; "" when it is the page itself.
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return "";
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
    return `<${element.tagName.toLowerCase()}${element.id ? ` id="${element.id}"` : ""}` +
      `${element.name ? ` name="${element.name}"` : ""}> ${label.trim().replace(/\s+/g, " ").slice(0, 60)}`;
  });
}

// Presses Tab until what has the focus fits; throws when the page ends before. `wanted`: a CSS
// selector, or a RegExp of its description (focused()).
export async function tabTo(page, wanted, { most = 250, key = "Tab" } = {}) {
  for (let i = 0; i < most; ++i) {
    await page.keyboard.press(key);
    const fits = wanted instanceof RegExp ? wanted.test(await focused(page))
      : await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, wanted);
    if (fits) return;
  }
  throw new Error(`${wanted} was not reached with ${most} times ${key}; the focus is on ${await focused(page)}`);
}

// Chooses an option of the select that has the focus, by its beginning.
export async function choose(page, text) {
  const place = await page.evaluate((wanted) => {
    const select = document.activeElement;
    const all = [...select.options].filter((option) => !option.disabled && !option.hidden);
    return all.findIndex((option) => option.textContent.trim().startsWith(wanted));
  }, text);
  if (place < 0) throw new Error(`no option ${text} in ${await focused(page)}`);
  await page.keyboard.press("Home");
  for (let i = 0; i < place; ++i) await page.keyboard.press("ArrowDown");
}

// Looks at each stop when the next Tab is pressed: by then the page has scrolled to it.
function watchStops() {
  const tell = (element) => `<${element.tagName.toLowerCase()} ${element.id || element.className}> ` +
    element.textContent.trim().slice(0, 40);
  const styleOf = (element) => [element, element.closest("label, li, summary")].filter(Boolean).map((part) => {
    const style = getComputedStyle(part);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
      style.borderColor, style.textDecorationLine, style.textDecorationThickness].join();
  }).join("|");
  const walk = globalThis.minatoWalk = { faults: [], stops: 0, ended: false };
  let first = null;
  let last = null;

  const lookAt = (element) => {
    const box = element.getBoundingClientRect();
    // A point of what is in sight of it.
    const [left, above] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    const [width, height] = [Math.min(box.right, innerWidth) - left, Math.min(box.bottom, innerHeight) - above];
    const top = width > 0 && height > 0 &&
      document.elementFromPoint(left + Math.min(width, 40) / 2, above + Math.min(height, 20) / 2);
    if (box.width < 2 || box.height < 2) {
      walk.faults.push(`the focus is on something without size: ${tell(element)}`);
    } else if (!top || !(element.contains(top) || top.contains(element) || top.closest("label")?.control === element)) {
      walk.faults.push(`the focus is hidden behind ${top ? tell(top) : "the edge"}: ${tell(element)}`);
    }
    if (element.tabIndex > 0) walk.faults.push(`tabindex ${element.tabIndex}: ${tell(element)}`);
  };
  document.addEventListener("keydown", () => {
    const element = document.activeElement;
    if (walk.ended || element === last?.element) return;  // a field for a date has several stops
    if (last?.element.isConnected && last.style === styleOf(last.element)) {
      walk.faults.push(`the focus is not to be seen: ${tell(last.element)}`);
    }
    if (!element || element === document.body || element === first) {
      walk.ended = walk.stops > 0;
      last = null;
      return;
    }
    first ??= element;
    ++walk.stops;
    lookAt(element);
    last = { element, style: styleOf(element) };
  }, true);
}

// Walks through the page from its top with Tab; lines about stops that cannot be seen, hide behind
// something, or never end.
export async function walk(page, most = 900) {
  await page.evaluate(watchStops);
  const keys = await page.context().newCDPSession(page);
  const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
  let found;
  do {
    for (let i = 0; i < 30; ++i) await keys.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
    found = await page.evaluate(() => globalThis.minatoWalk);
  } while (!found.ended && found.stops < most);
  await keys.detach();
  if (!found.ended) found.faults.push(`the page does not end after ${found.stops} stops`);
  if (found.stops < 3) found.faults.push(`only ${found.stops} stops`);
  return found.faults;
}
