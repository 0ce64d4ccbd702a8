#include "harvest/sources/page/outline.h"

#include <algorithm>
#include <map>
#include <utility>

#include "harvest/sources/page/table_reader.h"
#include "text/blanks.h"

namespace minato::harvest {
namespace {

constexpr int kTermLevel = 7;      // <dt>; deeper when nested
constexpr int kCaptionLevel = 50;  // <caption>, <summary>, <legend>
constexpr int kBoldLevel = 60;
constexpr int kItemLevel = 40;  // of a list that heads another; deeper when nested
constexpr int kMaxItemDepth = 9;
constexpr std::size_t kMaxSections = 20'000;
constexpr std::size_t kMaxTitleBytes = 300;
constexpr std::size_t kMaxBoldBytes = 150;
constexpr std::size_t kMaxLabelBytes = 240;
constexpr std::size_t kMaxParagraphs = 20;  // of a section

std::string in_one_line(std::string_view words) {
  std::string line;
  for (words = text::trimmed(words); !words.empty();) {
    if (const std::size_t blank = text::leading_blank(words)) {
      if (!line.ends_with(' ')) line += ' ';
      words.remove_prefix(blank);
    } else {
      line += words.front();
      words.remove_prefix(1);
    }
  }
  return line;
}

class OutlineReader {
 public:
  explicit OutlineReader(const OutlineRequest& request)
      : request_(request), document_(request.document), sections_(1) {}

  std::vector<OutlineSection> read() {
    for (const NodeId root : request_.area.roots) {
      const NodeId end = document_.node(root).end;
      for (NodeId id = root; id < end;) id = visit(id);
    }
    return std::move(sections_);
  }

 private:
  // The node to go on with.
  NodeId visit(NodeId id) {
    const HtmlNode& node = document_.node(id);
    if (request_.area.skip[id]) return node.end;
    if (!node.is_element()) return id + 1;
    while (current_ != 0 && id >= sections_[current_].scope_end) {
      current_ = sections_[current_].parent;
    }
    if (node.tag == "table" && visit_table(id)) return node.end;
    if (const int level = heading_level(id); level > 0) {
      std::string title = words_of(id);
      if (title.empty()) title = text_of(document_, id, {&request_.area.skip, true});
      open_section(id, level, std::move(title));
    } else if (node.tag == "li" && heads_a_list(id)) {
      open_section(id, item_level(id), in_one_line(own_words(id)));
    } else if (node.tag == "dd" || node.tag == "p" || node.tag == "div" || node.tag == "li" ||
               node.tag == "td") {
      read_words(id);
    } else if (const auto file = request_.files.find(id); file != request_.files.end()) {
      add_link(file->second);
      return node.end;
    }
    return id + 1;
  }

  [[nodiscard]] bool has_files(NodeId id) const {
    const auto first = request_.files.lower_bound(id);
    return first != request_.files.end() && first->first < document_.node(id).end;
  }
  [[nodiscard]] bool has_blocks(NodeId id) const {
    for (NodeId at = id + 1; at < document_.node(id).end; ++at) {
      const std::string& tag = document_.node(at).tag;
      if (tag != "br" && is_block(tag)) return true;
    }
    return false;
  }
  [[nodiscard]] std::string words_of(NodeId id) const {
    return text_of(document_, id, {&request_.area.skip, false});
  }

  [[nodiscard]] int heading_level(NodeId id) const {
    const std::string& tag = document_.node(id).tag;
    if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') return tag[1] - '0';
    if (tag == "dt") {
      int depth = 0;
      for (NodeId at = document_.ancestor(id, "dl"); at != kNoNode && depth < 30;
           at = document_.ancestor(at, "dl")) {
        ++depth;
      }
      return kTermLevel + depth;
    }
    if (tag == "caption" || tag == "summary" || tag == "legend") return kCaptionLevel;
    if (is_bold_heading(id)) return kBoldLevel;
    if ((tag == "p" || tag == "div") && acts_as_heading(id)) return kBoldLevel;
    return 0;
  }

