// The page of a table, as a person handles it.

// "1,234" of what the page says about the rows that fit: the sentence that is said to screen readers.
export async function shownCount(page) {
  const said = await page.locator("main [data-announce]").first().textContent();
  const count = said.match(/(?:条件に合う|全)\s*([\d,]+)\s*行/) ?? said.match(/([\d,]+) rows?/);
  if (!count && /ありません|No rows/.test(said)) return 0;
  return Number(count?.[1].replaceAll(",", ""));
}

// [{column: cell}] of the table as it is shown.
export async function shownRows(page) {
  return page.locator("main table.data").first().evaluate((table) => {
    const text = (cell) => cell.textContent.trim();
    // A heading says more than its column's name: the order, a unit, a title.
    const names = [...table.tHead.rows[0].cells].map((cell) => (cell.querySelector("a") ?? cell).firstChild.textContent.trim());
    return [...table.tBodies[0].rows].map((row) =>
      Object.fromEntries([...row.cells].map((cell, index) => [names[index], text(cell)])));
  });
}

// Adds a condition with the page's form, opening it when it is folded.
export async function addCondition(page, column, operator, value) {
  const field = page.getByLabel("列", { exact: true }).or(page.getByLabel(/^列を選ぶ$/)).first();
  if (!await field.isVisible()) await page.locator("summary", { hasText: "条件を加える" }).first().click();
  await field.selectOption({ label: column });
  const operators = page.getByLabel("くらべ方");
  const labels = await operators.locator("option").allTextContents();
  await operators.selectOption({ label: labels.find((label) => label.trim() === operator || operator.test?.(label.trim())) });
  await page.getByLabel("値", { exact: true }).fill(value);
  const before = page.url();
  await page.getByRole("button", { name: "加える" }).click();
  await page.waitForURL((url) => url.href !== before);
}

export async function openTab(page, name) {
  await page.getByRole("navigation", { name: "表の見方" }).getByRole("link", { name }).click();
  await page.locator(`nav a[aria-current]`, { hasText: name }).waitFor();
}

// [{column: field}] of CSV with a header.
export function readCsv(text) {
  const records = [...text.replace(/^\uFEFF/, "").matchAll(/((?:"(?:[^"]|"")*"|[^,\r\n"])*)(,|\r?\n|$)/g)]
    .reduce((all, [, field, end]) => {
      all.at(-1).push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
      if (end !== ",") all.push([]);
      return all;
    }, [[]]).filter((record) => record.length > 1 || record[0]);
  const [head, ...rows] = records;
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""])));
}
