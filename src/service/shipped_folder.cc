#include "service/shipped_folder.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/licenses.h"
#include "core/names.h"
#include "core/sha256.h"
#include "core/uuid.h"
#include "formats/dataset_document.h"
#include "formats/table_schema.h"
#include "service/folder_files.h"
#include "service/metadata_schemas.h"

namespace minato::service {

namespace {

namespace fs = std::filesystem;
using core::Dataset;
using core::Error;
using core::ErrorCode;
using core::Resource;

constexpr std::string_view kDocument = "dataset.json";
// Part of every hash: a new way of reading folders reads them all again.
constexpr std::string_view kHashSeed = "shipped folder 1\n";

tl::unexpected<ShippedFault> fault(std::string_view file, Error error) {
  return tl::unexpected(ShippedFault{std::string(file), std::move(error)});
}

Error invalid(std::vector<core::ErrorDetail> details) {
  const std::string pointer = details.empty() ? "" : details.front().param;
  return {ErrorCode::kInvalidArgument,
          "shipped-dataset-invalid",
          {"dataset.json の " + pointer + " が正しくありません。",
           "dataset.json: " + pointer + " is not valid."},
          {"示した項目を直してください。書き方は datasets/README.md にあります。",
           "Correct the fields named; datasets/README.md tells how."},
          std::move(details),
          {}};
}

core::ErrorDetail detail(std::string pointer, core::LocalizedText message,
                         core::LocalizedText hint) {
  return {std::move(pointer), std::move(message), "", "", "", std::move(hint)};
}

// Takes the extra out of the resource; empty when it has none.
std::string take_extra(Resource& resource, std::string_view key) {
  const auto found = std::find_if(resource.extras.begin(), resource.extras.end(),
                                  [&](const core::Extra& extra) { return extra.key == key; });
  if (found == resource.extras.end()) return {};
  std::string value = std::move(found->value);
  resource.extras.erase(found);
  return value;
}

std::string extra_of(const Resource& resource, std::string_view key) {
  Resource copy = resource;
  return take_extra(copy, key);
}

// data.csv of many folders would collide in a download folder: it is offered as <dataset>.csv.
std::string download_name(const std::string& dataset, const std::string& relative) {
  const fs::path path(relative);
  return path.stem() == "data" ? dataset + path.extension().string() : path.filename().string();
}

class FolderReader {
 public:
  FolderReader(const fs::path& folder, const formats::SchemaValidator& schema)
      : folder_(folder), schema_(schema) {
    hash_.add(kHashSeed);
  }

  tl::expected<ShippedFolder, ShippedFault> read() {
    if (auto document = read_document(); !document) return fault(kDocument, document.error());
    if (auto details = wrong_fields(); !details.empty()) {
      return fault(kDocument, invalid(std::move(details)));
    }
    std::set<std::string> sources;
    for (std::size_t i = 0; i < result_.dataset.resources.size(); ++i) {
      const std::string source = result_.dataset.resources[i].url;
      if (!sources.insert(source).second) return fault(kDocument, repeated(i, source));
      if (auto bad = read_resource(i)) return tl::unexpected(std::move(*bad));
    }
    result_.hash = hash_.hex();
    return std::move(result_);
  }

 private:
  core::Result<std::string> read_text(std::string_view relative) {
    auto path = locate_file(folder_, relative, kMaxDocumentBytes);
    if (!path) return tl::unexpected(std::move(path).error());
    auto text = read_file(*path, kMaxDocumentBytes);
    if (text) add_to_hash(relative, core::sha256_hex(*text));
    return text;
  }

  void add_to_hash(std::string_view relative, std::string_view sha256) {
    hash_.add(relative);
    hash_.add(std::string_view("\0", 1));
    hash_.add(sha256);
    hash_.add("\n");
  }

  core::Result<void> read_document() {
    auto text = read_text(kDocument);
    if (!text) return tl::unexpected(std::move(text).error());
    if (auto valid = check_metadata(schema_, *text, kDocument); !valid) return valid;
    auto dataset = formats::parse_dataset_document(*text);
    if (!dataset) return tl::unexpected(std::move(dataset).error());
    result_.dataset = std::move(*dataset);
    result_.dataset.id = core::stable_uuid("dataset", result_.dataset.name);
    return {};
  }

