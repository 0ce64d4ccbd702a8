#include "harvest/sources/page/page_reader.h"

#include <algorithm>
#include <utility>

#include "harvest/sources/page/dataset_ids.h"
#include "harvest/sources/page/dataset_maker.h"
#include "harvest/sources/page/html_document.h"
#include "harvest/sources/page/html_text.h"
#include "harvest/sources/page/outline.h"
#include "harvest/sources/page/page_facts.h"

namespace minato::harvest {
namespace {

template <typename T>
core::Result<void> compile(const std::string& text, std::optional<T>& out,
                           core::Result<T> (*make)(std::string_view)) {
  if (text.empty()) return {};
  auto made = make(text);
  if (!made) return tl::unexpected(std::move(made.error()));
  out.emplace(std::move(*made));
  return {};
}

class PageReader {
 public:
  PageReader(const PageInput& input, const PageRules& rules, const HtmlDocument& document,
             const ContentArea& area)
      : input_(input),
        rules_(rules),
        document_(document),
        area_(area),
        links_(document, input.url,
               rules.file_pattern.has_value() ? &*rules.file_pattern : nullptr) {}

  core::Result<PageContents> read() {
    if (auto collected = collect_links(); !collected) {
      return tl::unexpected(std::move(collected.error()));
    }
    PageFacts facts = read_page_facts(document_, area_);
    if (rules_.title) titles_ = rules_.title->select(document_);
    if (rules_.description) descriptions_ = rules_.description->select(document_);
    if (const std::string title = first_text(titles_, 0); !title.empty()) facts.title = title;
    if (facts.title.empty()) facts.title = page_file_name(input_.url);
    if (facts.title.empty()) facts.title = input_.url;
    std::vector<FoundDataset> found = rules_.dataset ? selected(facts) : guessed(facts);
    if (!rules_.dataset && found.size() == 1) {
      const std::string description = first_text(descriptions_, 0);
      if (!description.empty()) found[0].description = description;
    }
    const auto ids = dataset_ids(document_, found, input_.url);
    const DatasetMaker maker{facts, rules_.organization, found.size() == 1};
    for (std::size_t i = 0; i < found.size(); ++i) {
      PageDataset dataset{ids[i].remote_id, maker.make(found[i])};
      dataset.dataset.url = ids[i].landing_page;
      contents_.datasets.push_back(std::move(dataset));
    }
    return std::move(contents_);
  }

 private:
  core::Result<void> collect_links() {
    std::vector<bool> inside(document_.size(), false);
    for (const NodeId root : area_.roots) {
      for (NodeId id = root; id < document_.node(root).end;) {
        if (area_.skip[id]) {
          id = document_.node(id).end;
          continue;
        }
        inside[id++] = true;
      }
    }
    for (NodeId id = 0; id < document_.size(); ++id) {
      const std::string& tag = document_.node(id).tag;
      if (tag != "a" && tag != "area" && tag != "link") continue;
      if (inside[id]) {
        auto file = links_.file_at(id);
        if (!file) return tl::unexpected(std::move(file.error()));
        if (*file) {
          contents_.too_many_files = files_.size() >= PageContents::kMaxFiles;
          if (!contents_.too_many_files) files_.emplace(id, std::move(**file));
          if (contents_.too_many_files) break;
          continue;
        }
      }
      auto page = links_.page_at(id);
      if (page && (inside[id] || page->next_page) && contents_.pages.size() < kMaxPageLinks) {
        contents_.pages.push_back(std::move(*page));
      }
    }
    return {};
  }

  std::vector<FoundDataset> guessed(const PageFacts& facts) const {
    GuessRequest request{document_, area_, files_, facts.title};
    request.datasets_by = rules_.datasets_by;
    request.is_detail_page = input_.is_detail_page;
    return guess_datasets(request);
  }

