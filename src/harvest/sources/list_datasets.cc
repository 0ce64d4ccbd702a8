#include "harvest/sources/list_datasets.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/sha256.h"
#include "core/url.h"
#include "harvest/sources/file_name.h"
#include "harvest/sources/list_rows.h"
#include "harvest/sources/list_values.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

using enum ListField;
using core::ErrorCode;

constexpr std::size_t kMaxIdBytes = 300;

// What is known of a dataset while its rows come in.
struct Group {
  std::string id;       // データセット_ID or NO, as written
  std::string address;  // of its page or file
  std::int64_t row = 0;
  core::Dataset dataset;
};

// Where a dataset without title keeps the number of its row.
constexpr std::string_view kRowKey = "row";

core::Error title_missing(const std::string& place) {
  return core::fail(ErrorCode::kInvalidArgument, "harvest-list-title",
                    {"一覧のデータ " + place + " 行目にデータセットの名前がありません。",
                     "Row " + place + " of the list names no dataset."},
                    {"データセット_タイトル（旧形式ではデータ名称）を入れてください。",
                     "Fill in データセット_タイトル (old form: データ名称)."})
      .value();
}

core::Error url_unreadable(const ListRow& row, std::string_view cell) {
  const std::string place = std::to_string(row.number);
  const std::string text(text::truncated(cell, 100));
  return core::fail(ErrorCode::kInvalidArgument, "harvest-list-url",
                    {"一覧のデータ " + place + " 行目の URL 欄「" + text +
                         "」は http または https の URL ではありません。",
                     "Row " + place + " of the list: \"" + text + "\" is no http or https URL."},
                    {"公開ページまたはファイルの URL を入れるか、空欄にしてください。",
                     "Give the URL of the page or file, or leave the cell empty."})
      .value();
}

class Grouping {
 public:
  explicit Grouping(const ListPlace& place) : place_(place) {}

  void add(const ListEntry& entry) {
    ListLinks links = links_of(entry, place_.url);
    Group* group = group_of(entry, links);
    if (group == nullptr) return refuse(entry.row->number);
    if (!links.unreadable.empty()) {
      faults_.push_back(
          {entry.row->number, group->dataset.url, url_unreadable(*entry.row, links.unreadable)});
    }
    add_dataset_fields(entry, links, group->dataset);
    add_resources(entry, links, group->dataset);
  }

  ListedDatasets finish() {
    count_identities();
    ListedDatasets listed;
    for (Group& group : groups_) {
      ListedDataset one;
      one.remote_id = remote_id_of(group);
      if (one.remote_id.empty()) {
        refuse(group.row);
        continue;
      }
      if (group.dataset.title.empty()) {
        group.dataset.extras.push_back({std::string(kRowKey), std::to_string(group.row)});
      }
      if (is_id(group)) group.dataset.name = group.id;
      if (group.dataset.modified.us != 0) {
        one.remote_modified = core::to_rfc3339(group.dataset.modified).substr(0, 10);
      }
      complete_dataset(group.dataset);
      one.dataset = std::move(group.dataset);
      listed.datasets.push_back(std::move(one));
    }
    listed.faults = std::move(faults_);
    return listed;
  }

 private:
  void refuse(std::int64_t row) {
    faults_.push_back({row, {}, title_missing(std::to_string(row))});
  }

  // The group of the row, a new one if it begins there; nullptr: it cannot be told.
  Group* group_of(const ListEntry& entry, const ListLinks& links) {
    const std::string_view title = entry.get(kTitle);
    const std::string_view own_id = entry.get(kDatasetId);
    const std::string_view id = own_id.empty() ? entry.get(kNumber) : own_id;
    if (is_continuation(entry)) return last_ ? &groups_[*last_] : nullptr;
    std::string key;
    if (!own_id.empty()) {
      key = "id\n" + std::string(own_id);
    } else if (!id.empty() && !is_running_number(id)) {
      key = "no\n" + std::string(id) + "\n" + text::fold(title);
    } else {
      key = "title\n" + text::fold(title) + "\n" + entry.join(kUrl);
    }
    if (const auto known = places_.find(key); known != places_.end()) {
      last_ = known->second;
      return &groups_[*last_];
    }
    std::string address = address_of(links);
    last_.reset();
    if (title.empty() && id.empty() && address.empty()) return nullptr;
    last_ = groups_.size();
    places_.emplace(std::move(key), *last_);
    groups_.push_back({std::string(id), std::move(address), entry.row->number, {}});
    return &groups_.back();
  }

  // A further file of the dataset above: nothing but the file's columns is filled in.
  static bool is_continuation(const ListEntry& entry) {
    bool has_file = false;
    for (std::size_t i = 0; i < entry.row->cells.size(); ++i) {
      if (entry.row->cells[i].empty()) continue;
      const ListField field = entry.columns->field(i);
      if (is_dataset_field(field)) return false;
      has_file = has_file || field >= kFileId;
    }
    return has_file;
  }

  // The page, or the first file without what its next edition changes.
  std::string address_of(const ListLinks& links) const {
    if (!links.pages.empty()) return core::normalize_url(links.pages.front());
    const auto& urls = links.files.empty() ? links.downloads : links.files;
    return urls.empty() ? std::string() : editionless_url(urls.front(), place_.organization);
  }

  // A row that lost its title takes no dataset's identity away.
  void count_identities() {
    for (const Group& group : groups_) {
      if (group.dataset.title.empty()) continue;
      ++ids_[group.id];
      ++addresses_[group.address];
      ++titles_[text::fold(group.dataset.title)];
    }
  }

  bool is_id(const Group& group) {
    return !group.id.empty() && group.id.size() <= kMaxIdBytes && !is_running_number(group.id) &&
           ids_[group.id] == uses_of_own(group);
  }

  // How often its identity is counted when nobody else has it.
  static int uses_of_own(const Group& group) { return group.dataset.title.empty() ? 0 : 1; }

  // Empty: nothing tells which dataset it is.
  std::string remote_id_of(const Group& group) {
    if (is_id(group)) return group.id;
    if (!group.address.empty() && addresses_[group.address] == uses_of_own(group)) {
      return group.address;
    }
    if (group.dataset.title.empty()) return {};
    std::string title = text::fold(group.dataset.title);
    // Datasets of one title have different URLs or numbers, or they would be one.
    if (titles_[title] > 1) title += "\n" + group.address + "\n" + group.id;
    return "title:" + core::sha256_hex(title).substr(0, 32);
  }

  ListPlace place_;
  std::vector<Group> groups_;
  std::map<std::string, std::size_t> places_;
  std::optional<std::size_t> last_;  // group of the row before
  std::vector<ListFault> faults_;
  std::map<std::string, int> ids_;
  std::map<std::string, int> addresses_;
  std::map<std::string, int> titles_;
};

}  // namespace

std::optional<core::Error> fault_of_listed(const core::Dataset& dataset) {
  if (!dataset.title.empty()) return std::nullopt;
  const auto row = std::find_if(dataset.extras.begin(), dataset.extras.end(),
                                [](const core::Extra& extra) { return extra.key == kRowKey; });
  return title_missing(row == dataset.extras.end() ? "?" : row->value);
}

ListedDatasets read_listed_datasets(const std::vector<ListTable>& tables, const ListPlace& place) {
  Grouping grouping(place);
  for (const ListTable& table : tables) {
    for (const ListRow& row : table.rows) {
      grouping.add({&table.columns, &row, place.organization});
    }
  }
  return grouping.finish();
}

}  // namespace minato::harvest
