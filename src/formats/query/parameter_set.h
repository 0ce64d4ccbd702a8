// The query parameters of a question, sorted into reserved ones and conditions on columns.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/query/row_parameters.h"

namespace minato::formats {

class ParameterSet {
 public:
  // `allowed`: the reserved names with a meaning here, besides where, q, bbox, near.
  static core::Result<ParameterSet> sort(const TableQuestion& question,
                                         std::span<const std::string_view> allowed);

  // All conditions together.
  [[nodiscard]] const core::Filter& filter() const { return filter_; }
  [[nodiscard]] const std::optional<core::Near>& near() const { return near_; }
  // nullopt: absent.
  [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;

  struct Range {
    std::int64_t low = 0;
    std::int64_t high = 0;
    core::LocalizedText hint;
  };
  // A whole number in the range; nullopt: absent.
  [[nodiscard]] core::Result<std::optional<std::int64_t>> number(std::string_view name,
                                                                 const Range& range) const;
  // The place of the value in `choices`; 0 when absent.
  [[nodiscard]] core::Result<std::size_t> choice(std::string_view name,
                                                 std::span<const std::string_view> choices) const;
  [[nodiscard]] core::Result<bool> flag(std::string_view name) const;
  // bom, excel, encoding.
  [[nodiscard]] core::Result<TextOutput> text_output() const;
  [[nodiscard]] core::Result<std::optional<std::int64_t>> version() const;
  [[nodiscard]] core::Result<RowShape> shape() const;

 private:
  core::Result<void> add(const QueryParameter& parameter, const TableQuestion& question,
                         std::span<const std::string_view> allowed);
  core::Result<void> add_filter(std::string_view name, std::string_view text,
                                const core::TableSchema& schema);
  core::Result<void> add_place(std::string_view name, std::string_view text,
                               const core::TableSchema& schema);

  std::map<std::string, std::string, std::less<>> values_;
  core::Filter filter_;
  std::optional<core::Near> near_;
};

// One item of a list with commas between, blanks around it removed.
struct ListItem {
  std::string_view text;
  std::size_t offset = 0;  // in the whole
};

// Cuts at commas outside backticks and parentheses. Fails with "parameter-invalid" when an item is
// empty or there are more than `max_items`; blank text: none.
core::Result<std::vector<ListItem>> cut_list(std::string_view param, std::string_view text,
                                             std::size_t max_items);

struct ListSource {
  std::string_view param;
  std::string_view text;  // the whole list
  const core::TableSchema* schema = nullptr;
  bool calls_are_names = false;
};

// A column, spelt plainly whatever signs it has, or as in filters: `name`, c3, year(name).
core::Result<core::Operand> parse_list_operand(const ListSource& source, const ListItem& item);

// "-a,b desc,year(c)": at most 10 keys.
core::Result<std::vector<core::RowSort>> parse_sort(const ListSource& source);

}  // namespace minato::formats