  [[nodiscard]] bool is_bold_heading(NodeId id) const {
    const std::string& tag = document_.node(id).tag;
    return (tag == "b" || tag == "strong") && stands_alone(id) && acts_as_heading(id);
  }
  // Alone on its line, in old pages that have no paragraphs: "<br><b>公共施設一覧</b><br>".
  [[nodiscard]] bool stands_alone(NodeId id) const {
    const NodeId parent = document_.node(id).parent;
    if (parent == kNoNode || (current_ != 0 && within(id, sections_[current_].node))) return false;
    const auto is_break = [&](NodeId at) {
      return document_.node(at).is_element() &&
             (document_.node(at).tag == "br" || is_block(document_.node(at).tag));
    };
    NodeId before = sibling_before(id);
    while (before != kNoNode && is_blank(before)) before = sibling_before(before);
    if (before != kNoNode && !is_break(before)) return false;
    NodeId after = document_.node(id).end;
    while (after < document_.node(parent).end && is_blank(after)) after = document_.node(after).end;
    return after >= document_.node(parent).end ? is_block(document_.node(parent).tag)
                                               : is_break(after);
  }
  [[nodiscard]] NodeId sibling_before(NodeId id) const {
    const NodeId parent = document_.node(id).parent;
    NodeId at = id - 1;  // the parent, or the last node inside the sibling
    if (at == parent) return kNoNode;
    while (document_.node(at).parent != parent) at = document_.node(at).parent;
    return at;
  }
  [[nodiscard]] bool within(NodeId id, NodeId outer) const {
    return id > outer && id < document_.node(outer).end;
  }
  [[nodiscard]] bool is_blank(NodeId id) const {
    return !document_.node(id).is_element() && text_of(document_, id).empty();
  }

  [[nodiscard]] bool acts_as_heading(NodeId id) const {
    if (has_files(id) || has_blocks(id)) return false;
    const std::string words = words_of(id);
    if (words.empty() || words.size() > kMaxBoldBytes || words.find("。") != std::string::npos ||
        field_of_line(words).role != FieldRole::kNone) {
      return false;
    }
    for (const std::string_view mark : {"■", "◆", "◇", "●", "▼", "□", "【", "▽", "☆", "★"}) {
      if (words.starts_with(mark)) return true;
    }
    if (document_.node(id).tag == "b" || document_.node(id).tag == "strong") return true;
    // Bold from the first to the last character.
    for (NodeId at = id + 1; at < document_.node(id).end; ++at) {
      const std::string& tag = document_.node(at).tag;
      if (tag == "strong" || tag == "b") return text_of(document_, at) == words;
    }
    return false;
  }

  [[nodiscard]] NodeId scope_end(NodeId id, int level) const {
    if (document_.node(id).tag == "li") return document_.node(id).end;
    return level < kTermLevel ? kNoNode : document_.node(document_.node(id).parent).end;
  }

  // An item whose files stand in a list of its own: "観光施設一覧 <ul>...".
  [[nodiscard]] bool heads_a_list(NodeId id) {
    if (!has_files(id)) return false;
    for (NodeId at = id + 1; at < document_.node(id).end;) {
      const HtmlNode& node = document_.node(at);
      if (node.tag == "ul" || node.tag == "ol") {
        at = node.end;
        continue;
      }
      if (request_.files.contains(at)) return false;
      ++at;
    }
    const std::string_view words = text::trimmed(own_words(id));
    return !words.empty() && words.size() <= kMaxBoldBytes &&
           words.find("。") == std::string_view::npos;
  }
  [[nodiscard]] int item_level(NodeId id) const {
    int depth = 0;
    for (NodeId at = document_.ancestor(id, "li"); at != kNoNode && depth < kMaxItemDepth;
         at = document_.ancestor(at, "li")) {
      ++depth;
    }
    return kItemLevel + depth;
  }

  void open_section(NodeId id, int level, std::string title) {
    if (title.empty() || title.size() > kMaxTitleBytes) return;
    if (sections_.size() >= kMaxSections) return;
    while (current_ != 0 && sections_[current_].level >= level) {
      current_ = sections_[current_].parent;
    }
    OutlineSection section;
    section.level = level;
    section.node = id;
    section.scope_end = scope_end(id, level);
    section.parent = current_;
    section.title = std::move(title);
    current_ = sections_.size();
    sections_.push_back(std::move(section));
  }

  // Paragraphs and "label: value" lines that link no file.
  void read_words(NodeId id) {
    if (has_files(id) || has_blocks(id)) return;
    OutlineSection& section = sections_[current_];
    const std::string& tag = document_.node(id).tag;
    for (const std::string& line : lines_of(document_, id, {&request_.area.skip, false})) {
      PageField field = field_of_line(line);
      if (field.role == FieldRole::kNone && tag == "dd" && current_ != 0 &&
          document_.node(section.node).tag == "dt") {
        field = {field_role(section.title), section.title, line};
      }
      if (field.role != FieldRole::kNone) {
        // Fields under a <dt> of their own belong to what the list describes.
        const bool term = field.label == section.title;
        sections_[term ? section.parent : current_].fields.push_back(std::move(field));
      } else if (tag != "li" && tag != "td" && section.paragraphs.size() < kMaxParagraphs) {
        section.paragraphs.push_back(line);
      }
    }
  }

