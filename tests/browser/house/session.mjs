// A session of the staff corner without a browser.
import { inLanguage } from "./page_types.mjs";

// Signs in as the form does. {cookie, cookies, formToken}: the Cookie field, the Set-Cookie fields
// as they came, and what every form of the session must carry.
export async function openSession(site, token, language = "ja") {
  const reply = await fetch(site + inLanguage("/manage/sign-in", language), {
    method: "POST", redirect: "manual", headers: { Origin: site },
    body: new URLSearchParams({ token, to: inLanguage("/manage", language) }),
  });
  const cookies = reply.headers.getSetCookie();
  if (reply.status !== 303 || cookies.length === 0) {
    throw new Error(`sign-in: ${reply.status} ${(await reply.text()).slice(0, 500)}`);
  }
  const path = inLanguage("/manage", language);
  const sent = cookies.filter((field) => new RegExp(`;\\s*path=${path}(;|$)`, "i").test(field));
  const cookie = sent.map((field) => field.split(";")[0]).join("; ");
  const page = await (await fetch(site + path, { headers: { Cookie: cookie } })).text();
  return { cookie, cookies, formToken: page.match(/name="form_token" value="([^"]*)"/)?.[1] };
}
