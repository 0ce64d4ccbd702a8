// One edition mark at one place of a text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/plain_text.h"

namespace minato::harvest {

struct EditionMark {
  std::size_t end = 0;  // behind the mark
  int year = 0;         // 0: none
  int month = 0;
  int day = 0;
  std::string label;  // how it compares
};

class EditionScanner {
 public:
  EditionScanner(const PlainText& text, const EditionRules& rules) : text_(text), rules_(rules) {}

  [[nodiscard]] std::optional<EditionMark> mark_at(std::size_t at) const;

 private:
  [[nodiscard]] std::optional<EditionMark> era(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> era_letter(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> western(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> digits(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> month(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> version(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> part_of_year(std::size_t at) const;
  [[nodiscard]] std::optional<EditionMark> latest(std::size_t at) const;

  // Behind a year: 年度, 年 with month and day, or month and day behind . - / _.
  void read_rest_of_date(std::size_t at, EditionMark& mark) const;
  void read_date_in_words(std::size_t at, EditionMark& mark) const;
  void read_time(EditionMark& mark) const;
  void skip_suffixes(EditionMark& mark) const;          // 現在, 時点, 末, 分, 版
  [[nodiscard]] std::size_t run(std::size_t at) const;  // of digits
  [[nodiscard]] int number(std::size_t at, std::size_t length) const;
  [[nodiscard]] char32_t before(std::size_t at) const { return at == 0 ? 0 : text_.plain[at - 1]; }
  [[nodiscard]] char32_t at(std::size_t i) const { return i < text_.size() ? text_.plain[i] : 0; }
  [[nodiscard]] bool begins_word(std::size_t at) const;

  const PlainText& text_;
  const EditionRules& rules_;
};

}  // namespace minato::harvest
