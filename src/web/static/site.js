// Comfort for every page. Nothing here is needed: without it links, forms and pages do the same.

document.documentElement.classList.add("js");

// Says a text to screen readers, once, without moving the focus.
export function announce(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  // Emptied first: the same words twice are otherwise said once.
  setTimeout(() => { live.textContent = text; }, 50);
}

// --- Swapping: a part of the page is replaced by the same part of another address.

let underWay = null;  // of the fetch whose answer is waited for

function swapTargetOf(element) {
  const named = element.dataset.swapTarget;
  if (named) return document.getElementById(named);
  if (element.tagName === "FORM" || "swapLink" in element.dataset) return element.closest("[data-swap]");
  return null;
}

// Where the focus was, so that it is in the same place of the new part.
function placeOfFocus(part) {
  const focused = document.activeElement;
  if (!focused || !part.contains(focused)) return null;
  if (focused.id) return { id: focused.id };
  const alike = (element) => element.tagName === focused.tagName && element.getAttribute("name") === focused.getAttribute("name");
  return { tag: focused.tagName, name: focused.getAttribute("name"), text: focused.textContent.trim(),
           index: [...part.querySelectorAll(focused.tagName)].filter(alike).indexOf(focused) };
}

function restoreFocus(part, place) {
  const wanted = part.querySelector("[data-swap-focus]");
  let element = wanted;
  if (!element && place && place.id) element = document.getElementById(place.id);
  if (!element && place && place.tag) {
    const alike = [...part.querySelectorAll(place.tag)].filter((one) => one.getAttribute("name") === place.name);
    element = alike.find((one) => one.textContent.trim() === place.text && place.text) || alike[place.index];
  }
  // What is folded away in the new part cannot take the focus; the part itself can.
  for (const one of place ? [element, part] : [element]) {
    if (!one) continue;
    if (one.tabIndex < 0 && !one.hasAttribute("tabindex")) one.setAttribute("tabindex", "-1");
    one.focus({ preventScroll: !wanted });
    if (document.activeElement === one) return;
  }
}

async function swap(part, address, { push }) {
  if (underWay) underWay.abort();
  const mine = underWay = new AbortController();
  const place = placeOfFocus(part);
  part.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal, credentials: "same-origin" });
    const next = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = next.getElementById(part.id);
    // A page without that part (an error, a sign-in form) is shown whole.
    if (!fresh) { location.assign(address); return; }
    if (push) history.pushState({ swapped: part.id }, "", reply.url || address);
    document.title = next.title;
    const canonical = document.querySelector("link[rel=canonical]");
    const other = document.querySelector(".site-language a");
    const otherNow = next.querySelector(".site-language a");
    if (canonical) canonical.href = next.querySelector("link[rel=canonical]")?.href || canonical.href;
    if (other && otherNow) other.setAttribute("href", otherNow.getAttribute("href"));
    const adopted = document.adoptNode(fresh);
    part.replaceWith(adopted);
    restoreFocus(adopted, place);
    announce(adopted.querySelector("[data-announce]")?.textContent.trim());
    adopted.dispatchEvent(new CustomEvent("minato:swapped", { bubbles: true }));
  } catch (fault) {
    if (fault.name !== "AbortError") location.assign(address);
  } finally {
    if (underWay === mine) { underWay = null; part.removeAttribute("aria-busy"); }
  }
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[href]");
  if (!link || link.origin !== location.origin || link.hasAttribute("download")) return;
  if (!("swapLink" in link.dataset) && !link.dataset.swapTarget) return;
  const part = swapTargetOf(link);
  if (!part) return;
  event.preventDefault();
  swap(part, link.href, { push: true });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "get") return;
  const part = swapTargetOf(form);
  if (!part) return;
  event.preventDefault();
  const address = new URL(form.action);
  const values = new FormData(form, event.submitter);
  // Empty fields say nothing, and make addresses long.
  address.search = new URLSearchParams([...values].filter(([, value]) => value !== "")).toString();
  swap(part, address.href, { push: true });
});

window.addEventListener("popstate", (event) => {
  const part = document.getElementById(event.state?.swapped || "") || document.querySelector("[data-swap]");
  if (part) swap(part, location.href, { push: false });
});
if (document.querySelector("[data-swap]") && !history.state) {
  history.replaceState({ swapped: document.querySelector("[data-swap]").id }, "");
}

// A choice in a list that has its own button without scripts: it is taken at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submit], input[data-submit]")) event.target.form?.requestSubmit();
});

// --- Copying

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  try {
    await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
    announce(button.dataset.copied);
    const label = button.dataset.label ??= button.textContent;
    button.textContent = button.dataset.copied || label;
    setTimeout(() => { button.textContent = label; }, 2500);
  } catch {
    // Not allowed to write to the clipboard (no HTTPS): the text is selected, to be copied by hand.
    getSelection()?.selectAllChildren(source);
  }
});

// --- Suggestions: a combobox over addresses that give names for what was typed.
if (document.querySelector("input[data-suggest]")) import("./suggest.js");
