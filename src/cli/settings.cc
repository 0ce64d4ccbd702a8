#include "cli/settings.h"

#include <toml++/toml.h>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <sstream>

#include "core/nearest.h"

namespace minato::cli {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::string_view kEnvironmentPrefix = "MINATO_";

tl::unexpected<core::Error> bad_value(const Setting& setting, const std::string& source,
                                      const std::string& got, const std::string& expected) {
  const std::string key(setting.key);
  return core::fail(ErrorCode::kInvalidArgument, "config-invalid-value",
                    {source + " の設定 " + key + " の値 \"" + got + "\" は使えません。",
                     source + ": setting " + key + " cannot be \"" + got + "\"."},
                    {"使える値: " + expected, "Expected: " + expected});
}

tl::unexpected<core::Error> unknown_key(const std::string& key, const std::string& source,
                                        bool as_environment) {
  std::vector<std::string> names;
  for (const Setting& setting : settings_table()) {
    names.push_back(as_environment ? environment_name(setting.key) : std::string(setting.key));
  }
  const std::string near = core::nearest(key, {names.begin(), names.end()});
  core::LocalizedText hint{"設定の一覧は minato serve --print-config で見られます。",
                           "minato serve --print-config lists every setting."};
  if (!near.empty())
    hint = {near + " のことですか？ " + hint.ja, "Did you mean " + near + "? " + hint.en};
  return core::fail(ErrorCode::kInvalidArgument, "config-unknown-key",
                    {source + " に知らない設定 " + key + " があります。",
                     source + ": unknown setting " + key + "."},
                    hint);
}

const Setting* find_setting(std::string_view key) {
  for (const Setting& setting : settings_table()) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string all;
  for (const std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
  return all;
}

Result<void> assign_integer(Settings& settings, const Setting& setting, std::int64_t value,
                            const std::string& source) {
  if (value < setting.minimum || value > setting.maximum) {
    return bad_value(setting, source, std::to_string(value),
                     std::to_string(setting.minimum) + " .. " + std::to_string(setting.maximum));
  }
  settings.*std::get<std::int64_t Settings::*>(setting.field) = value;
  return {};
}

Result<void> assign_string(Settings& settings, const Setting& setting, std::string value,
                           const std::string& source) {
  if (!setting.choices.empty() &&
      std::find(setting.choices.begin(), setting.choices.end(), value) == setting.choices.end()) {
    return bad_value(setting, source, value, joined(setting.choices));
  }
  settings.*std::get<std::string Settings::*>(setting.field) = std::move(value);
  return {};
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view item = text.substr(0, comma);
    if (!item.empty()) items.emplace_back(item);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return items;
}

// A value from the environment or a flag: text, to be read as the setting's type.
Result<void> assign_text(Settings& settings, const Setting& setting, const std::string& text,
                         const std::string& source) {
  if (std::holds_alternative<std::string Settings::*>(setting.field)) {
    return assign_string(settings, setting, text, source);
  }
  if (std::holds_alternative<std::int64_t Settings::*>(setting.field)) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
      return bad_value(setting, source, text, "integer");
    }
    return assign_integer(settings, setting, value, source);
  }
  if (const auto* flag = std::get_if<bool Settings::*>(&setting.field)) {
    if (text != "true" && text != "false") return bad_value(setting, source, text, "true, false");
    settings.** flag = text == "true";
    return {};
  }
  settings.*std::get<std::vector<std::string> Settings::*>(setting.field) = split_list(text);
  return {};
}

// A value of the file: has a type of its own, which must be the setting's.
Result<void> assign_node(Settings& settings, const Setting& setting, const toml::node& node,
                         const std::string& source) {
  std::ostringstream shown;
  node.visit([&shown](const auto& value) { shown << value; });
  const std::string got = shown.str();
  if (std::holds_alternative<std::string Settings::*>(setting.field)) {
    if (!node.is_string()) return bad_value(setting, source, got, "string (\"...\")");
    return assign_string(settings, setting, node.as_string()->get(), source);
  }
  if (std::holds_alternative<std::int64_t Settings::*>(setting.field)) {
    if (!node.is_integer()) return bad_value(setting, source, got, "integer");
    return assign_integer(settings, setting, node.as_integer()->get(), source);
  }
  if (const auto* flag = std::get_if<bool Settings::*>(&setting.field)) {
    if (!node.is_boolean()) return bad_value(setting, source, got, "true, false");
    settings.** flag = node.as_boolean()->get();
    return {};
  }
  const toml::array* array = node.as_array();
  if (array == nullptr || !(array->empty() || array->is_homogeneous(toml::node_type::string))) {
    return bad_value(setting, source, got, "array of strings ([\"...\"])");
  }
  std::vector<std::string> items;
  for (const toml::node& item : *array) items.push_back(item.as_string()->get());
  settings.*std::get<std::vector<std::string> Settings::*>(setting.field) = std::move(items);
  return {};
}

std::string place(const std::string& file, const toml::node& node) {
  return file + ":" + std::to_string(node.source().begin.line);
}

