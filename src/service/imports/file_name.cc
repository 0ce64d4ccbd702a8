#include "core/utf8.h"
#include "service/imports/uploads.h"

namespace minato::service {

namespace {

constexpr std::size_t kMaxBytes = 255;  // of a name on the file systems of readers

tl::unexpected<core::Error> invalid(core::LocalizedText message) {
  return core::fail(core::ErrorCode::kInvalidArgument, "file-name-invalid", std::move(message),
                    {"「人口統計.csv」のような 255 バイトまでのファイル名を付けてください。",
                     "Give a file name of at most 255 bytes, such as population.csv."});
}

// Characters that are not seen and change what is: controls, and those that turn the direction of
// the text around ("gpj.exe" shown as "exe.jpg").
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029 ||
         c == 0xFEFF;
}

std::string_view trimmed(std::string_view name) {
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  return name;
}

}  // namespace

core::Result<std::string> safe_file_name(std::string_view name) {
  if (!core::is_valid_utf8(name)) {
    return invalid({"ファイル名が UTF-8 ではありません。", "The file name is not UTF-8."});
  }
  if (name.find('\0') != std::string_view::npos) {
    return invalid({"ファイル名に NUL 文字が含まれています。", "The file name has a NUL in it."});
  }
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string kept;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const auto c = core::next_code_point(name, at);
    if (c && !is_invisible(*c)) kept.append(name.substr(begin, at - begin));
  }
  kept = trimmed(kept);
  if (kept.empty() || kept == "." || kept == "..") {
    return invalid({"ファイル名がありません。", "There is no file name."});
  }
  if (kept.size() > kMaxBytes) {
    return invalid({"ファイル名が長すぎます（" + std::to_string(kept.size()) + " バイト）。",
                    "The file name is too long (" + std::to_string(kept.size()) + " bytes)."});
  }
  return kept;
}

}  // namespace minato::service
