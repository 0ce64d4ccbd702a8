#include "formats/import_report_text.h"

#include <cstdint>

#include "formats/json.h"

namespace minato::formats {

namespace {

using Value = rapidjson::Value;

constexpr std::size_t kShownRejects = 5;

class Words {
 public:
  explicit Words(core::Language language) : ja_(language == core::Language::kJa) {}

  [[nodiscard]] std::string operator()(std::string_view ja, std::string_view en) const {
    return std::string(ja_ ? ja : en);
  }
  // {"ja","en"} of a member.
  [[nodiscard]] std::string text(const Value& value, std::string_view key) const {
    const Value* texts = find_member(value, key);
    if (texts == nullptr) return {};
    return std::string(string_member(*texts, ja_ ? "ja" : "en").value_or(""));
  }
  [[nodiscard]] std::string separator() const { return ja_ ? "、" : ", "; }

 private:
  bool ja_;
};

std::int64_t integer_of(const Value& value, std::string_view key) {
  const Value* member = find_member(value, key);
  return member != nullptr && member->IsInt64() ? member->GetInt64() : 0;
}

std::string count_of(const Value& value, std::string_view key) {
  return std::to_string(integer_of(value, key));
}

const Value* list_of(const Value& value, std::string_view key) {
  const Value* member = find_member(value, key);
  return member != nullptr && member->IsArray() ? member : nullptr;
}

std::string names_of(const Value& value, std::string_view key, const Words& words) {
  std::string text;
  const Value* list = list_of(value, key);
  if (list == nullptr) return text;
  for (const Value& item : list->GetArray()) {
    if (!item.IsString()) continue;
    text += (text.empty() ? "" : words.separator()) + std::string(text_of(item));
  }
  return text;
}

std::string renamed_of(const Value& difference, const Words& words) {
  std::string text;
  const Value* list = list_of(difference, "columns_renamed");
  if (list == nullptr) return text;
  for (const Value& item : list->GetArray()) {
    text += (text.empty() ? "" : words.separator()) +
            std::string(string_member(item, "from").value_or("")) + " → " +
            std::string(string_member(item, "to").value_or(""));
  }
  return text;
}

std::string table_line(const Value& table, const Words& words) {
  const std::string name(string_member(table, "name").value_or(""));
  std::string line = words("表 ", "Table ") + count_of(table, "part");
  if (!name.empty()) line += " " + name;
  line += ": " + count_of(table, "rows") + words(" 行 × ", " rows x ") +
          count_of(table, "column_count") + words(" 列", " columns");
  line += words("、型に合わない値 ", ", rejects ") + count_of(table, "reject_count");
  line += words("、気づいた点 ", ", findings ") + count_of(table, "finding_count");
  const std::int64_t version = integer_of(table, "version");
  if (version > 0) line += words("、版 ", ", version ") + std::to_string(version);
  return line;
}

void add_difference(const Value& difference, const Words& words, std::vector<std::string>& lines) {
  if (integer_of(difference, "old_version") == 0) return;
  lines.push_back("  " + words("公開中の版との違い: ", "Against the published version: ") + "+" +
                  count_of(difference, "rows_added") + " -" + count_of(difference, "rows_removed") +
                  " ~" + count_of(difference, "rows_changed") +
                  words(" 行（追加・削除・変更）", " rows (added, removed, changed)"));
  const auto add = [&](std::string_view ja, std::string_view en, const std::string& names) {
    if (!names.empty()) lines.push_back("  " + words(ja, en) + names);
  };
  add("増えた列: ", "Columns added: ", names_of(difference, "columns_added", words));
  add("なくなった列: ", "Columns gone: ", names_of(difference, "columns_removed", words));
  add("名前が変わった列: ", "Columns renamed: ", renamed_of(difference, words));
}

void add_rejects(const Value& table, const Words& words, std::vector<std::string>& lines) {
  const Value* rejects = list_of(table, "rejects");
  if (rejects == nullptr) return;
  std::size_t shown = 0;
  for (const Value& reject : rejects->GetArray()) {
    if (++shown > kShownRejects) break;
    lines.push_back("  " + words("行 ", "line ") + count_of(reject, "line") + " " +
                    std::string(string_member(reject, "column").value_or("")) + ": " +
                    words.text(reject, "message"));
  }
}

}  // namespace

ReportText report_text(std::string_view report, core::Language language) {
  ReportText text;
  const auto parsed = parse_json(report);
  if (!parsed) return text;
  const Words words(language);
  if (const Value* tables = list_of(*parsed, "tables")) {
    for (const Value& table : tables->GetArray()) {
      text.tables.push_back(table_line(table, words));
      if (const Value* difference = find_member(table, "difference")) {
        add_difference(*difference, words, text.tables);
      }
      add_rejects(table, words, text.tables);
    }
  }
  if (const Value* refusal = find_member(*parsed, "refusal"); refusal && refusal->IsObject()) {
    text.refusal = words.text(*refusal, "message") + " " + words.text(*refusal, "hint");
  }
  if (const Value* brakes = list_of(*parsed, "brakes")) {
    for (const Value& brake : brakes->GetArray())
      text.brakes.push_back(words.text(brake, "message"));
  }
  return text;
}

}  // namespace minato::formats
