#include "service/rows/column_plan.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "core/names.h"
#include "core/utf8.h"
#include "service/rows/row_errors.h"
#include "tabular/types/column_names.h"

namespace minato::service {
namespace {

using core::ColumnRole;
using core::ColumnType;
using core::Result;
using core::TableColumn;

constexpr std::size_t kMaxNameCharacters = 63;
constexpr std::size_t kMaxAliases = 20;
constexpr std::size_t kMaxKeyColumns = 32;
constexpr std::size_t kMaxWrongs = 20;

bool is_blank(char32_t c) { return c == U' ' || c == U'\u00A0' || c == U'\u3000'; }

// CKAN's rule, with characters instead of bytes: 21 kanji are 63 bytes.
bool is_valid_name(std::string_view name) {
  if (name.empty() || name.front() == '_' || !core::is_valid_utf8(name)) return false;
  std::size_t count = 0;
  char32_t last = 0;
  for (std::size_t at = 0; at < name.size(); ++count) {
    const char32_t c = *core::next_code_point(name, at);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == U'"') return false;
    if (count == 0 && is_blank(c)) return false;
    last = c;
  }
  return count <= kMaxNameCharacters && !is_blank(last);
}

core::ErrorDetail wrong(std::string param, core::LocalizedText message, core::LocalizedText hint) {
  core::ErrorDetail detail;
  detail.param = std::move(param);
  detail.message = std::move(message);
  detail.hint = std::move(hint);
  return detail;
}

core::ErrorDetail wrong_name(std::string param, const std::string& name) {
  return wrong(
      std::move(param),
      {"「" + name + "」は列名に使えません。", "\"" + name + "\" is not a valid field name"},
      {"列名は 1〜63 文字で、先頭の _、前後の空白、\" と制御文字は使えません。",
       "A name has 1 to 63 characters, does not begin with _, has no blanks at its ends, "
       "no \" and no control characters."});
}

core::ErrorDetail wrong_type(std::string param, const core::Column& column) {
  if (column.type.empty()) {
    return wrong(std::move(param),
                 {"列「" + column.name + "」の型を推定できません。",
                  "\"" + column.name + "\" type not guessable"},
                 {"fields の type で型を指定してください。", "Give its type in fields."});
  }
  return wrong(std::move(param),
               {"「" + column.type + "」という型はありません。",
                "\"" + column.type + "\" is not a valid field type"},
               {"text、int、numeric、timestamp、date、bool などを指定してください。",
                "Use text, int, numeric, timestamp, date, bool and the like."});
}

ColumnRole role_of(const TableColumn& column) {
  const auto hint = tabular::hint_of(column.name);
  if (column.type == ColumnType::kNumber) {
    if (hint == tabular::NameHint::kLatitude) return ColumnRole::kLatitude;
    if (hint == tabular::NameHint::kLongitude) return ColumnRole::kLongitude;
  }
  return ColumnRole::kNone;
}

class Planner {
 public:
  Planner(const std::vector<TableColumn>& before, const TableDefinition& wanted)
      : before_(before), wanted_(wanted) {}

  Result<ColumnPlan> plan(std::int64_t max_columns) {
    keep_columns();
    for (std::size_t i = 0; i < wanted_.columns.size() && wrongs_.size() < kMaxWrongs; ++i) {
      take("/fields/" + std::to_string(i), wanted_.columns[i]);
    }
    check_count(max_columns);
    if (!wrongs_.empty()) return definition_invalid(std::move(wrongs_));
    plan_.changes_rows = plan_.columns.size() != before_.size();
    for (std::size_t i = 0; i < plan_.from.size(); ++i) {
      plan_.changes_rows = plan_.changes_rows || plan_.from[i] != i;
    }
    return std::move(plan_);
  }

 private:
  void keep_columns() {
    std::set<std::string_view> listed;
    for (const core::Column& column : wanted_.columns) listed.insert(column.name);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (wanted_.delete_columns && !listed.contains(before_[i].name)) continue;
      plan_.columns.push_back(before_[i]);
      plan_.from.emplace_back(i);
    }
  }

