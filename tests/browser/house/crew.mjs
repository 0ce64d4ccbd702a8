// The same look at many pages, by a few visitors at once.
import { visit } from "./visitor.mjs";

const kAtOnce = 2;

// All faults that body(page, pageType) tells of the pages, and those of the visits. enter(page) comes
// first for each visitor.
export async function faultsOfPages(house, pages, { language = "ja", enter = async () => {} }, body) {
  const waiting = [...pages];
  const faults = [];
  await Promise.all(Array.from({ length: kAtOnce }, async () => {
    const visitor = await visit(house.browser, house.site, { language });
    try {
      await enter(visitor.page);
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        try {
          faults.push(...await body(visitor.page, next));
        } catch (error) {
          faults.push(`${next.name}: ${error.message}`);
        }
      }
      faults.push(...visitor.faults);
    } finally {
      await visitor.close();
    }
  }));
  return faults;
}