Result<void> apply_file(Settings& settings, const std::string& file) {
  toml::table root;
  try {
    root = toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    const auto& begin = error.source().begin;
    return core::fail(
        ErrorCode::kInvalidArgument, "config-unreadable",
        {"設定ファイル " + file + " の " + std::to_string(begin.line) + " 行 " +
             std::to_string(begin.column) + " 列を読めません: " + std::string(error.description()),
         "Cannot read configuration file " + file + ", line " + std::to_string(begin.line) +
             ", column " + std::to_string(begin.column) + ": " + std::string(error.description())},
        {"TOML 1.0 の書き方を確かめてください。", "Check the TOML 1.0 syntax."});
  }
  for (const auto& [table_name, node] : root) {
    const toml::table* table = node.as_table();
    if (table == nullptr)
      return unknown_key(std::string(table_name.str()), place(file, node), false);
    for (const auto& [name, value] : *table) {
      const std::string key = std::string(table_name.str()) + "." + std::string(name.str());
      const Setting* setting = find_setting(key);
      if (setting == nullptr) return unknown_key(key, place(file, value), false);
      if (auto done = assign_node(settings, *setting, value, place(file, value)); !done)
        return done;
    }
  }
  return {};
}

Result<void> apply_environment(Settings& settings,
                               const std::map<std::string, std::string>& environment) {
  for (const auto& [name, text] : environment) {
    if (!name.starts_with(kEnvironmentPrefix)) continue;
    const auto& table = settings_table();
    const auto found = std::find_if(
        table.begin(), table.end(),
        [&name = name](const Setting& setting) { return environment_name(setting.key) == name; });
    if (found == table.end()) return unknown_key(name, "environment", true);
    if (auto done = assign_text(settings, *found, text, "environment " + name); !done) return done;
  }
  return {};
}

std::string toml_value(const Settings& settings, const Setting& setting) {
  std::ostringstream out;
  std::visit(
      [&](auto field) {
        const auto& value = settings.*field;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          toml::array array;
          for (const std::string& item : value) array.push_back(item);
          out << array;
        } else {
          out << toml::value<Value>(value);
        }
      },
      setting.field);
  return out.str();
}

std::string allowed(const Setting& setting) {
  if (!setting.choices.empty()) return joined(setting.choices);
  if (std::holds_alternative<std::int64_t Settings::*>(setting.field)) {
    return std::to_string(setting.minimum) + " – " + std::to_string(setting.maximum);
  }
  if (std::holds_alternative<bool Settings::*>(setting.field)) return "true, false";
  return std::holds_alternative<std::string Settings::*>(setting.field) ? "text" : "list of text";
}

}  // namespace

std::string environment_name(std::string_view key) {
  std::string name(kEnvironmentPrefix);
  for (const char c : key) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

Result<Settings> load_settings(const SettingSources& sources) {
  Settings settings;
  if (!sources.file.empty()) {
    if (auto done = apply_file(settings, sources.file); !done) return tl::unexpected(done.error());
  }
  if (auto done = apply_environment(settings, sources.environment); !done) {
    return tl::unexpected(done.error());
  }
  for (const auto& [key, text] : sources.overrides) {
    const Setting* setting = find_setting(key);
    if (setting == nullptr) return unknown_key(key, "--set", false);
    if (auto done = assign_text(settings, *setting, text, "--set " + key); !done) {
      return tl::unexpected(done.error());
    }
  }
  return settings;
}

std::string print_config(const Settings& settings, core::Language language) {
  std::string out;
  std::string_view table;
  for (const Setting& setting : settings_table()) {
    const std::size_t dot = setting.key.find('.');
    if (setting.key.substr(0, dot) != table) {
      table = setting.key.substr(0, dot);
      out.append(out.empty() ? "" : "\n").append("[").append(table).append("]\n");
    }
    out.append("# ").append(setting.description.in(language)).append("\n");
    out.append(setting.key.substr(dot + 1))
        .append(" = ")
        .append(toml_value(settings, setting))
        .append("\n");
  }
  return out;
}

std::string settings_markdown() {
  const Settings defaults;
  std::string out =
      "# 設定 / Settings\n\n"
      "<!-- Made by `minato settings-reference`; a test compares it with the program. -->\n\n"
      "優先順位: フラグ > 環境変数 > 設定ファイル（`--config`）> "
      "既定値。知らない設定はエラーになります。\n"
      "Precedence: flags, environment, file (`--config`), defaults. Unknown settings are "
      "errors.\n\n"
      "| key | environment | default | allowed | 説明 / description |\n|---|---|---|---|---|\n";
  for (const Setting& setting : settings_table()) {
    out.append("| `").append(setting.key).append("` | `").append(environment_name(setting.key));
    out.append("` | `")
        .append(toml_value(defaults, setting))
        .append("` | ")
        .append(allowed(setting));
    out.append(" | ")
        .append(setting.description.ja)
        .append("<br>")
        .append(setting.description.en)
        .append(" |\n");
  }
  return out;
}

}  // namespace minato::cli
