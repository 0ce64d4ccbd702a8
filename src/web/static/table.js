// Comfort on the page of a table: the form for conditions offers what suits the chosen column. Without
// this the server tells what does not suit.

let values = null;  // of the fetch whose answer is waited for

// The values of a column that has few, as suggestions for the field.
async function suggestValues(form, alias) {
  const field = form.querySelector("#f-value");
  let options = form.querySelector("datalist");
  if (!options) {
    options = document.createElement("datalist");
    options.id = "f-values";
    form.append(options);
    field.setAttribute("list", options.id);
  }
  options.replaceChildren();
  if (values) values.abort();
  const mine = values = new AbortController();
  if (!alias) return;
  const address = new URL(form.dataset.facets, location.href);
  address.searchParams.set("facet", alias);
  address.searchParams.set("limit", "50");
  try {
    const reply = await fetch(address, { signal: mine.signal });
    if (!reply.ok) return;
    const { data } = await reply.json();
    for (const { value } of Object.values(data)[0] ?? []) {
      if (value === null || value === "") continue;
      const option = document.createElement("option");
      option.value = String(value);
      options.append(option);
    }
  } catch {
    // No suggestions then.
  }
}

// Operators for texts are no choice for numbers, and the other way round.
function offerOperators(form) {
  const chosen = form.querySelector("#f-column").selectedOptions[0];
  const kind = chosen?.value ? chosen.dataset.kind : "";
  const operators = form.querySelector("#f-op");
  for (const group of operators.querySelectorAll("optgroup")) {
    const suits = !kind || kind === group.dataset.suits;
    group.disabled = !suits;
    group.hidden = !suits;
  }
  if (operators.selectedOptions[0]?.closest("optgroup")?.disabled) operators.value = "eq";
}

// "is empty" needs no value.
function offerValue(form) {
  const needless = /^(not)?null$/.test(form.querySelector("#f-op").value);
  form.querySelector("#f-value").disabled = needless;
}

function setUp() {
  const form = document.querySelector("form[data-condition]");
  if (!form) return;
  form.querySelector("#f-column").addEventListener("change", (event) => {
    offerOperators(form);
    offerValue(form);
    suggestValues(form, event.target.value);
  });
  form.querySelector("#f-op").addEventListener("change", () => offerValue(form));
  offerOperators(form);
  offerValue(form);
}

setUp();
document.addEventListener("minato:swapped", setUp);
