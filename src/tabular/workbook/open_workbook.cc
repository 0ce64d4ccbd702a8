#include <filesystem>
#include <fstream>
#include <utility>

#include "tabular/workbook/compound_file.h"
#include "tabular/workbook/package.h"
#include "tabular/workbook/workbook.h"
#include "tabular/workbook/workbook_errors.h"
#include "tabular/workbook/xls_workbook.h"
#include "tabular/workbook/xlsx_workbook.h"

namespace minato::tabular {
namespace {

// XLS is read into memory; 65,536 rows of 256 columns hardly take more.
constexpr std::uint64_t kMaxXlsBytes = std::uint64_t{256} << 20;
constexpr std::string_view kZipMagic = "PK";

tl::unexpected<core::Error> file_too_large(std::uint64_t max_bytes) {
  const std::string limit = std::to_string(max_bytes >> 20);
  return core::fail(core::ErrorCode::kTooLarge, "file-too-large",
                    {"ファイルが大きすぎます（上限 " + limit + " MB）。",
                     "The file is too large (the limit is " + limit + " MB)."},
                    {"ファイルを分けるか、CSV で保存したものを登録してください。",
                     "Split the file, or publish it as CSV."});
}

tl::unexpected<core::Error> neither() {
  return not_a_workbook("Excel ブックではないファイル", "a file that is no Excel workbook");
}

core::Result<std::unique_ptr<Workbook>> open_package(core::Result<std::shared_ptr<Package>> package,
                                                     const ReadLimits& limits) {
  if (!package) return tl::unexpected(package.error());
  return open_xlsx_workbook(std::move(*package), limits);
}

}  // namespace

core::Result<std::unique_ptr<Workbook>> open_workbook(const std::string& path,
                                                      const ReadLimits& limits) {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    return core::fail(
        core::ErrorCode::kNotFound, "file-missing",
        {"ファイルがないか、読む権限がありません。", "The file is missing or may not be read."},
        {"パスと権限を確認してください。", "Check its path and permissions."});
  }
  if (size > limits.max_bytes) return file_too_large(limits.max_bytes);
  std::string magic(CompoundFile::kMagic.size(), '\0');
  file.read(magic.data(), static_cast<std::streamsize>(magic.size()));
  if (magic.starts_with(kZipMagic)) return open_package(open_zip_package(path, limits), limits);
  if (magic != CompoundFile::kMagic) return neither();
  if (size > kMaxXlsBytes) return file_too_large(kMaxXlsBytes);
  std::string bytes(size, '\0');
  file.clear();
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.gcount() != static_cast<std::streamsize>(bytes.size())) {
    return workbook_damaged("最後まで読めない", "it cannot be read to its end");
  }
  return open_xls_workbook(std::move(bytes), limits);
}

core::Result<std::unique_ptr<Workbook>> open_workbook_bytes(std::string bytes,
                                                            const ReadLimits& limits) {
  if (bytes.size() > limits.max_bytes) return file_too_large(limits.max_bytes);
  if (bytes.starts_with(kZipMagic)) {
    return open_package(open_zip_package_bytes(std::move(bytes), limits), limits);
  }
  if (!bytes.starts_with(CompoundFile::kMagic)) return neither();
  if (bytes.size() > kMaxXlsBytes) return file_too_large(kMaxXlsBytes);
  return open_xls_workbook(std::move(bytes), limits);
}

}  // namespace minato::tabular
