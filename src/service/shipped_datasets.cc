#include "service/shipped_datasets.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "core/utf8.h"
#include "core/uuid.h"
#include "formats/dataset_document.h"
#include "service/dataset_merge.h"
#include "service/metadata_schemas.h"
#include "service/shipped_folder.h"

namespace minato::service {

namespace {

namespace fs = std::filesystem;
using core::Dataset;
using core::ErrorCode;
using core::Result;
using storage::CatalogReader;
using storage::CatalogWriter;
using storage::Origin;

constexpr const char* kSource = "shipped";
constexpr std::chrono::seconds kReadTimeout{30};

Result<std::vector<fs::path>> list_folders(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> folders;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;  // what is no folder for whatever reason is passed over
    if (name.starts_with('.') || !entry->is_directory(ignored)) continue;
    folders.push_back(entry->path());
    if (folders.size() > kMaxShippedFolders) {
      return core::fail(ErrorCode::kTooLarge, "shipped-too-many-folders",
                        {"データセットのフォルダーが多すぎます（上限 10,000）。",
                         "There are too many dataset folders (limit 10,000)."},
                        {"フォルダーを減らしてください。", "Ship fewer folders."});
    }
  }
  if (error) {
    return core::fail(ErrorCode::kNotFound, "shipped-folder-missing",
                      {"データセットのフォルダー「" + folder + "」を読めません。",
                       "The folder of shipped datasets \"" + folder + "\" cannot be read."},
                      {"設定のフォルダー名と読む権限を確かめてください。",
                       "Check the configured folder and the right to read it."});
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string printable(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return core::is_valid_utf8(name) ? name : "?";
}

class Loader {
 public:
  Loader(const CatalogTarget& target, formats::SchemaValidator schema)
      : target_(target), schema_(std::move(schema)) {}

  Result<ShippedReport> load(const fs::path& root, const std::vector<fs::path>& folders) {
    if (auto known = load_origins(); !known) return tl::unexpected(std::move(known).error());
    for (const fs::path& folder : folders) {
      if (auto inside = stays_inside(root, folder); !inside) {
        report_.errors.push_back({printable(folder), "", std::move(inside).error()});
        continue;
      }
      load_folder(folder);
    }
    if (auto found = find_vanished(folders); !found) {
      return tl::unexpected(std::move(found).error());
    }
    return std::move(report_);
  }

 private:
  Result<std::unique_ptr<CatalogReader>> read() {
    return target_.store.read(std::chrono::steady_clock::now() + kReadTimeout);
  }

  Result<void> load_origins() {
    auto reader = read();
    if (!reader) return tl::unexpected(std::move(reader).error());
    auto origins = (*reader)->origins(kSource);
    if (!origins) return tl::unexpected(std::move(origins).error());
    for (Origin& origin : *origins) origins_.emplace(origin.remote_id, std::move(origin));
    return {};
  }

  static Result<void> stays_inside(const fs::path& root, const fs::path& folder) {
    std::error_code error;
    const fs::path inner = fs::canonical(folder, error);
    const fs::path outer = fs::canonical(root, error);
    if (!error && inner.parent_path() == outer) return {};
    return core::fail(
        ErrorCode::kInvalidArgument, "shipped-folder-link",
        {"フォルダーが外を指すリンクです。", "The folder is a link that leads elsewhere."},
        {"リンクではなく、フォルダーそのものを置いてください。",
         "Put the folder itself there instead of a link."});
  }

  const Origin* origin_of(const std::string& name) const {
    const auto found = origins_.find(name);
    return found == origins_.end() ? nullptr : &found->second;
  }

  void load_folder(const fs::path& folder) {
    const std::string name = printable(folder);
    auto shipped = read_shipped_folder(folder, schema_);
    if (!shipped) {
      report_.errors.push_back({name, shipped.error().file, std::move(shipped.error().error)});
      return;
    }
    const Origin* origin = origin_of(name);
    if (origin != nullptr && origin->hash == shipped->hash) {
      (origin->removed ? report_.removed_by_staff : report_.unchanged).push_back(name);
      return;
    }
    if (auto stored = store(*shipped); !stored) {
      report_.errors.push_back({name, "", std::move(stored).error()});
    }
  }

  Result<void> store(ShippedFolder& shipped) {
    const core::Timestamp now = target_.clock.now();
    for (const ShippedFile& file : shipped.files) {
      auto blob = target_.blobs.put_file(file.path.string());
      if (!blob) return tl::unexpected(std::move(blob).error());
      core::Resource& resource = shipped.dataset.resources[file.resource];
      resource.blob = blob->sha256;
      resource.hash = blob->sha256;
      resource.size = static_cast<std::int64_t>(blob->size);
      resource.last_modified = now;
    }
    Outcome outcome;
    auto written = target_.store.write([&](CatalogWriter& writer) {
      outcome = {};
      return put(shipped, writer, now, outcome);
    });
    if (written) note(shipped.dataset.name, outcome);
    return written;
  }

  struct Outcome {
    enum class Kind { kCreated, kUpdated, kUnchanged, kRemovedByStaff };
    Kind kind = Kind::kUnchanged;
    KeptFields kept;
  };

  void note(const std::string& name, const Outcome& outcome) {
    switch (outcome.kind) {
      case Outcome::Kind::kCreated:
        report_.created.push_back(name);
        break;
      case Outcome::Kind::kUpdated:
        report_.updated.push_back(name);
        break;
      case Outcome::Kind::kUnchanged:
        report_.unchanged.push_back(name);
        break;
      case Outcome::Kind::kRemovedByStaff:
        report_.removed_by_staff.push_back(name);
        break;
    }
    if (!outcome.kept.empty()) report_.kept.push_back({name, outcome.kept});
  }

  Result<void> put(const ShippedFolder& shipped, CatalogWriter& writer, core::Timestamp now,
                   Outcome& outcome) {
    Dataset theirs = shipped.dataset;
    if (auto known = resolve_names(theirs, writer.reader()); !known) return known;
    finish(theirs, now);
    const Origin* origin = origin_of(theirs.name);
    Origin next{theirs.id, kSource, theirs.name, "", shipped.hash, now, false};
    if (origin != nullptr) next.dataset_id = origin->dataset_id;
    auto current = writer.reader().dataset(next.dataset_id);
    if (!current) return tl::unexpected(std::move(current).error());
    const bool gone = !*current || (*current)->state == core::State::kDeleted;
    if (gone && (origin != nullptr || current->has_value())) {
      next.removed = true;
      next.document =
          origin != nullptr ? origin->document : formats::write_dataset_document(theirs);
      outcome.kind = Outcome::Kind::kRemovedByStaff;
      return writer.put_origin(next);
    }
    theirs.id = next.dataset_id;
    next.document = formats::write_dataset_document(theirs);
    if (auto put = put_dataset(theirs, *current, writer, outcome); !put) return put;
    return writer.put_origin(next);
  }

  // Without a current dataset it is created, otherwise merged.
  Result<void> put_dataset(const Dataset& theirs, const std::optional<Dataset>& current,
                           CatalogWriter& writer, Outcome& outcome) {
    if (!current) {
      outcome.kind = Outcome::Kind::kCreated;
      return writer.put_dataset(theirs);
    }
    const Origin* origin = origin_of(theirs.name);
    Dataset base = theirs;  // nothing known of the past: what differs belongs to staff
    if (origin != nullptr) {
      auto before = formats::parse_dataset_document(origin->document);
      if (!before) return core::fail_internal("origin of " + theirs.name + " is not readable");
      base = std::move(*before);
    }
    DatasetMerge merge = merge_dataset({base, theirs, *current}, target_.clock.now());
    outcome.kept = std::move(merge.kept);
    if (!merge.changed) return {};
    outcome.kind = Outcome::Kind::kUpdated;
    return writer.put_dataset(merge.dataset);
  }

  static void finish(Dataset& dataset, core::Timestamp now) {
    dataset.created = now;
    dataset.modified = now;
    for (core::Tag& tag : dataset.tags) tag.id = core::stable_uuid("tag", tag.name);
    std::sort(dataset.tags.begin(), dataset.tags.end(),
              [](const core::Tag& a, const core::Tag& b) { return a.name < b.name; });
    std::sort(dataset.extras.begin(), dataset.extras.end(),
              [](const core::Extra& a, const core::Extra& b) { return a.key < b.key; });
    for (core::Resource& resource : dataset.resources) {
      resource.created = now;
      resource.metadata_modified = now;
    }
  }

  static Result<void> resolve_names(Dataset& dataset, CatalogReader& reader) {
    auto owner = group_id(core::GroupKind::kOrganization, dataset.owner_org, reader);
    if (!owner) return tl::unexpected(std::move(owner).error());
    dataset.owner_org = *owner;
    for (std::string& group : dataset.groups) {
      auto id = group_id(core::GroupKind::kGroup, group, reader);
      if (!id) return tl::unexpected(std::move(id).error());
      group = *id;
    }
    return {};
  }

  static Result<std::string> group_id(core::GroupKind kind, const std::string& name,
                                      CatalogReader& reader) {
    auto group = reader.group(kind, name);
    if (!group) return tl::unexpected(std::move(group).error());
    if (*group) return (*group)->id;
    return core::fail(ErrorCode::kNotFound, "shipped-unknown-group",
                      {"組織またはグループ「" + name + "」がカタログにありません。",
                       "The catalogue has no organization or group \"" + name + "\"."},
                      {"組織は publishers.csv に加え、グループは先に作ってください。",
                       "Add an organization to publishers.csv; create a group first."});
  }

  Result<void> find_vanished(const std::vector<fs::path>& folders) {
    auto reader = read();
    if (!reader) return tl::unexpected(std::move(reader).error());
    for (const auto& [name, origin] : origins_) {
      const bool there = std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
        return folder.filename() == name;
      });
      if (there || origin.removed) continue;
      auto dataset = (*reader)->dataset(origin.dataset_id);
      if (!dataset) return tl::unexpected(std::move(dataset).error());
      if (*dataset && (*dataset)->state != core::State::kDeleted) report_.vanished.push_back(name);
    }
    return {};
  }

  CatalogTarget target_;
  formats::SchemaValidator schema_;
  std::map<std::string, Origin> origins_;  // by folder name
  ShippedReport report_;
};

}  // namespace

Result<ShippedReport> load_shipped_datasets(const std::string& folder,
                                            const CatalogTarget& target) {
  auto folders = list_folders(folder);
  if (!folders) return tl::unexpected(std::move(folders).error());
  auto schema = metadata_schema(MetadataKind::kDataset);
  if (!schema) return tl::unexpected(std::move(schema).error());
  return Loader(target, std::move(*schema)).load(folder, *folders);
}

}  // namespace minato::service
