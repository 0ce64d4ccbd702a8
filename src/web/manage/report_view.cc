#include "web/manage/report_view.h"

#include <algorithm>
#include <string>

#include "core/utf8.h"
#include "formats/json.h"
#include "web/frame/display.h"

namespace minato::web {
namespace {

using Value = rapidjson::Value;

constexpr std::size_t kShownText = 120;  // code points of a value
constexpr std::size_t kShownColumns = 200;

std::int64_t integer(const Value& value, std::string_view key) {
  const Value* member = formats::find_member(value, key);
  return member != nullptr && member->IsInt64() ? member->GetInt64() : 0;
}

std::string text(const Value& value, std::string_view key) {
  return std::string(formats::string_member(value, key).value_or(""));
}

const Value* items(const Value& value, std::string_view key) {
  const Value* member = formats::find_member(value, key);
  return member != nullptr && member->IsArray() ? member : nullptr;
}

std::string shortened(std::string_view whole) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < whole.size(); ++count) {
    if (count == kShownText) return std::string(whole.substr(0, at)) + "…";
    if (!core::next_code_point(whole, at)) ++at;
  }
  return std::string(whole);
}

// A cell as it is in the table.
std::string cell(const Value& value) {
  if (value.IsString()) return shortened(formats::text_of(value));
  if (value.IsNull()) return {};
  std::string json;
  formats::JsonWriter(json).value(value);
  return json;
}

class Reader {
 public:
  explicit Reader(const ReportScope& scope) : scope_(scope) {}

  [[nodiscard]] View table(const Value& value) const {
    View item = object();
    put(item, "table_name", text(value, "name"));
    put(item, "is_empty", integer(value, "rows") == 0);
    put(item, "part", std::to_string(integer(value, "part")));
    put(item, "size",
        words("manage_report_size",
              {{"rows", count(value, "rows")}, {"columns", count(value, "column_count")}}));
    put(item, "encoding", encoding(text(value, "encoding")));
    put(item, "container", capitals(text(value, "container")));
    put_columns(value, item);
    put_notes(value, "findings", item);
    put_notes(value, "rejects", item);
    const Value* difference = formats::find_member(value, "difference");
    const bool has_old = difference != nullptr && integer(*difference, "old_version") > 0;
    put(item, "difference", has_old ? this->difference(*difference) : View(false));
    return item;
  }

  [[nodiscard]] View refusal(const Value& value) const {
    View item = object();
    put(item, "message", localized(value, "message"));
    put(item, "hint", localized(value, "hint"));
    return item;
  }

  [[nodiscard]] std::string localized(const Value& value, std::string_view key) const {
    const Value* both = formats::find_member(value, key);
    if (both == nullptr) return {};
    return text(*both, scope_.language == core::Language::kJa ? "ja" : "en");
  }

 private:
  using Named = std::initializer_list<std::pair<std::string_view, std::string>>;

  [[nodiscard]] std::string words(std::string_view key, Named values) const {
    return scope_.texts.with(key, values);
  }
  static std::string count(const Value& value, std::string_view key) {
    return display_count(integer(value, key));
  }
  [[nodiscard]] std::string separator() const {
    return scope_.language == core::Language::kJa ? "、" : ", ";
  }

  static std::string encoding(const std::string& name) {
    return name == "CP932" || name == "cp932" ? "Shift_JIS (CP932)" : name;
  }

  // "csv" -> "CSV"
  static std::string capitals(std::string name) {
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return name;
  }

  [[nodiscard]] std::string type_words(const std::string& type) const {
    if (type == "integer") return scope_.texts["manage_type_integer"];
    if (type == "number") return scope_.texts["manage_type_number"];
    if (type == "boolean") return scope_.texts["manage_type_boolean"];
    if (type == "date") return scope_.texts["manage_type_date"];
    if (type == "datetime") return scope_.texts["manage_type_datetime"];
    if (type == "time") return scope_.texts["manage_type_time"];
    return scope_.texts["manage_type_string"];
  }

  [[nodiscard]] std::string role_words(const std::string& role) const {
    return role.empty() ? std::string() : scope_.texts["manage_role_place"];
  }

  [[nodiscard]] View column(const Value& value) const {
    View item = object();
    put(item, "column_name", text(value, "name"));
    put(item, "type", type_words(text(value, "type")));
    put(item, "role", role_words(text(value, "role")));
    put(item, "unit", text(value, "unit"));
    put(item, "nulls", count(value, "nulls"));
    View examples = list();
    if (const Value* all = items(value, "examples")) {
      for (const Value& example : all->GetArray()) {
        View one = object();
        put(one, "example", cell(example));
        examples.push_back(one);
      }
    }
    put(item, "examples", examples);
    return item;
  }

