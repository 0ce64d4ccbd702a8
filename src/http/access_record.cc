// The text of one line of the access log.
#include <array>
#include <charconv>
#include <cstdio>

#include "http/access_log.h"
#include "http/field_list.h"

namespace minato::http {
namespace {

constexpr std::size_t kMaxTarget = 2048;
constexpr std::array<std::string_view, 9> kSecretNames = {
    "token",  "key",           "apikey",  "api_key",     "password",
    "secret", "authorization", "api-key", "access_token"};

bool is_secret(std::string_view name) {
  for (const std::string_view secret : kSecretNames) {
    if (equals_ignoring_case(name, secret)) return true;
  }
  return false;
}

// Both formats take the same escapes: what JSON needs, and \u00XX for all that is not printable
// ASCII, so that a line stays one line on every terminal.
void append_escaped(std::string_view text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::size_t plain = 0;  // where the run of characters that need nothing began
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i];
    } else {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  out.append(text, plain);
}

// Names are compared as sent: a client that hides the name of its own secret behind %XX gains
// nothing.
void append_target(std::string_view target, std::string& out) {
  const bool cut = target.size() > kMaxTarget;
  target = target.substr(0, kMaxTarget);
  const std::size_t mark = target.find('?');
  append_escaped(target.substr(0, mark), out);
  if (mark != std::string_view::npos) {
    char separator = '?';
    for (std::string_view rest = target.substr(mark + 1);;) {
      const std::size_t end = rest.find('&');
      const std::string_view pair = rest.substr(0, end);
      const std::size_t equals = pair.find('=');
      out += separator;
      separator = '&';
      if (equals != std::string_view::npos && is_secret(pair.substr(0, equals))) {
        append_escaped(pair.substr(0, equals), out);
        out += "=***";
      } else {
        append_escaped(pair, out);
      }
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  }
  if (cut) out += "...";
}

void append_number(std::uint64_t value, std::string& out) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end.ptr);
}

// Milliseconds with three digits: "12.345".
void append_milliseconds(std::chrono::nanoseconds took, std::string& out) {
  const auto us = static_cast<std::uint64_t>(took.count() < 0 ? 0 : took.count() / 1000);
  append_number(us / 1000, out);
  const auto fraction = static_cast<unsigned>(us % 1000);
  out += '.';
  out += static_cast<char>('0' + fraction / 100);
  out += static_cast<char>('0' + fraction / 10 % 10);
  out += static_cast<char>('0' + fraction % 10);
}

// The date and the time to the second are made once per second and thread.
void append_time(core::Timestamp time, std::string& out) {
  thread_local std::int64_t last_second = -1;
  thread_local std::string text;
  const std::int64_t second = time.us / 1'000'000;
  if (second != last_second) {
    text = core::to_rfc3339(core::Timestamp{second * 1'000'000});
    if (!text.empty()) text.pop_back();  // the Z
    last_second = second;
  }
  const auto ms = static_cast<unsigned>(time.us / 1000 % 1000);
  out += text;
  out += '.';
  out += static_cast<char>('0' + ms / 100);
  out += static_cast<char>('0' + ms / 10 % 10);
  out += static_cast<char>('0' + ms % 10);
  out += 'Z';
}

void append_text(const AccessRecord& record, std::string& out) {
  append_time(record.time, out);
  out += ' ';
  append_escaped(record.peer.empty() ? "-" : record.peer, out);
  out += " \"";
  append_escaped(record.method, out);
  out += ' ';
  append_target(record.target, out);
  out += "\" ";
  append_number(static_cast<std::uint64_t>(record.status), out);
  out += ' ';
  record.bytes ? append_number(*record.bytes, out) : out.push_back('-');
  out += ' ';
  append_milliseconds(record.took, out);
  out += "ms ";
  append_escaped(record.request_id.empty() ? "-" : record.request_id, out);
  out += ' ';
  append_escaped(record.operation.empty() ? "-" : record.operation, out);
}

void append_json(const AccessRecord& record, std::string& out) {
  const auto field = [&out](std::string_view name, std::string_view value) {
    out.append(",\"").append(name).append("\":\"");
    append_escaped(value, out);
    out += '"';
  };
  out += "{\"time\":\"";
  append_time(record.time, out);
  out += '"';
  field("peer", record.peer);
  field("method", record.method);
  out += ",\"target\":\"";
  append_target(record.target, out);
  out += "\",\"status\":";
  append_number(static_cast<std::uint64_t>(record.status), out);
  out += ",\"bytes\":";
  record.bytes ? append_number(*record.bytes, out) : static_cast<void>(out.append("null"));
  out += ",\"ms\":";
  append_milliseconds(record.took, out);
  field("request_id", record.request_id);
  field("operation", record.operation);
  out += '}';
}

}  // namespace

void format_access_record(const AccessRecord& record, AccessLogFormat format, std::string& out) {
  format == AccessLogFormat::kJson ? append_json(record, out) : append_text(record, out);
}

}  // namespace minato::http
