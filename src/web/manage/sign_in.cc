#include "web/manage/sign_in.h"

#include <utility>

#include "auth/token.h"
#include "http/url.h"
#include "web/manage/form_body.h"
#include "web/manage/kept_form.h"
#include "web/manage/request_origin.h"

namespace minato::web {
namespace {

constexpr std::int64_t kHourSeconds = 3'600;

http::Response redirect(const std::string& target) {
  http::Response response;
  response.status = 303;
  response.headers.set("Location", target);
  return response;
}

std::string param(const http::Request& request, std::string_view name) {
  const std::string* value = request.query_param(name);
  return value == nullptr ? std::string() : *value;
}

struct SignIn {
  std::string to;
  std::optional<KeptForm> kept = {};
  std::string_view wrong = {};  // key of the text that says what is wrong with the token
};

Page sign_in_page(const Visit& visit, const SignIn& asked) {
  const std::string_view wrong = asked.wrong;
  Page page;
  page.content = "manage_sign_in";
  page.title = visit.texts["manage_sign_in_title"];
  page.path = "/manage/sign-in";
  page.index = false;
  page.section = Section::kManage;
  page.site_search = false;
  page.styles = {"manage.css"};
  page.scripts = {"manage.js"};
  page.status = wrong.empty() ? 200 : 400;
  put(page.view, "to", asked.to);
  put_kept_form(asked.kept, page.view);
  put(page.view, "action", visit.link("/manage/sign-in"));
  put(page.view, "contact", visit.sources.options.contact);
  put(page.view, "signed_out", param(visit.request, "done") == "signed-out");
  put(page.view, "wrong", wrong.empty() ? std::string() : visit.texts[wrong]);
  const std::string hours = std::to_string(visit.sources.options.session_hours);
  put(page.view, "lasts", visit.texts.with("manage_sign_in_lasts", {{"hours", hours}}));
  if (!wrong.empty()) page.title = visit.texts["manage_error_title"] + page.title;
  return page;
}

// Pasted from a command line or a mail: "Authorization: Bearer minato_...", quotes, blanks.
std::string token_in(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '"' || c == '\''; });
  const std::size_t begin = text.find(auth::kTokenPrefix);
  return begin == std::string::npos ? text : text.substr(begin);
}

// Whose token that is. `wrong` tells when it is nobody's.
core::Result<core::Caller> holder_of(const std::string& token, const WebSources& sources,
                                     std::string_view& wrong) {
  if (token.empty()) {
    wrong = "manage_token_missing";
    return core::Caller();
  }
  if (!auth::looks_like_token(token)) {
    wrong = "manage_token_malformed";
    return core::Caller();
  }
  auto caller = sources.accounts.authenticate(token);
  if (caller && caller->is_anonymous()) wrong = "manage_token_unknown";
  return caller;
}

}  // namespace

http::Response to_sign_in(const Visit& visit) {
  std::string to = visit.request.target;
  if (visit.request.method != "GET" && visit.request.method != "HEAD") to = visit.link("/manage");
  return redirect(visit.link("/manage/sign-in") +
                  "?to=" + http::percent_encode(safe_target(to, visit.language)));
}

std::optional<Session> session_of(const Visit& visit, const Sessions& sessions) {
  auto session = sessions.read(visit.request.headers.joined("Cookie"), visit.catalog.now());
  const core::Caller& caller = visit.request.caller;
  if (session && (caller.is_anonymous() || session->token_id != caller.token_id)) session.reset();
  return session;
}

core::Result<http::Response> show_sign_in(const Visit& visit, const Sessions& sessions) {
  const std::string to = safe_target(param(visit.request, "to"), visit.language);
  if (session_of(visit, sessions)) return redirect(to);
  // We come here after signing in, to see whether the browser kept the cookie.
  const bool was_signed_in = param(visit.request, "kept") == "1";
  return render(sign_in_page(visit, {to, {}, was_signed_in ? "manage_cookie_not_kept" : ""}),
                visit);
}

core::Result<http::Response> sign_in_first(const Visit& visit) {
  if (!is_surely_from_here(visit.request, visit.catalog.options().site_url)) {
    return to_sign_in(visit);
  }
  const auto form = read_form(visit.request);
  if (!form) return tl::unexpected(form.error());
  const std::string action = safe_target(visit.request.target, visit.language);
  Page page = sign_in_page(visit, {visit.link("/manage"), keep_form(action, *form)});
  page.status = 401;
  http::Response response = render(page, visit);
  response.headers.set("WWW-Authenticate", "Bearer");
  return response;
}

core::Result<http::Response> sign_in(const Visit& visit, const Sessions& sessions) {
  const WebSources& sources = visit.sources;
  if (!is_from_here(visit.request, visit.catalog.options().site_url)) return form_rejected();
  const auto form = read_form(visit.request);
  if (!form) return tl::unexpected(form.error());
  SignIn asked{safe_target(form->text("to"), visit.language), carried_form(*form, visit.language)};
  const auto caller = holder_of(token_in(form->text("token")), sources, asked.wrong);
  if (!caller) return tl::unexpected(caller.error());
  if (!asked.wrong.empty()) return render(sign_in_page(visit, asked), visit);
  service::WriteContext context;
  context.caller = *caller;
  context.caller.address = visit.request.peer;
  context.caller.request_id = visit.request.id;
  if (auto begun = sources.accounts.begin_session(context); !begun) {
    return tl::unexpected(begun.error());
  }
  const std::int64_t seconds = sources.options.session_hours * kHourSeconds;
  const Session session = Sessions::begin(caller->token_id, visit.catalog.now(), seconds);
  http::Response response =
      asked.kept ? render(resend_page(visit, *asked.kept, sessions.form_token(session),
                                      "manage_resend_signed_in"),
                          visit)
                 : redirect(visit.link("/manage/sign-in") +
                            "?kept=1&to=" + http::percent_encode(asked.to));
  for (std::string& cookie : sessions.cookies(session, seconds)) {
    response.headers.add("Set-Cookie", std::move(cookie));
  }
  return response;
}

core::Result<http::Response> sign_out(const StaffVisit& staff, const FormBody&) {
  const Session& session = staff.session;
  const auto ended =
      staff.sources().accounts.end_session(session.id, session.until, staff.write_context());
  if (!ended) return tl::unexpected(ended.error());
  http::Response response = redirect(staff.link("/manage/sign-in") + "?done=signed-out");
  for (std::string& cookie : Sessions::no_cookies()) {
    response.headers.add("Set-Cookie", std::move(cookie));
  }
  return response;
}

}  // namespace minato::web
