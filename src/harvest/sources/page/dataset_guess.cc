#include "harvest/sources/page/dataset_guess.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/outline.h"
#include "harvest/sources/page/title_kinds.h"
#include "text/fold.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxDescriptionBytes = 2000;
constexpr std::size_t kThemeNames = 3;    // that make a theme a group of datasets
constexpr std::size_t kListHeadings = 4;  // that make a followed page a list

using Sections = std::vector<OutlineSection>;

std::string_view name_of(const FileLink& link) {
  return link.text.name.empty() ? std::string_view(link.label) : std::string_view(link.text.name);
}

std::string description_of(const std::vector<std::string>& paragraphs,
                           const std::vector<PageField>& fields) {
  std::string out(field_value(fields, FieldRole::kDescription));
  if (!out.empty()) return out;
  for (const std::string& paragraph : paragraphs) {
    if (out.size() + paragraph.size() > kMaxDescriptionBytes) break;
    if (!out.empty()) out += '\n';
    out += paragraph;
  }
  return out;
}

void drop_repeated_links(FoundDataset& dataset) {
  std::map<std::string, std::size_t> places;
  std::vector<FileLink> kept;
  for (FileLink& link : dataset.links) {
    const auto [place, is_new] = places.emplace(link.url, kept.size());
    if (is_new) {
      kept.push_back(std::move(link));
    } else if (FileLink& first = kept[place->second]; first.text.name.empty()) {
      // An icon and the words beside it.
      first.text.name = link.text.name;
      if (!first.text.size) first.text.size = link.text.size;
    }
  }
  dataset.links = std::move(kept);
}

