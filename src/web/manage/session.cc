#include "web/manage/session.h"

#include <array>
#include <utility>

#include "core/uuid.h"

namespace minato::web {
namespace {

constexpr std::string_view kName = "minato_session";
constexpr std::array<std::string_view, 2> kPaths = {"/manage", "/en/manage"};
constexpr std::string_view kSessionBinding = "session";
constexpr std::string_view kFormMark = "form";
constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kMaxCookies = 8'192;  // bytes of the header that are looked at

std::vector<std::string> set_cookies(std::string_view value, std::int64_t seconds) {
  std::vector<std::string> fields;
  for (const std::string_view path : kPaths) {
    fields.push_back(std::string(kName) + "=" + std::string(value) + "; Path=" + std::string(path) +
                     "; Max-Age=" + std::to_string(seconds) +
                     "; Secure; HttpOnly; SameSite=Strict");
  }
  return fields;
}

// What follows "name=" in "a=b; name=value"; empty: it is not there.
std::string_view cookie_value(std::string_view cookies, std::string_view name) {
  cookies = cookies.substr(0, kMaxCookies);
  while (!cookies.empty()) {
    const std::size_t end = cookies.find_first_of(";,");
    std::string_view pair = cookies.substr(0, end);
    cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    while (pair.ends_with(' ')) pair.remove_suffix(1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

std::string form_binding(const Session& session) { return "form " + session.id; }

}  // namespace

Sessions::Sessions(const std::string& secret) : seals_(secret + "/manage") {}

Session Sessions::begin(std::string token_id, core::Timestamp now, std::int64_t seconds) {
  return {std::move(token_id), core::random_uuid(), {now.us + seconds * 1'000'000}};
}

std::optional<Session> Sessions::read(std::string_view cookies, core::Timestamp now) const {
  const std::string_view value = cookie_value(cookies, kName);
  if (value.empty()) return std::nullopt;
  const auto payload = seals_.open(value, kSessionBinding);
  if (!payload || payload->size() <= kTimeBytes) return std::nullopt;
  const std::size_t blank = payload->find(' ', kTimeBytes);
  if (blank == std::string::npos) return std::nullopt;
  Session session;
  session.until = {static_cast<std::int64_t>(http::number_at(*payload, 0))};
  session.id = payload->substr(kTimeBytes, blank - kTimeBytes);
  session.token_id = payload->substr(blank + 1);
  if (session.until <= now || session.id.empty() || session.token_id.empty()) return std::nullopt;
  return session;
}

std::vector<std::string> Sessions::cookies(const Session& session, std::int64_t seconds) const {
  std::string payload;
  http::append_number(payload, static_cast<std::uint64_t>(session.until.us));
  payload += session.id + " " + session.token_id;
  return set_cookies(seals_.seal(payload, kSessionBinding), seconds);
}

std::vector<std::string> Sessions::no_cookies() { return set_cookies("", 0); }

std::string Sessions::form_token(const Session& session) const {
  return seals_.seal(kFormMark, form_binding(session));
}

bool Sessions::is_form_token(const Session& session, std::string_view text) const {
  return seals_.open(text, form_binding(session)) == std::string(kFormMark);
}

}  // namespace minato::web
