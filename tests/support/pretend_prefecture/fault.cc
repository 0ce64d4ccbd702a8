#include "support/pretend_prefecture/fault.h"

#include <zlib.h>

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace minato::pretend {
namespace {

constexpr std::array<std::pair<std::string_view, FaultKind>, 18> kNames = {{
    {"none", FaultKind::kNone},
    {"status500", FaultKind::kStatus500},
    {"busy", FaultKind::kBusy},
    {"drip", FaultKind::kDrip},
    {"truncate", FaultKind::kTruncate},
    {"wrong-length", FaultKind::kWrongLength},
    {"hang", FaultKind::kHang},
    {"html", FaultKind::kHtml},
    {"gzip-bomb", FaultKind::kGzipBomb},
    {"redirect-metadata", FaultKind::kRedirectMetadata},
    {"redirect-loopback", FaultKind::kRedirectLoopback},
    {"redirect-loop", FaultKind::kRedirectLoop},
    {"endless", FaultKind::kEndless},
    {"many", FaultKind::kMany},
    {"new-ids", FaultKind::kNewIds},
    {"renamed-files", FaultKind::kRenamedFiles},
    {"third-gone", FaultKind::kThirdGone},
    {"bad-record", FaultKind::kBadRecord},
}};

constexpr std::int64_t kBombMegabytes = 4'000;

Reply redirect(std::string to) {
  Reply reply;
  reply.status = 302;
  reply.headers.emplace_back("Location", std::move(to));
  return reply;
}

Reply page(int status, const char* text) {
  Reply reply;
  reply.status = status;
  reply.body = std::string("<!DOCTYPE html><html lang=\"ja\"><head><title>") + text +
               "</title></head><body><h1>" + text + "</h1></body></html>";
  return reply;
}

Reply bomb(std::int64_t megabytes) {
  Reply reply;
  reply.content_type = "application/json";
  reply.headers.emplace_back("Content-Encoding", "gzip");
  reply.body = gzip_bomb(megabytes > 0 ? megabytes : kBombMegabytes);
  return reply;
}

}  // namespace

std::optional<Fault> parse_fault(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  Fault fault;
  if (colon < text.size()) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + colon + 1, end, fault.number);
    if (read.ec != std::errc() || read.ptr != end || fault.number < 0) return std::nullopt;
  }
  for (const auto& [name, kind] : kNames) {
    if (name != text.substr(0, colon)) continue;
    fault.kind = kind;
    return fault;
  }
  return std::nullopt;
}

std::vector<std::string> fault_names() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kNames) names.emplace_back(name);
  return names;
}

bool is_about_content(FaultKind kind) {
  return kind == FaultKind::kMany || kind == FaultKind::kNewIds ||
         kind == FaultKind::kRenamedFiles || kind == FaultKind::kThirdGone ||
         kind == FaultKind::kBadRecord;
}

void Spoiler::set(Fault fault) {
  const std::scoped_lock lock(mutex_);
  fault_ = fault;
  requests_ = 0;
}

Fault Spoiler::fault() const {
  const std::scoped_lock lock(mutex_);
  return fault_;
}

std::optional<Reply> Spoiler::instead_of(const Request& request, const std::string& site_url) {
  const std::scoped_lock lock(mutex_);
  ++requests_;
  const std::int64_t number = fault_.number;
  switch (fault_.kind) {
    case FaultKind::kStatus500:
      if (number > 0 && requests_ % number != 0) return std::nullopt;
      return page(500, "Internal Server Error");
    case FaultKind::kBusy: {
      if (number > 0 && requests_ > number) return std::nullopt;
      Reply reply = page(429, "Too Many Requests");
      reply.headers.emplace_back("Retry-After", "1");
      return reply;
    }
    case FaultKind::kHtml:
      return page(200, "ただいまメンテナンス中です");
    case FaultKind::kGzipBomb:
      return bomb(number);
    case FaultKind::kRedirectMetadata:
      return redirect("http://169.254.169.254/latest/meta-data/");
    case FaultKind::kRedirectLoopback:
      return redirect("http://127.0.2.1" + site_url.substr(site_url.rfind(':')) + "/");
    case FaultKind::kRedirectLoop:
      return redirect(site_url + request.target);
    default:
      return std::nullopt;
  }
}

void Spoiler::spoil(Reply& reply) const {
  const std::scoped_lock lock(mutex_);
  if (fault_.kind == FaultKind::kDrip) reply.manner = Manner::kDrip;
  if (fault_.kind == FaultKind::kTruncate) reply.manner = Manner::kTruncated;
  if (fault_.kind == FaultKind::kWrongLength) reply.manner = Manner::kWrongLength;
  if (fault_.kind == FaultKind::kHang) reply.manner = Manner::kHang;
}

std::string gzip_bomb(std::int64_t megabytes) {
  z_stream stream = {};
  if (::deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2 failed");
  }
  std::string zeros(1 << 20, '\0');
  std::string block(1 << 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(zeros.data());  // zlib counts in unsigned bytes
  stream.avail_in = static_cast<uInt>(zeros.size());
  stream.next_out = reinterpret_cast<Bytef*>(block.data());
  stream.avail_out = static_cast<uInt>(block.size());
  ::deflate(&stream, Z_FULL_FLUSH);
  block.resize(block.size() - stream.avail_out);
  ::deflateEnd(&stream);
  std::string bytes("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  for (std::int64_t i = 0; i < megabytes; ++i) bytes += block;
  return bytes + std::string("\x03\0", 2) + std::string(8, '\0');
}

}  // namespace minato::pretend