  // A table that only places the parts of a page side by side: one row, or headings, lists of terms
  // or tables in its cells.
  [[nodiscard]] bool is_layout(NodeId table) const {
    std::size_t rows = 0;
    for (NodeId at = table + 1; at < document_.node(table).end; ++at) {
      const std::string& tag = document_.node(at).tag;
      if (tag == "th" || tag == "caption") return false;
      if (tag == "tr" && document_.ancestor(at, "table") == table) ++rows;
      const bool is_heading = tag.size() == 2 && tag[0] == 'h' && tag[1] != 'r';
      if (is_heading || tag == "dl" || tag == "table") return true;
    }
    return rows == 1;
  }

  bool visit_table(NodeId id) {
    if (!has_files(id) || is_layout(id)) return false;
    const TableContext context{document_, request_.files, request_.area.skip,
                               request_.rows_are_datasets};
    TableReading reading = read_table(context, id);
    if (reading.kind == TableReading::Kind::kRows && request_.tables_list_datasets) {
      const NodeId caption = document_.find("caption", id);
      const std::string title = caption == kNoNode ? std::string() : words_of(caption);
      OutlineSection& section = sections_[current_];
      for (FoundDataset& row : reading.datasets) {
        if (!title.empty()) row.context.insert(row.context.begin(), title);
        section.rows.push_back(std::move(row));
      }
      return true;
    }
    if (reading.kind == TableReading::Kind::kFields) {
      auto& fields = sections_[current_].fields;
      std::move(reading.fields.begin(), reading.fields.end(), std::back_inserter(fields));
    }
    labels_.merge(reading.labels);
    claims_.merge(reading.claims);
    return false;
  }

  void add_link(FileLink link) {
    if (const auto label = labels_.find(link.node); label != labels_.end()) {
      link.label = label->second;
    } else {
      link.label = label_of(link.node);
    }
    if (const auto claim = claims_.find(link.node); claim != claims_.end()) {
      if (link.format.empty()) link.format = claim->second.format;
      if (link.text.encoding.empty()) link.text.encoding = claim->second.encoding;
    }
    sections_[current_].links.push_back(std::move(link));
  }

  // What the item or paragraph around a link says besides links: "AED設置箇所 [CSV] [PDF]".
  [[nodiscard]] std::string label_of(NodeId id) {
    bool in_division = false;  // outside of it only an item's words belong to the link
    for (NodeId at = document_.node(id).parent; at != kNoNode; at = document_.node(at).parent) {
      const std::string& tag = document_.node(at).tag;
      const auto& roots = request_.area.roots;
      if (std::find(roots.begin(), roots.end(), at) != roots.end()) return {};
      if (tag == "body" || tag == "table" || tag == "dl" || tag == "section") return {};
      const bool item = tag == "li" || (!in_division &&
                                        (tag == "p" || tag == "dd" || tag == "td" || tag == "div"));
      if (!item) continue;
      const std::string& words = own_words(at);
      if (words.find("。") != std::string::npos) return {};
      const LinkText read = read_link_text(words);
      if (!read.name.empty() && read.name.size() <= kMaxLabelBytes) {
        return field_of_line(words).role == FieldRole::kNone ? read.name : std::string();
      }
      in_division = in_division || tag == "div" || tag == "dd";
    }
    return {};
  }

  // Without links to files, lists and tables inside, and headings; of a <div> only what stands in
  // it directly.
  const std::string& own_words(NodeId id) {
    const auto [known, is_new] = own_words_.try_emplace(id);
    if (!is_new) return known->second;
    std::string& out = known->second;
    const bool division = document_.node(id).tag == "div";
    for (NodeId at = id + 1; at < document_.node(id).end && out.size() <= kMaxLabelBytes * 2;) {
      const HtmlNode& node = document_.node(at);
      const bool heading =
          (node.tag.size() == 2 && node.tag[0] == 'h' && node.tag[1] != 'r') || is_bold_heading(at);
      const bool block = division && node.tag != "br" && is_block(node.tag);
      const bool passed = request_.files.contains(at) || node.tag == "ul" || node.tag == "ol" ||
                          node.tag == "table" || node.tag == "dl" || heading || block ||
                          (node.tag == "li" && at != id) || request_.area.skip[at];
      if (passed) {
        out += ' ';
        at = node.end;
        continue;
      }
      out += node.text;
      ++at;
    }
    return out;
  }

  const OutlineRequest& request_;
  const HtmlDocument& document_;
  std::vector<OutlineSection> sections_;
  std::size_t current_ = 0;
  std::map<NodeId, std::string> labels_;
  std::map<NodeId, LinkText> claims_;
  std::map<NodeId, std::string> own_words_;
};

}  // namespace

std::vector<OutlineSection> read_outline(const OutlineRequest& request) {
  return OutlineReader(request).read();
}

}  // namespace minato::harvest