  void put_columns(const Value& table, View& view) const {
    View columns = list();
    std::size_t shown = 0;
    if (const Value* all = items(table, "columns")) {
      for (const Value& one : all->GetArray()) {
        if (shown == kShownColumns) break;
        columns.push_back(column(one));
        ++shown;
      }
    }
    put(view, "columns", columns);
    const std::int64_t rest = integer(table, "column_count") - static_cast<std::int64_t>(shown);
    put(view, "more_columns",
        rest > 0 ? words("manage_report_more_columns", {{"count", display_count(rest)}})
                 : std::string());
  }

  // Where in the file: rows of findings are records, lines of rejects are lines.
  [[nodiscard]] std::string place(const Value& note) const {
    const std::int64_t line = integer(note, "line");
    if (line > 0) return words("manage_report_line", {{"line", display_count(line)}});
    const std::int64_t row = integer(note, "row");
    return row > 0 ? words("manage_report_row", {{"row", display_count(row)}}) : std::string();
  }

  // "findings" and "rejects" alike: has_..., ..._count, and the first of them.
  void put_notes(const Value& table, const std::string& kind, View& view) const {
    const Value* all = items(table, kind);
    View notes = list();
    if (all != nullptr) {
      for (const Value& note : all->GetArray()) {
        View item = object();
        put(item, "place", place(note));
        put(item, "column", text(note, "column"));
        put(item, "got", shortened(text(note, "text")));
        put(item, "message", localized(note, "message"));
        put(item, "hint", localized(note, "hint"));
        notes.push_back(item);
      }
    }
    const std::string key = kind == "findings" ? "finding_count" : "reject_count";
    const std::int64_t whole = integer(table, key);
    const auto shown = static_cast<std::int64_t>(all == nullptr ? 0 : all->Size());
    put(view, "has_" + kind, whole > 0);
    put(view, kind, notes);
    put(view, key, display_count(whole));
    put(view, "more_" + kind,
        whole > shown ? words("manage_report_first", {{"count", display_count(shown)}})
                      : std::string());
  }

  [[nodiscard]] std::string names(const Value& difference, std::string_view key) const {
    std::string joined;
    const Value* all = items(difference, key);
    if (all == nullptr) return joined;
    for (const Value& one : all->GetArray()) {
      if (!joined.empty()) joined += separator();
      joined += one.IsString() ? std::string(formats::text_of(one))
                               : text(one, "from") + " → " + text(one, "to");
    }
    return joined;
  }

  [[nodiscard]] View difference(const Value& value) const {
    View item = object();
    put(item, "before", count(value, "rows_before"));
    put(item, "after", count(value, "rows_after"));
    put(item, "added", count(value, "rows_added"));
    put(item, "gone", count(value, "rows_removed"));
    put(item, "changed", count(value, "rows_changed"));
    const std::string how = text(value, "compared_by");
    put(item, "counts_only", how == "counts_only");
    put(item, "whole_rows", how == "whole_rows");
    put(item, "columns_added", names(value, "columns_added"));
    put(item, "columns_removed", names(value, "columns_removed"));
    put(item, "columns_renamed", names(value, "columns_renamed"));
    return item;
  }

  const ReportScope& scope_;
};

}  // namespace

void put_report(std::string_view report, const ReportScope& scope, View& view) {
  const auto parsed = formats::parse_json(report);
  const Reader reader(scope);
  View tables = list();
  View brakes = list();
  std::int64_t shown = 0;
  bool has_brakes = false;
  if (parsed) {
    if (const Value* all = items(*parsed, "tables")) {
      for (const Value& table : all->GetArray()) tables.push_back(reader.table(table));
      shown = static_cast<std::int64_t>(all->Size());
    }
    if (const Value* all = items(*parsed, "brakes")) {
      for (const Value& brake : all->GetArray()) {
        View item = object();
        put(item, "message", reader.localized(brake, "message"));
        brakes.push_back(item);
        has_brakes = true;
      }
    }
  }
  const Value* refusal = parsed ? formats::find_member(*parsed, "refusal") : nullptr;
  const bool is_refused = refusal != nullptr && refusal->IsObject();
  const std::int64_t more = parsed ? integer(*parsed, "table_count") - shown : 0;
  put(view, "has_tables", shown > 0);
  put(view, "tables", tables);
  put(view, "more_tables",
      more > 0 ? scope.texts.with("manage_report_more_tables", {{"count", display_count(more)}})
               : std::string());
  put(view, "refusal", is_refused ? reader.refusal(*refusal) : View(false));
  put(view, "has_brakes", has_brakes);
  put(view, "brakes", brakes);
}

}  // namespace minato::web
