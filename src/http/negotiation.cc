#include "http/negotiation.h"

#include <algorithm>
#include <cctype>

#include "http/field_list.h"

namespace minato::http {
namespace {

constexpr int kUnlisted = -1;

int quality_of(const std::vector<QualityValue>& list, std::string_view name) {
  int wildcard = kUnlisted;
  for (const QualityValue& member : list) {
    if (member.value == name) return member.quality;
    if (member.value == "*") wildcard = member.quality;
  }
  return wildcard;
}

// The quality for "type/subtype" by the most specific range that covers it.
int media_quality(const std::vector<QualityValue>& list, std::string_view media_type) {
  const std::string_view type = media_type.substr(0, media_type.find('/'));
  int by_type = kUnlisted;
  int by_any = kUnlisted;
  for (const QualityValue& member : list) {
    if (member.value == media_type) return member.quality;
    if (member.value == "*/*" || member.value == "*") by_any = member.quality;
    if (member.value.size() == type.size() + 2 && member.value.starts_with(type) &&
        member.value.ends_with("/*")) {
      by_type = member.quality;
    }
  }
  return by_type != kUnlisted ? by_type : by_any;
}

}  // namespace

std::string_view coding_name(Coding coding) {
  switch (coding) {
    case Coding::kGzip:
      return "gzip";
    case Coding::kZstd:
      return "zstd";
    case Coding::kIdentity:
      break;
  }
  return {};
}

Coding choose_coding(std::string_view accept_encoding) {
  const std::vector<QualityValue> list = parse_quality_list(accept_encoding);
  const int zstd = quality_of(list, "zstd");
  const int gzip = std::max(quality_of(list, "gzip"), quality_of(list, "x-gzip"));
  const int identity = quality_of(list, "identity");
  // An identity that is not listed is acceptable but never preferred (s12.5.3).
  if (zstd > 0 && zstd >= gzip && zstd >= identity) return Coding::kZstd;
  if (gzip > 0 && gzip >= identity) return Coding::kGzip;
  return Coding::kIdentity;
}

core::Language choose_language(std::string_view accept_language) {
  int japanese = 0;
  int english = 0;
  for (const QualityValue& member : parse_quality_list(accept_language)) {
    const std::string_view primary =
        std::string_view(member.value).substr(0, member.value.find('-'));
    if (primary == "ja" || primary == "*") japanese = std::max(japanese, member.quality);
    if (primary == "en") english = std::max(english, member.quality);
  }
  return english > japanese ? core::Language::kEn : core::Language::kJa;
}

std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             const std::vector<std::string>& offered) {
  if (offered.empty()) return std::nullopt;
  const std::vector<QualityValue> list = parse_quality_list(accept);
  if (list.empty()) return 0;
  std::optional<std::size_t> best;
  int best_quality = 0;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const int quality = media_quality(list, media_type_of(offered[i]));
    if (quality > best_quality) {
      best = i;
      best_quality = quality;
    }
  }
  return best;
}

std::string media_type_of(std::string_view content_type) {
  std::string_view type = trim_blanks(content_type.substr(0, content_type.find(';')));
  return lower_ascii(type);
}

}  // namespace minato::http
