// Suggestions below a search box: a combobox with a list (ARIA 1.2). The words typed stay in the
// box until a suggestion is chosen; choosing one opens that dataset's page (or searches, when several
// datasets have that title), and Enter without a choice searches, as it does without this script.
import { announce } from "./site.js";

const WAIT_MS = 150;  // a pause in typing
const SHORTEST = 1;   // one kanji says a lot
const MOST = 8;       // titles shown
let boxes = 0;

// Titles in their order, each with the names of the datasets that have it.
function byTitle(datasets) {
  const names = new Map();
  for (const { title, name } of datasets) names.set(title || name, [...(names.get(title || name) || []), name]);
  return [...names].slice(0, MOST).map(([title, those]) => ({ title, names: those }));
}

class SuggestBox {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${++boxes}`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestLabel || "");
    this.list.hidden = true;
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    this.addHelp();
    this.chosen = -1;
    this.asked = "";
    input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
    // Kanji are typed as kana first: what counts is what they become.
    input.addEventListener("compositionend", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Before the box loses the focus, which closes the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.open(option);
    });
  }

  addHelp() {
    if (!this.input.dataset.suggestHelp) return;
    const help = document.createElement("span");
    help.id = `${this.list.id}-help`;
    help.hidden = true;  // hidden elements still describe
    help.textContent = this.input.dataset.suggestHelp;
    this.list.after(help);
    this.input.setAttribute("aria-describedby", help.id);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (typed === this.asked) return;
    this.asked = typed;
    this.fetching?.abort();
    if (typed.length < SHORTEST) { this.close(); return; }
    const fetching = this.fetching = new AbortController();
    try {
      const reply = await fetch(this.input.dataset.suggest + encodeURIComponent(typed), { signal: fetching.signal });
      if (!reply.ok) { this.close(); return; }
      const { result } = await reply.json();
      if (this.input.value.trim() === typed && document.activeElement === this.input) this.show(byTitle(result || []));
    } catch {
      // Given up for a newer question, or no network: searching goes on without suggestions.
    }
  }

  show(found) {
    this.list.replaceChildren(...found.map((dataset, place) => this.option(dataset, place)));
    this.choose(-1);
    const any = found.length > 0;
    this.list.hidden = !any;
    this.input.setAttribute("aria-expanded", String(any));
    const { suggestCount, suggestNone } = this.input.dataset;
    announce(any ? suggestCount?.replace("{count}", found.length) : suggestNone);
  }

  option({ title, names }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.lang = "ja";  // titles are as the publisher wrote them
    option.dataset.title = title;
    // Every town has its "AED設置箇所一覧": one line stands for all of them.
    const several = this.input.dataset.suggestSeveral;
    option.textContent = names.length > 1 && several ?
      several.replace("{title}", () => title) : title;
    if (names.length === 1) option.dataset.name = names[0];
    return option;
  }

  choose(place) {
    const options = [...this.list.children];
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    this.chosen = place;
    if (place < 0) {
      this.input.removeAttribute("aria-activedescendant");
    } else {
      this.input.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    if (event.isComposing) return;  // Enter and arrows belong to the input method
    const count = this.list.hidden ? 0 : this.list.children.length;
    if (event.key === "Escape" && count > 0) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      // One place more than options: back in the box, with nothing chosen.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose((this.chosen + 1 + step + count + 1) % (count + 1) - 1);
    } else if (event.key === "ArrowDown") {
      this.asked = "";
      this.ask();
    } else if (event.key === "Enter" && count > 0 && this.chosen >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.chosen]);
    }
  }

  open(option) {
    this.input.value = option.dataset.title;
    this.asked = option.dataset.title;
    this.close();
    if (!option.dataset.name) { this.input.form.requestSubmit(); return; }
    location.assign(this.input.dataset.suggestPage + encodeURIComponent(option.dataset.name));
  }

  close() {
    clearTimeout(this.timer);
    this.fetching?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }
}

function setUp(root) {
  for (const input of root.querySelectorAll("input[data-suggest]:not([role=combobox])")) new SuggestBox(input);
}

setUp(document);
document.addEventListener("minato:swapped", (event) => setUp(event.target));