  void take(const std::string& pointer, const core::Column& column) {
    if (!names_.insert(column.name).second) {
      wrongs_.push_back(
          wrong(pointer + "/id",
                {"列名「" + column.name + "」が重なっています。",
                 "Duplicate column names are not supported"},
                {"列名を一つずつ変えてください。", "Give each column its own name."}));
      return;
    }
    const auto known = std::find_if(plan_.columns.begin(), plan_.columns.end(),
                                    [&](const auto& old) { return old.name == column.name; });
    if (known != plan_.columns.end()) return describe(column, *known);
    if (!is_valid_name(column.name)) wrongs_.push_back(wrong_name(pointer + "/id", column.name));
    const auto type = core::column_type_of(column.type);
    if (!type) {
      wrongs_.push_back(wrong_type(pointer + "/type", column));
      return;
    }
    TableColumn added;
    added.name = column.name;
    added.title = column.title;
    added.unit = column.unit;
    added.description = column.description;
    added.type = *type;
    added.role = role_of(added);
    plan_.columns.push_back(std::move(added));
    plan_.from.emplace_back(std::nullopt);
  }

  void describe(const core::Column& wanted, TableColumn& column) {
    const auto replace = [&](const std::string& from, std::string& to) {
      if (from.empty() || from == to) return;
      to = from;
      plan_.changes_words = true;
    };
    replace(wanted.title, column.title);
    replace(wanted.unit, column.unit);
    replace(wanted.description, column.description);
  }

  void check_count(std::int64_t max_columns) {
    if (plan_.columns.empty() && wrongs_.empty()) {
      wrongs_.push_back(wrong("/fields", {"列がありません。", "At least one field is needed"},
                              {"fields か records を送ってください。", "Send fields or records."}));
    }
    if (static_cast<std::int64_t>(plan_.columns.size()) > max_columns) {
      const std::string most = std::to_string(max_columns);
      wrongs_.push_back(wrong("/fields",
                              {"列は " + most + " 列までです。", "At most " + most + " fields"},
                              {"表を分けてください。", "Split the table."}));
    }
  }

  const std::vector<TableColumn>& before_;
  const TableDefinition& wanted_;
  ColumnPlan plan_;
  std::set<std::string_view> names_;
  core::ErrorDetails wrongs_;
};

}  // namespace

Result<ColumnPlan> plan_columns(const std::vector<TableColumn>& before,
                                const TableDefinition& wanted, std::int64_t max_columns) {
  return Planner(before, wanted).plan(max_columns);
}

Result<std::vector<std::size_t>> key_places(const std::vector<std::string>& key,
                                            const std::vector<TableColumn>& columns) {
  std::vector<std::size_t> places;
  core::ErrorDetails wrongs;
  const core::LocalizedText hint{"fields にある列名を一度ずつ挙げてください。",
                                 "Name columns of fields, each once."};
  for (std::size_t i = 0; i < key.size() && wrongs.size() < kMaxWrongs; ++i) {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const auto& column) { return column.name == key[i]; });
    const auto place = static_cast<std::size_t>(found - columns.begin());
    const bool repeats = std::find(places.begin(), places.end(), place) != places.end();
    if (found == columns.end() || repeats || i >= kMaxKeyColumns) {
      wrongs.push_back(wrong("/primary_key/" + std::to_string(i),
                             {"「" + key[i] + "」は主キーにできません。",
                              "\"" + key[i] + "\" is not a valid field of the primary key"},
                             hint));
    }
    places.push_back(place);
  }
  if (!wrongs.empty()) return definition_invalid(std::move(wrongs));
  return places;
}

Result<void> check_aliases(const std::vector<std::string>& aliases) {
  core::ErrorDetails wrongs;
  for (std::size_t i = 0; i < aliases.size() && wrongs.size() < kMaxWrongs; ++i) {
    const bool usable =
        is_valid_name(aliases[i]) && aliases[i].find_first_of("%/") == std::string::npos;
    if (usable && i < kMaxAliases) continue;
    wrongs.push_back(wrong("/aliases/" + std::to_string(i),
                           {"「" + aliases[i] + "」は別名に使えません。",
                            "\"" + aliases[i] + "\" is not a valid alias name"},
                           {"63 文字以内で、先頭の _ と記号 \" % / を使わない名前を 20 個まで"
                            "指定できます。",
                            "Give at most 20 names of up to 63 characters that do not begin with _ "
                            "and have none of \" % /."}));
  }
  if (!wrongs.empty()) return definition_invalid(std::move(wrongs));
  return {};
}

}  // namespace minato::service
