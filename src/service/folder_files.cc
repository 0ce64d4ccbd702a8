#include "service/folder_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <system_error>

#include "core/sha256.h"
#include "core/utf8.h"

namespace minato::service {

namespace {

namespace fs = std::filesystem;
using core::ErrorCode;

bool is_plain_path(std::string_view relative) {
  if (relative.empty() || relative.size() > 255 || !core::is_valid_utf8(relative)) return false;
  const bool odd_character = std::any_of(relative.begin(), relative.end(), [](char c) {
    return c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
  });
  if (odd_character || relative.front() == '/' || relative.back() == '/') return false;
  const fs::path path(relative);
  return std::none_of(path.begin(), path.end(), [](const fs::path& part) {
    return part.empty() || part == "." || part == "..";
  });
}

tl::unexpected<core::Error> bad_path(std::string_view relative) {
  const std::string name(core::is_valid_utf8(relative) ? relative : "?");
  return core::fail(ErrorCode::kInvalidArgument, "shipped-file-path",
                    {"ファイル「" + name + "」はデータセットのフォルダーの中にありません。",
                     "The file \"" + name + "\" is not inside the folder of the dataset."},
                    {"フォルダーの中のファイルを、フォルダーからの相対パスで書いてください（.. "
                     "や外へのリンクは使えません）。",
                     "Name a file inside the folder by its relative path; .. and links that lead "
                     "out are refused."});
}

tl::unexpected<core::Error> too_large(const std::string& name, std::uint64_t max_bytes) {
  const std::string limit = std::to_string(max_bytes);
  return core::fail(ErrorCode::kTooLarge, "shipped-file-too-large",
                    {"ファイル「" + name + "」が大きすぎます（上限 " + limit + " バイト）。",
                     "The file \"" + name + "\" is too large (limit " + limit + " bytes)."},
                    {"ファイルを分けるか、よそに置いて url で指してください。",
                     "Split it, or keep it elsewhere and point to it with url."});
}

tl::unexpected<core::Error> unreadable(const std::string& name) {
  return core::fail(
      ErrorCode::kUnavailable, "shipped-file-unreadable",
      {"ファイル「" + name + "」を読めません。", "The file \"" + name + "\" cannot be read."},
      {"このプログラムの利用者に読む権限があるかを確かめてください。",
       "See that the user of this program may read it."});
}

// Calls `take` with the bytes of `file`, piece by piece.
core::Result<void> stream(const fs::path& file, std::uint64_t max_bytes,
                          const std::function<void(std::string_view)>& take) {
  const std::string name = file.filename().string();
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable(name);
  std::array<char, 64 * 1024> buffer{};
  std::uint64_t total = 0;
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    const auto count = static_cast<std::size_t>(in.gcount());
    total += count;
    if (total > max_bytes) return too_large(name, max_bytes);
    take({buffer.data(), count});
  }
  if (in.bad()) return unreadable(name);
  return {};
}

// UTF-8 that arrives in pieces: a character may be cut between two of them.
class Utf8Check {
 public:
  void add(std::string_view piece) {
    if (!valid_) return;
    rest_ += piece;
    const std::size_t whole = rest_.size() - cut_bytes();
    valid_ = core::is_valid_utf8(std::string_view(rest_).substr(0, whole));
    rest_.erase(0, whole);
  }
  [[nodiscard]] bool valid() const { return valid_ && rest_.empty(); }

 private:
  // How many bytes at the end begin a character that is not complete.
  [[nodiscard]] std::size_t cut_bytes() const {
    for (std::size_t back = 1; back <= 3 && back <= rest_.size(); ++back) {
      const auto byte = static_cast<unsigned char>(rest_[rest_.size() - back]);
      if (byte < 0x80) return 0;
      if (byte < 0xC0) continue;
      const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      return length > back ? back : 0;
    }
    return 0;
  }

  std::string rest_;
  bool valid_ = true;
};

}  // namespace

core::Result<fs::path> locate_file(const fs::path& folder, std::string_view relative,
                                   std::uint64_t max_bytes) {
  if (!is_plain_path(relative)) return bad_path(relative);
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) return unreadable(folder.filename().string());
  const fs::path file = fs::canonical(root / fs::path(relative), error);
  if (error || !fs::is_regular_file(file, error)) {
    return core::fail(ErrorCode::kNotFound, "shipped-file-missing",
                      {"ファイル「" + std::string(relative) + "」がありません。",
                       "There is no file \"" + std::string(relative) + "\"."},
                      {"ファイルを置くか、dataset.json の path と schema を直してください。",
                       "Add the file, or correct path and schema in dataset.json."});
  }
  const auto [root_end, ignored] =
      std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  if (root_end != root.end()) return bad_path(relative);
  const std::uintmax_t size = fs::file_size(file, error);
  if (error) return unreadable(std::string(relative));
  if (size > max_bytes) return too_large(std::string(relative), max_bytes);
  return file;
}

core::Result<std::string> read_file(const fs::path& file, std::uint64_t max_bytes) {
  std::string text;
  auto read = stream(file, max_bytes, [&](std::string_view piece) { text += piece; });
  if (!read) return tl::unexpected(std::move(read).error());
  return text;
}

core::Result<FileDigest> digest_file(const fs::path& file, std::uint64_t max_bytes) {
  core::Sha256 hash;
  Utf8Check utf8;
  FileDigest digest;
  auto read = stream(file, max_bytes, [&](std::string_view piece) {
    hash.add(piece);
    utf8.add(piece);
    digest.size += piece.size();
  });
  if (!read) return tl::unexpected(std::move(read).error());
  digest.sha256 = hash.hex();
  digest.utf8 = utf8.valid();
  return digest;
}

}  // namespace minato::service
