// Walks over the tokens of a question; shared by filters and by the lists of sort, group and agg.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/row_query.h"
#include "core/table.h"
#include "formats/query/filter_tokens.h"
#include "formats/query/query_fault.h"

namespace minato::formats {

// The row's number is asked for by this name, unless a column has it.
inline constexpr std::string_view kRowNumberName = "_row";

// What is being read. The views and the schema must outlive the reader.
struct QuerySource {
  std::string_view param;
  std::string_view text;
  const core::TableSchema* schema = nullptr;
  // Columns of an aggregate's result are named by their text: count(*) is a name then.
  bool calls_are_names = false;
  std::size_t begin = 0;  // byte of `text` where reading starts
};

// A column's place, or Operand::kRowId; nullopt: no such column.
std::optional<int> find_query_column(const core::TableSchema& schema, std::string_view name);

class TokenReader {
 public:
  static core::Result<TokenReader> open(const QuerySource& source);

  [[nodiscard]] const FilterToken& peek(std::size_t ahead = 0) const;
  [[nodiscard]] bool at_end() const { return peek().kind == FilterToken::Kind::kEnd; }
  const FilterToken& take();
  bool accept_sign(std::string_view sign);
  bool accept_keyword(std::string_view keyword);
  [[nodiscard]] bool sees_sign(std::string_view sign, std::size_t ahead = 0) const;
  [[nodiscard]] bool sees_keyword(std::string_view keyword, std::size_t ahead = 0) const;

  core::Result<void> expect_sign(std::string_view sign);
  // A column, or lower(), year(), month() of one; fails also when the function does not suit it.
  core::Result<core::Operand> operand();
  // A name, in backticks or plain.
  core::Result<FilterToken> name();

  // "filter-syntax" at the next token.
  [[nodiscard]] tl::unexpected<core::Error> refuse(std::string_view expected,
                                                   core::LocalizedText hint = {}) const;
  [[nodiscard]] QueryPlace place(std::size_t offset) const;
  [[nodiscard]] const QuerySource& source() const { return source_; }
  // As written, from the token `first` up to the next token.
  [[nodiscard]] std::string_view written_since(std::size_t offset) const;

 private:
  TokenReader(std::vector<FilterToken> tokens, const QuerySource& source);
  core::Result<core::Operand> column_operand(const FilterToken& token);
  core::Result<core::Operand> function_operand();
  std::optional<core::Operand> result_column();

  std::vector<FilterToken> tokens_;
  QuerySource source_;
  std::size_t at_ = 0;
};

}  // namespace minato::formats
