#include <algorithm>
#include <array>
#include <utility>

#include "formats/ckan_input/ckan_input.h"
#include "formats/ckan_input/dataset_lists.h"
#include "formats/ckan_input/input_object.h"

namespace minato::formats {
namespace {

using core::Dataset;

struct TextField {
  std::string_view key;
  std::string Dataset::*place;
};
constexpr std::array<TextField, 7> kTexts = {{{"notes", &Dataset::notes},
                                              {"url", &Dataset::url},
                                              {"version", &Dataset::version},
                                              {"author", &Dataset::author},
                                              {"maintainer", &Dataset::maintainer},
                                              {"license_id", &Dataset::license_id},
                                              {"owner_org", &Dataset::owner_org}}};

std::string stripped(std::string text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

class DatasetReader {
 public:
  DatasetReader(const rapidjson::Value& dict, const CkanInput& input, Dataset& dataset,
                core::ErrorDetails& wrongs)
      : dict_(dict), input_(input), dataset_(dataset), wrongs_(wrongs), in_(dict, "", wrongs) {}

  void read() {
    read_name();
    read_title();
    for (const auto& field : kTexts) {
      if (is_read(field.key)) dataset_.*field.place = in_.text(field.key);
    }
    for (const auto& [key, place] : {std::pair("author_email", &Dataset::author_email),
                                     std::pair("maintainer_email", &Dataset::maintainer_email)}) {
      if (is_read(key)) dataset_.*place = stripped(in_.text(key));
    }
    if (in_.has("private")) dataset_.is_private = in_.boolean("private");
    read_state();
    if (input_.may_set_identity) read_identity();
    read_ckan_extras(dict_, input_, dataset_, wrongs_);
    read_ckan_tags(dict_, input_, dataset_, wrongs_);
    read_ckan_groups(dict_, input_, dataset_, wrongs_);
    read_resources();
    note_ckan_junk(dict_, wrongs_);
  }

 private:
  [[nodiscard]] bool is_read(std::string_view key) const {
    return input_.absent == AbsentKeys::kClear || in_.has(key);
  }

  void read_name() {
    const auto* name = in_.member("name");
    if (name == nullptr) return;
    if (name->IsString()) {
      dataset_.name = text_of(*name);
    } else {
      in_.wrong("name", {"名前は文字列にしてください。", "Names must be strings"});
    }
  }

  // Without a title the name is shown as one.
  void read_title() {
    if (!is_read("title")) return;
    std::string title = in_.text("title");
    const bool has_none = dataset_.title.empty() && !dataset_.id.empty();
    if (title.empty()) title = dataset_.name;
    if (has_none && title == dataset_.name) return;
    dataset_.title = std::move(title);
  }

  void read_state() {
    const std::string state = in_.text("state");
    if (state.empty()) return;
    if (state == "active") {
      dataset_.state = core::State::kActive;
    } else if (state == "draft") {
      dataset_.state = core::State::kDraft;
    } else if (state == "deleted") {
      dataset_.state = core::State::kDeleted;
    } else {
      in_.wrong("state", {"state は active、draft、deleted のどれかです。",
                          "Value must be one of ['active', 'draft', 'deleted']"});
    }
  }

  void read_identity() {
    const auto modified = in_.time("metadata_modified");
    if (modified) dataset_.modified = *modified;
    if (const std::string creator = in_.text("creator_user_id"); !creator.empty()) {
      dataset_.creator_user_id = creator;
    }
  }

  void read_resources() {
    const auto* list = in_.member("resources");
    if (list == nullptr) {
      if (input_.clears_resources || in_.has("resources")) dataset_.resources.clear();
      return;
    }
    // A listed resource is whole: what is not given of it is cleared, even by package_patch.
    CkanInput whole = input_;
    whole.absent = AbsentKeys::kClear;
    const std::vector<core::Resource> before = std::exchange(dataset_.resources, {});
    // One more than there may be is enough to be refused.
    for (rapidjson::SizeType i = 0; i < list->Size() && i <= core::kMaxResources; ++i) {
      const std::string pointer = child_pointer("/resources", i);
      InputObject item((*list)[i], pointer, wrongs_);
      const std::string id = item.text("id");
      const auto same = [&](const core::Resource& resource) { return resource.id == id; };
      const auto& taken = dataset_.resources;
      if (!id.empty() && std::any_of(taken.begin(), taken.end(), same)) {
        item.wrong("id", {"同じ ID のリソースが 2 度あります。", "Resource id already exists."});
      }
      const auto known = std::find_if(before.begin(), before.end(), same);
      core::Resource resource = known == before.end() ? core::Resource() : *known;
      resource.id = id;
      read_ckan_resource((*list)[i], whole, resource, pointer, wrongs_);
      dataset_.resources.push_back(std::move(resource));
    }
  }

  const rapidjson::Value& dict_;
  const CkanInput& input_;
  Dataset& dataset_;
  core::ErrorDetails& wrongs_;
  InputObject in_;
};

}  // namespace

void read_ckan_dataset(const rapidjson::Value& dict, const CkanInput& input, Dataset& dataset,
                       core::ErrorDetails& wrongs) {
  DatasetReader(dict, input, dataset, wrongs).read();
}

}  // namespace minato::formats
