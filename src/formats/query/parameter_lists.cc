// The lists of sort, select, group, agg and facet (parameter_set.h).
#include <utility>

#include "formats/query/parameter_set.h"
#include "formats/query/query_fault.h"
#include "formats/query/token_reader.h"

namespace minato::formats {
namespace {

constexpr std::size_t kMaxSortKeys = 10;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

ListItem trimmed(std::string_view whole, std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(whole[begin])) ++begin;
  while (end > begin && is_blank(whole[end - 1])) --end;
  return {whole.substr(begin, end - begin), begin};
}

core::Result<TokenReader> open_item(const ListSource& source, const ListItem& item) {
  QuerySource piece{source.param, source.text.substr(0, item.offset + item.text.size()),
                    source.schema, source.calls_are_names, item.offset};
  return TokenReader::open(piece);
}

// "name desc", "name asc": takes the word off and tells whether it was "desc".
bool take_direction(const ListSource& source, ListItem& item) {
  const std::size_t blank = item.text.find_last_of(" \t");
  if (blank == std::string_view::npos) return false;
  const bool descends = is_keyword(item.text.substr(blank + 1), "desc");
  if (!descends && !is_keyword(item.text.substr(blank + 1), "asc")) return false;
  item = trimmed(source.text, item.offset, item.offset + blank);
  return descends;
}

core::Result<core::RowSort> parse_sort_key(const ListSource& source, ListItem item) {
  core::RowSort key;
  const bool has_sign = item.text.front() == '-' || item.text.front() == '+';
  if (has_sign) {
    key.descending = item.text.front() == '-';
    item = trimmed(source.text, item.offset + 1, item.offset + item.text.size());
  } else if (!source.schema->find(item.text)) {
    key.descending = take_direction(source, item);
  }
  const auto operand = parse_list_operand(source, item);
  if (!operand) return tl::unexpected(operand.error());
  key.operand = *operand;
  return key;
}

}  // namespace

core::Result<std::vector<ListItem>> cut_list(std::string_view param, std::string_view text,
                                             std::size_t max_items) {
  std::vector<ListItem> items;
  if (trimmed(text, 0, text.size()).text.empty()) return items;
  std::size_t start = 0;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (c == '`') quoted = !quoted;
    if (!quoted && c == '(') ++depth;
    if (!quoted && c == ')' && depth > 0) --depth;
    if (i < text.size() && (c != ',' || quoted || depth > 0)) continue;
    items.push_back(trimmed(text, start, i));
    start = i + 1;
    if (items.back().text.empty() || items.size() > max_items) {
      return fail_parameter(param, {{"コンマ区切りの項目が空か、多すぎます。",
                                     "An item between commas is empty, or there are too many."},
                                    "1..." + std::to_string(max_items),
                                    std::string(text),
                                    {"余分なコンマを取り、項目を減らしてください。",
                                     "Remove surplus commas or items."}});
    }
  }
  return items;
}

core::Result<core::Operand> parse_list_operand(const ListSource& source, const ListItem& item) {
  if (const auto column = source.schema->find(item.text)) {
    return core::Operand{static_cast<int>(*column), core::ColumnFunction::kNone};
  }
  auto reader = open_item(source, item);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  const auto operand = reader->operand();
  if (operand && !reader->at_end()) return reader->refuse(",");
  return operand;
}

core::Result<std::vector<core::RowSort>> parse_sort(const ListSource& source) {
  const auto items = cut_list(source.param, source.text, kMaxSortKeys);
  if (!items) return tl::unexpected(items.error());
  std::vector<core::RowSort> keys;
  for (const ListItem& item : *items) {
    const auto key = parse_sort_key(source, item);
    if (!key) return tl::unexpected(key.error());
    keys.push_back(*key);
  }
  return keys;
}

}  // namespace minato::formats