  std::vector<core::ErrorDetail> wrong_fields() {
    const Dataset& dataset = result_.dataset;
    std::vector<core::ErrorDetail> details = core::check_dataset(dataset);
    if (dataset.name != folder_.filename().string()) {
      details.push_back(
          detail("/name", {"name がフォルダーの名前と違います。", "name is not the folder's name."},
                 {"どちらかを合わせてください。", "Make them the same."}));
    }
    check_license(dataset.license_id, "/license_id", details);
    for (std::size_t i = 0; i < dataset.resources.size(); ++i) {
      const std::string& license = dataset.resources[i].license_id;
      if (!license.empty()) {
        check_license(license, "/resources/" + std::to_string(i) + "/license_id", details);
      }
    }
    auto codes = core::check_municipality_code(dataset.owner_org, "/owner_org");
    details.insert(details.end(), codes.begin(), codes.end());
    return details;
  }

  static void check_license(const std::string& id, std::string pointer,
                            std::vector<core::ErrorDetail>& details) {
    const core::License* license = core::find_license(id);
    if (license != nullptr && license->id == id) return;
    core::LocalizedText hint{"カタログのライセンス一覧にある ID を書いてください。",
                             "Use an id of the catalogue's licence list."};
    if (license != nullptr) {
      hint = {"「" + license->id + "」ですか。", "Did you mean \"" + license->id + "\"?"};
    }
    details.push_back(detail(std::move(pointer),
                             {"知らないライセンスです。", "The licence is not known."},
                             std::move(hint)));
    details.back().got = id;
  }

  static Error repeated(std::size_t index, const std::string& source) {
    return invalid(
        {detail("/resources/" + std::to_string(index),
                {"「" + source + "」が 2 度書かれています。", "\"" + source + "\" is named twice."},
                {"一方を消してください。", "Remove one of them."})});
  }

  std::optional<ShippedFault> read_resource(std::size_t index) {
    Resource& resource = result_.dataset.resources[index];
    const std::string source = resource.url;
    resource.id = core::stable_uuid("resource", result_.dataset.name + "/" + source);
    resource.dataset_id = result_.dataset.id;
    resource.position = static_cast<std::int64_t>(index);
    if (const std::string table = take_extra(resource, "schema"); !table.empty()) {
      auto text = read_text(table);
      if (!text) return ShippedFault{table, text.error()};
      auto columns = formats::parse_table_schema(*text);
      if (!columns) return ShippedFault{table, columns.error()};
      resource.columns = std::move(*columns);
    }
    if (resource.url_type != "upload") return std::nullopt;
    return read_data(index, source);
  }

  std::optional<ShippedFault> read_data(std::size_t index, const std::string& relative) {
    Resource& resource = result_.dataset.resources[index];
    auto path = locate_file(folder_, relative, kMaxDataFileBytes);
    if (!path) return ShippedFault{relative, path.error()};
    auto digest = digest_file(*path, kMaxDataFileBytes);
    if (!digest) return ShippedFault{relative, digest.error()};
    if (!digest->utf8 && extra_of(resource, "encoding") == "UTF-8") {
      return ShippedFault{
          relative, core::fail(ErrorCode::kInvalidArgument, "shipped-file-encoding",
                               {"ファイルが UTF-8 ではありません。", "The file is not UTF-8."},
                               {"UTF-8 で保存するか、encoding に実際の文字コードを書いてください。",
                                "Save it as UTF-8, or name its real encoding in \"encoding\"."})
                        .value()};
    }
    add_to_hash(relative, digest->sha256);
    resource.size = static_cast<std::int64_t>(digest->size);
    resource.hash = digest->sha256;
    resource.url = download_name(result_.dataset.name, relative);
    result_.files.push_back({index, *path});
    return std::nullopt;
  }

  const fs::path& folder_;
  const formats::SchemaValidator& schema_;
  core::Sha256 hash_;
  ShippedFolder result_;
};

}  // namespace

tl::expected<ShippedFolder, ShippedFault> read_shipped_folder(
    const fs::path& folder, const formats::SchemaValidator& schema) {
  return FolderReader(folder, schema).read();
}

}  // namespace minato::service
