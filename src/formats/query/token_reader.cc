#include "formats/query/token_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace minato::formats {
namespace {

using Kind = FilterToken::Kind;

constexpr std::array<std::string_view, 10> kKeywords = {"and",  "or",      "not",  "in",   "is",
                                                        "like", "between", "null", "true", "false"};

bool is_reserved(const FilterToken& token) {
  return token.kind == Kind::kName &&
         std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](std::string_view keyword) { return is_keyword(token.text, keyword); });
}

std::string without_blanks(std::string_view text) {
  std::string dense;
  std::copy_if(text.begin(), text.end(), std::back_inserter(dense),
               [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
  return dense;
}

std::optional<core::ColumnFunction> function_of(std::string_view name) {
  if (is_keyword(name, "lower")) return core::ColumnFunction::kLower;
  if (is_keyword(name, "year")) return core::ColumnFunction::kYear;
  if (is_keyword(name, "month")) return core::ColumnFunction::kMonth;
  return std::nullopt;
}

bool suits(core::ColumnFunction function, core::ColumnType type) {
  if (function == core::ColumnFunction::kLower) return type == core::ColumnType::kString;
  return type == core::ColumnType::kDate || type == core::ColumnType::kDatetime;
}

tl::unexpected<core::Error> fail_unsuited(const QueryPlace& place, const FilterToken& function,
                                          const core::TableColumn& column) {
  const std::string type(core::column_type_name(column.type));
  const bool lower = is_keyword(function.text, "lower");
  return fail_type(
      place,
      {{"列「" + column.name + "」（" + type + "）に " + function.text + "() は使えません。",
        function.text + "() does not suit the column \"" + column.name + "\" (" + type + ")."},
       lower ? "string" : "date, datetime",
       type,
       {"関数を外すか、型の合う列を指定してください。",
        "Leave the function out or name a column of a fitting type."}});
}

}  // namespace

std::optional<int> find_query_column(const core::TableSchema& schema, std::string_view name) {
  if (const auto place = schema.find(name)) return static_cast<int>(*place);
  if (name == kRowNumberName) return core::Operand::kRowId;
  return std::nullopt;
}

TokenReader::TokenReader(std::vector<FilterToken> tokens, const QuerySource& source)
    : tokens_(std::move(tokens)), source_(source) {}

core::Result<TokenReader> TokenReader::open(const QuerySource& source) {
  auto tokens = cut_filter(source.text, source.param, source.begin);
  if (!tokens) return tl::unexpected(std::move(tokens.error()));
  return TokenReader(std::move(*tokens), source);
}

const FilterToken& TokenReader::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const FilterToken& TokenReader::take() {
  const FilterToken& token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool TokenReader::sees_sign(std::string_view sign, std::size_t ahead) const {
  const FilterToken& token = peek(ahead);
  return token.kind == Kind::kSign && token.text == sign;
}

bool TokenReader::sees_keyword(std::string_view keyword, std::size_t ahead) const {
  const FilterToken& token = peek(ahead);
  return token.kind == Kind::kName && is_keyword(token.text, keyword);
}

bool TokenReader::accept_sign(std::string_view sign) {
  if (!sees_sign(sign)) return false;
  take();
  return true;
}

bool TokenReader::accept_keyword(std::string_view keyword) {
  if (!sees_keyword(keyword)) return false;
  take();
  return true;
}

core::Result<void> TokenReader::expect_sign(std::string_view sign) {
  if (accept_sign(sign)) return {};
  return refuse(sign);
}

QueryPlace TokenReader::place(std::size_t offset) const {
  return {source_.param, source_.text, offset};
}

std::string_view TokenReader::written_since(std::size_t offset) const {
  const std::size_t end = at_ == 0 ? offset : std::max(offset, tokens_[at_ - 1].end);
  return source_.text.substr(offset, end - offset);
}

tl::unexpected<core::Error> TokenReader::refuse(std::string_view expected,
                                                core::LocalizedText hint) const {
  const FilterToken& token = peek();
  const std::string shown(source_.text.substr(token.offset, token.end - token.offset));
  const bool at_end = token.kind == Kind::kEnd;
  QueryFault fault;
  fault.expected = std::string(expected);
  fault.got = shown;
  fault.hint = std::move(hint);
  if (at_end) {
    fault.message = {"途中で終わっています。", "It ends too early."};
  } else {
    fault.message = {"「" + shown_input(shown) + "」はここに書けません。",
                     "\"" + shown_input(shown) + "\" cannot stand here."};
  }
  if (fault.hint.empty()) {
    fault.hint = {"ここには " + fault.expected + " を書いてください。",
                  "Write " + fault.expected + " here."};
  }
  return fail_syntax(place(token.offset), std::move(fault));
}

core::Result<FilterToken> TokenReader::name() {
  const FilterToken& token = peek();
  if (token.kind == Kind::kQuotedName || token.kind == Kind::kName) return take();
  return refuse("name");
}

core::Result<core::Operand> TokenReader::operand() {
  const FilterToken& token = peek();
  if (token.kind == Kind::kQuotedName) return column_operand(take());
  if (token.kind == Kind::kName && sees_sign("(", 1)) {
    if (auto column = result_column()) return *column;
    return function_operand();
  }
  if (is_reserved(token)) {
    return refuse("column", {"列名の場合は `" + token.text + "` のように囲んでください。",
                             "If this is a column's name, write `" + token.text + "`."});
  }
  if (token.kind == Kind::kName) return column_operand(take());
  if (token.kind == Kind::kText || token.kind == Kind::kNumber) {
    return refuse("column", {"左に列名、右に値を書きます（例: 利用者数 >= 1000）。",
                             "The column stands on the left, the value on the right."});
  }
  return refuse("column");
}

core::Result<core::Operand> TokenReader::column_operand(const FilterToken& token) {
  const auto column = find_query_column(*source_.schema, token.text);
  // The rows of an aggregate have no number.
  if (!column || (*column == core::Operand::kRowId && source_.calls_are_names)) {
    return fail_column(place(token.offset), token.text, *source_.schema);
  }
  return core::Operand{*column, core::ColumnFunction::kNone};
}

core::Result<core::Operand> TokenReader::function_operand() {
  const auto function = function_of(peek().text);
  if (!function) {
    return refuse(
        "lower, year, month, search, starts_with, ends_with, contains, within_distance, "
        "in_bbox",
        {"そのような関数はありません。", "There is no such function."});
  }
  const FilterToken called = take();
  take();  // the parenthesis
  const FilterToken named = peek();
  if (named.kind != Kind::kName && named.kind != Kind::kQuotedName) return refuse("column");
  take();
  auto operand = column_operand(named);
  if (!operand) return operand;
  if (operand->column == core::Operand::kRowId) {
    return fail_type(place(named.offset),
                     {{"行番号に関数は使えません。", "The row number takes no function."},
                      "column",
                      named.text,
                      {"関数を外してください。", "Leave the function out."}});
  }
  const auto& column = source_.schema->columns[static_cast<std::size_t>(operand->column)];
  if (!suits(*function, column.type)) {
    return fail_unsuited(place(called.offset), called, column);
  }
  operand->function = *function;
  if (auto closed = expect_sign(")"); !closed) return tl::unexpected(closed.error());
  return operand;
}

// count(*) and the like, spelt as the result column's name is.
std::optional<core::Operand> TokenReader::result_column() {
  if (!source_.calls_are_names) return std::nullopt;
  std::size_t close = 2;
  while (!sees_sign(")", close)) {
    if (peek(close).kind == Kind::kEnd || sees_sign("(", close)) return std::nullopt;
    ++close;
  }
  const std::size_t start = peek().offset;
  const auto written = without_blanks(source_.text.substr(start, peek(close).end - start));
  const auto& columns = source_.schema->columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& column) {
    return without_blanks(column.name) == written;
  });
  if (found == columns.end()) return std::nullopt;
  for (std::size_t i = 0; i <= close; ++i) take();
  return core::Operand{static_cast<int>(found - columns.begin()), core::ColumnFunction::kNone};
}

}  // namespace minato::formats
