#include "http/range.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "core/time.h"
#include "http/field_list.h"
#include "http/server/reply_head.h"

namespace minato::http {
namespace {

constexpr std::size_t kMaxRanges = 10;

// Digits only. A number beyond 2^64 is as good as the largest.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? value : UINT64_MAX;
}

struct Spec {
  bool valid = false;
  std::optional<ByteRange> range;  // empty: valid but outside of the body
};

Spec parse_spec(std::string_view text, std::uint64_t size) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view tail = text.substr(dash + 1);
  if (dash == 0) {
    const auto length = parse_number(tail);
    if (!length) return {};
    if (*length == 0 || size == 0) return {true, std::nullopt};
    return {true, ByteRange{size - std::min(*length, size), size - 1}};
  }
  const auto first = parse_number(text.substr(0, dash));
  const auto last = tail.empty() ? std::optional<std::uint64_t>(UINT64_MAX) : parse_number(tail);
  if (!first || !last || *last < *first) return {};
  if (*first >= size) return {true, std::nullopt};
  return {true, ByteRange{*first, std::min(*last, size - 1)}};
}

// Joins ranges that overlap or touch. The order asked is kept when none do.
std::vector<ByteRange> coalesced(const std::vector<ByteRange>& ranges) {
  std::vector<ByteRange> sorted = ranges;
  std::sort(sorted.begin(), sorted.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.first < b.first; });
  std::vector<ByteRange> joined;
  for (const ByteRange& range : sorted) {
    if (!joined.empty() && range.first <= joined.back().last + 1) {
      joined.back().last = std::max(joined.back().last, range.last);
    } else {
      joined.push_back(range);
    }
  }
  return joined.size() == ranges.size() ? ranges : joined;
}

std::string content_range(const ByteRange& range, std::uint64_t size) {
  return "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) + "/" +
         std::to_string(size);
}

std::string_view text_of(const Response& response) {
  if (const auto* own = std::get_if<std::string>(&response.body)) return *own;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) {
    return *shared ? std::string_view(**shared) : std::string_view();
  }
  return {};
}

std::variant<std::string, FileSlice> cut(const Response& response, const ByteRange& range) {
  const std::uint64_t length = range.last - range.first + 1;
  if (const auto* file = std::get_if<FileSlice>(&response.body)) {
    return FileSlice{file->file, file->offset + range.first, length};
  }
  return std::string(text_of(response).substr(range.first, length));
}

// Never inside the bytes by accident: derived from the tag of the whole representation and its
// length.
std::string boundary_for(const Response& response, std::uint64_t size) {
  const std::string* etag = response.headers.find("ETag");
  const std::string tag = strong_etag((etag == nullptr ? std::string() : *etag) + "/" +
                                      std::to_string(size) + "/minato-byteranges");
  return "minato-" + tag.substr(1, tag.size() - 2);
}

void make_multipart(Response& response, const std::vector<ByteRange>& ranges, std::uint64_t size) {
  const std::string boundary = boundary_for(response, size);
  const std::string* type = response.headers.find("Content-Type");
  const std::string type_line = type == nullptr ? "" : "Content-Type: " + *type + "\r\n";
  BodyParts parts;
  for (const ByteRange& range : ranges) {
    parts.emplace_back((parts.empty() ? "--" : "\r\n--") + boundary + "\r\n" + type_line +
                       "Content-Range: " + content_range(range, size) + "\r\n\r\n");
    parts.push_back(cut(response, range));
  }
  parts.emplace_back("\r\n--" + boundary + "--\r\n");
  response.body = std::move(parts);
  response.headers.set("Content-Type", "multipart/byteranges; boundary=" + boundary);
}

// A date is a strong validator only when it is exactly the one we would send (s13.1.5).
bool if_range_holds(const Request& request, const Response& response) {
  const std::string* condition = request.headers.find("If-Range");
  if (condition == nullptr) return true;
  const Validators validators = validators_of(response.headers);
  if (condition->starts_with('"')) return *condition == validators.etag;
  const auto date = core::parse_http_date(*condition);
  return date && validators.last_modified && date == validators.last_modified;
}

}  // namespace

RangeSet parse_ranges(std::string_view header, std::uint64_t size) {
  const std::size_t equals = header.find('=');
  if (equals == std::string_view::npos ||
      !equals_ignoring_case(trim_blanks(header.substr(0, equals)), "bytes")) {
    return {};
  }
  const std::vector<std::string_view> specs = split_list(header.substr(equals + 1));
  if (specs.empty() || specs.size() > kMaxRanges) return {};
  RangeSet set;
  for (const std::string_view text : specs) {
    const Spec spec = parse_spec(text, size);
    if (!spec.valid) return {};
    if (spec.range) set.ranges.push_back(*spec.range);
  }
  set.kind = set.ranges.empty() ? RangeSet::Kind::kUnsatisfiable : RangeSet::Kind::kPartial;
  set.ranges = coalesced(set.ranges);
  return set;
}

void apply_range(const Request& request, Response& response) {
  const auto size = body_length(response);
  if (response.status != 200 || !size || std::holds_alternative<BodyParts>(response.body)) return;
  response.headers.set("Accept-Ranges", "bytes");
  const std::string* header = request.headers.find("Range");
  if (header == nullptr || request.method != "GET" || !if_range_holds(request, response)) return;
  const RangeSet set = parse_ranges(*header, *size);
  if (set.kind == RangeSet::Kind::kWhole) return;
  if (set.kind == RangeSet::Kind::kUnsatisfiable) {
    response.status = 416;
    response.headers.set("Content-Range", "bytes */" + std::to_string(*size));
    return;
  }
  response.status = 206;
  if (set.ranges.size() > 1) return make_multipart(response, set.ranges, *size);
  response.headers.set("Content-Range", content_range(set.ranges.front(), *size));
  auto part = cut(response, set.ranges.front());
  if (auto* text = std::get_if<std::string>(&part)) {
    response.body = std::move(*text);
  } else {
    response.body = std::get<FileSlice>(part);
  }
}

}  // namespace minato::http