  // Every match of dataset_selector is one.
  std::vector<FoundDataset> selected(const PageFacts& facts) const {
    std::vector<FoundDataset> out;
    NodeId done = 0;
    for (const NodeId id : rules_.dataset->select(document_)) {
      if (id < done || !area_.includes(document_, id)) continue;
      done = document_.node(id).end;
      ContentArea part{{id}, area_.skip};
      std::string title = first_text(titles_, id);
      if (title.empty()) title = title_inside(id);
      GuessRequest request{document_, part, files_, title.empty() ? facts.title : title};
      request.datasets_by = DatasetsBy::kPage;
      auto found = guess_datasets(request);
      if (found.empty()) continue;
      found[0].node = id;
      if (title.empty() && !found[0].links[0].text.name.empty()) {
        found[0].title = found[0].links[0].text.name;
      }
      const std::string description = first_text(descriptions_, id);
      if (!description.empty()) found[0].description = description;
      out.push_back(std::move(found[0]));
    }
    return out;
  }

  [[nodiscard]] std::string first_text(const std::vector<NodeId>& matches, NodeId within) const {
    const auto first = std::lower_bound(matches.begin(), matches.end(), within);
    const bool inside = first != matches.end() && document_.is_inside(*first, within);
    return inside ? text_of(document_, *first) : std::string();
  }

  // A heading, a term, the first cell.
  [[nodiscard]] std::string title_inside(NodeId part) const {
    for (const std::string_view tags :
         {"h1 h2 h3 h4 h5 h6", "dt caption summary", "th", "td", "strong b"}) {
      for (NodeId id = part; id < document_.node(part).end; ++id) {
        const std::string& tag = document_.node(id).tag;
        if (tag.empty() ||
            (" " + std::string(tags) + " ").find(" " + tag + " ") == std::string::npos) {
          continue;
        }
        std::string name = read_link_text(text_of(document_, id)).name;
        if (!name.empty() && name.size() < 300) return name;
      }
    }
    return {};
  }

  static constexpr std::size_t kMaxPageLinks = 5'000;

  const PageInput& input_;
  const PageRules& rules_;
  const HtmlDocument& document_;
  const ContentArea& area_;
  LinkReader links_;
  FileLinks files_;
  std::vector<NodeId> titles_;  // what the selectors match
  std::vector<NodeId> descriptions_;
  PageContents contents_;
};

}  // namespace

core::Result<PageRules> PageRules::make(const formats::SourceOptions& options,
                                        std::string_view organization) {
  PageRules rules;
  rules.organization = organization;
  for (auto [text, selector] : {std::pair{&options.content_selector, &rules.area.content},
                                std::pair{&options.exclude_selector, &rules.area.exclude},
                                std::pair{&options.dataset_selector, &rules.dataset},
                                std::pair{&options.title_selector, &rules.title},
                                std::pair{&options.description_selector, &rules.description}}) {
    if (auto made = compile(*text, *selector, &CssSelector::parse); !made) {
      return tl::unexpected(std::move(made.error()));
    }
  }
  if (auto made = compile(options.file_pattern, rules.file_pattern, &text::Pattern::make); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  const auto datasets_by = find_datasets_by(options.datasets_by);
  if (!datasets_by) {
    return core::fail(
        core::ErrorCode::kInvalidArgument, "harvest-options",
        {"datasets_by は auto、heading、row、page、file のどれかです。",
         "datasets_by is one of auto, heading, row, page, file."},
        {"options の datasets_by を直してください。", "Correct datasets_by in the options."});
  }
  rules.datasets_by = *datasets_by;
  return rules;
}

core::Result<PageContents> read_page(const PageInput& input, const PageRules& rules) {
  const auto document = HtmlDocument::parse(input.html);
  if (!document) return tl::unexpected(document.error());
  const auto area = find_content_area(*document, rules.area);
  if (!area) return tl::unexpected(area.error());
  return PageReader(input, rules, *document, *area).read();
}

}  // namespace minato::harvest