class Guess {
 public:
  Guess(const GuessRequest& request, Sections sections)
      : request_(request), sections_(std::move(sections)) {
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const OutlineSection& section = sections_[i];
      transparent_.push_back(is_transparent_title(section.title));
      headline_.push_back(section.title == request_.page_title);
      const bool above = i != 0 && (transparent_[i] || headline_[i]);
      // Sections follow their parents, whose owner is known already.
      owners_.push_back(i == 0 || headline_[i] ? 0 : above ? owners_[section.parent] : i);
      owned_[owners_[i]].push_back(i);
    }
  }

  std::vector<FoundDataset> whole_page() {
    FoundDataset page = dataset_of(0);
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      add_links(page, i, 0);
      for (FoundDataset& row : sections_[i].rows) {
        std::move(row.links.begin(), row.links.end(), std::back_inserter(page.links));
      }
      if (i > 0 && page.description.empty()) {
        page.description = description_of(sections_[i].paragraphs, {});
      }
      if (i > 0) append_fields(page, sections_[i].fields);
    }
    std::vector<FoundDataset> out;
    if (!page.links.empty()) out.push_back(std::move(page));
    return out;
  }

  std::vector<FoundDataset> by_structure() {
    std::map<std::size_t, FoundDataset> by_owner;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (sections_[i].links.empty() || is_service_title(sections_[i].title)) continue;
      const std::size_t owner = owner_of(i);
      auto found = by_owner.find(owner);
      if (found == by_owner.end()) found = by_owner.emplace(owner, dataset_of(owner)).first;
      add_links(found->second, i, owner);
    }
    std::vector<FoundDataset> out;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (const auto found = by_owner.find(i); found != by_owner.end()) {
        add_own(std::move(found->second), i, out);
      }
      for (FoundDataset& row : sections_[i].rows) add_row(std::move(row), i, out);
    }
    return out;
  }

  // A page about one thing: few headings with files, none of which is a list, and no rows.
  [[nodiscard]] bool is_about_one_thing() const {
    const std::string& title = request_.page_title;
    if (is_catalogue_title(title) || is_theme_title(title) || title.starts_with("オープンデータ")) {
      return false;
    }
    std::set<std::size_t> owners;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      if (!sections_[i].rows.empty()) return false;
      if (!sections_[i].links.empty()) owners.insert(owner_of(i));
    }
    return owners.size() < kListHeadings;
  }

 private:
  [[nodiscard]] std::string title_of(std::size_t section) const {
    const std::string title = read_link_text(sections_[section].title).name;
    return section == 0 || title.empty() ? request_.page_title : title;
  }

  // The section whose dataset the links of a section are.
  [[nodiscard]] std::size_t owner_of(std::size_t section) const { return owners_[section]; }

  [[nodiscard]] std::vector<std::string> context_of(std::size_t section) const {
    std::vector<std::string> out;
    while (section != 0) {
      section = sections_[section].parent;
      if (section != 0 && !headline_[section] && !transparent_[section]) {
        out.insert(out.begin(), sections_[section].title);
      }
    }
    return out;
  }

  static void append_fields(FoundDataset& dataset, const std::vector<PageField>& fields) {
    dataset.fields.insert(dataset.fields.end(), fields.begin(), fields.end());
  }

  [[nodiscard]] FoundDataset dataset_of(std::size_t section) const {
    FoundDataset out;
    const OutlineSection& from = sections_[section];
    out.title = title_of(section);
    out.node = from.node;
    out.context = context_of(section);
    out.fields = from.fields;
    out.description = description_of(from.paragraphs, from.fields);
    for (const std::size_t i : owned_.at(section)) {
      if (i == section || !sections_[i].rows.empty()) continue;
      const bool headline = section == 0 && headline_[i];
      const bool described = field_role(sections_[i].title) == FieldRole::kDescription;
      if (out.description.empty() && (headline || described)) {
        out.description = description_of(sections_[i].paragraphs, sections_[i].fields);
      }
      append_fields(out, sections_[i].fields);
    }
    return out;
  }

  void add_links(FoundDataset& dataset, std::size_t section, std::size_t owner) const {
    std::string heading;
    for (std::size_t at = section; at != owner && at != 0; at = sections_[at].parent) {
      if (headline_[at]) continue;
      const std::string name = read_link_text(sections_[at].title).name;
      if (name.empty() || (transparent_[at] && split_edition(name).edition.empty())) {
        continue;
      }
      heading = heading.empty() ? name : name + " " + heading;
    }
    const LinkText claims = read_link_text(sections_[section].title);
    for (FileLink link : sections_[section].links) {
      link.heading = heading;
      if (claims.name.empty() && section != 0) {
        if (link.format.empty()) link.format = claims.format;
        if (link.text.encoding.empty()) link.text.encoding = claims.encoding;
      }
      dataset.links.push_back(std::move(link));
    }
  }

  void add_row(FoundDataset row, std::size_t section, std::vector<FoundDataset>& out) const {
    std::vector<std::string> above = context_of(section);
    if (section != 0 && !transparent_[section] && !headline_[section]) {
      above.push_back(sections_[section].title);
    }
    row.context.insert(row.context.begin(), above.begin(), above.end());
    out.push_back(std::move(row));
  }

  void add_own(FoundDataset dataset, std::size_t section, std::vector<FoundDataset>& out) const {
    const bool by_file = request_.datasets_by == DatasetsBy::kFile;
    const bool automatic = request_.datasets_by == DatasetsBy::kAuto;
    if (!by_file && !(automatic && announces_many(dataset, section))) {
      out.push_back(std::move(dataset));
      return;
    }
    std::map<std::string, std::size_t> places;
    std::vector<FoundDataset> split;
    for (FileLink& link : dataset.links) {
      const std::string name(name_of(link));
      const std::string key = title_key(name);
      std::size_t place = split.empty() ? 0 : split.size() - 1;
      if (split.empty() || !key.empty()) {
        const auto [found, is_new] = places.emplace(key, split.size());
        place = found->second;
        if (is_new) split.push_back(part_of(dataset, name, link, section));
      }
      split[place].links.push_back(std::move(link));
    }
    std::move(split.begin(), split.end(), std::back_inserter(out));
  }

  [[nodiscard]] FoundDataset part_of(const FoundDataset& whole, const std::string& name,
                                     const FileLink& link, std::size_t section) const {
    FoundDataset part;
    const std::string rest = split_edition(name).rest;
    part.title = rest.empty() ? whole.title : rest;
    part.node = link.node;
    part.context = whole.context;
    if (section != 0 && whole.title != request_.page_title) part.context.push_back(whole.title);
    for (const PageField& field : whole.fields) {
      const bool shared = field.role == FieldRole::kLicense || field.role == FieldRole::kContact ||
                          field.role == FieldRole::kFrequency ||
                          field.role == FieldRole::kDepartment;
      if (shared) part.fields.push_back(field);
    }
    return part;
  }

  [[nodiscard]] std::size_t datasets_below(std::size_t section) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      const bool is_own = i != section && owners_[i] != section && !sections_[i].links.empty();
      if (is_own && owners_[sections_[i].parent] == section) ++count;
    }
    return count;
  }

  // Is the heading the name of a dataset, or of a list of them?
  [[nodiscard]] bool announces_many(const FoundDataset& dataset, std::size_t section) const {
    std::map<std::string, std::set<std::string>> forms;  // by name
    for (const FileLink& link : dataset.links) {
      const std::string key = title_key(name_of(link));
      if (!key.empty()) forms[key].insert(link.format + link.text.encoding);
    }
    const bool is_theme = is_theme_title(dataset.title);
    if (is_theme || is_catalogue_title(dataset.title)) {
      const std::size_t names = forms.size() + datasets_below(section);
      if (!forms.empty() && names >= (is_theme ? kThemeNames : 2)) return true;
    }
    if (forms.size() < 2) return false;
    // List items that name things and link two forms or more of each.
    const bool labelled = std::all_of(
        dataset.links.begin(), dataset.links.end(),
        [](const FileLink& link) { return link.text.name.empty() && !link.label.empty(); });
    const auto several = std::count_if(forms.begin(), forms.end(),
                                       [](const auto& form) { return form.second.size() > 1; });
    return labelled && static_cast<std::size_t>(several) * 2 >= forms.size();
  }

  const GuessRequest& request_;
  Sections sections_;
  std::vector<bool> transparent_;  // by section: it belongs to the one above
  std::vector<bool> headline_;     // by section: it repeats the page's title
  std::vector<std::size_t> owners_;
  std::map<std::size_t, std::vector<std::size_t>> owned_;
};

}  // namespace

