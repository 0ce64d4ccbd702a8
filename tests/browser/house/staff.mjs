// The staff corner's door.
import { inLanguage } from "./page_types.mjs";

// Signs in with the token, as a clerk does. Ends on the first page of the staff corner.
export async function signIn(page, token, language = "ja") {
  await page.goto(inLanguage("/manage", language));
  await page.locator("#field-token").fill(token);
  await page.getByRole("button", { name: language === "ja" ? "サインイン" : /sign in/i }).click();
  await page.waitForURL((url) => url.pathname === inLanguage("/manage", language));
}