std::string title_key(std::string_view title) {
  const std::string rest = split_edition(read_link_text(title).name).rest;
  std::string key;
  for (const char c : text::fold(rest)) {
    if (c != ' ') key += c;
  }
  return key;
}

std::optional<DatasetsBy> find_datasets_by(std::string_view name) {
  if (name.empty() || name == "auto") return DatasetsBy::kAuto;
  if (name == "heading") return DatasetsBy::kHeading;
  if (name == "row") return DatasetsBy::kRow;
  if (name == "page") return DatasetsBy::kPage;
  if (name == "file") return DatasetsBy::kFile;
  return std::nullopt;
}

std::vector<FoundDataset> guess_datasets(const GuessRequest& request) {
  OutlineRequest outline{request.document, request.area, request.files};
  outline.tables_list_datasets =
      request.datasets_by == DatasetsBy::kAuto || request.datasets_by == DatasetsBy::kRow;
  outline.rows_are_datasets = request.datasets_by == DatasetsBy::kRow;
  Guess guess(request, read_outline(outline));
  const bool one = request.datasets_by == DatasetsBy::kPage ||
                   (request.datasets_by == DatasetsBy::kAuto && request.is_detail_page &&
                    guess.is_about_one_thing());
  std::vector<FoundDataset> out = one ? guess.whole_page() : guess.by_structure();
  for (FoundDataset& dataset : out) drop_repeated_links(dataset);
  return out;
}

}  // namespace minato::harvest
