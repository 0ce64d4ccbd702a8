// What a heading is to a catalogue: the name of a dataset, of a group of them, or neither.
#pragma once

#include <string>
#include <string_view>

namespace minato::harvest {

// ダウンロード, CSV形式, 令和6年度, データ: it says something of the files below it, but belongs to
// the heading above.
bool is_transparent_title(std::string_view title);

// オープンデータ一覧, 湊町オープンデータカタログ: many datasets stand below it.
bool is_catalogue_title(std::string_view title);

// 防災・安全, 子育て, 人口・世帯: a field of e-Stat or of public life.
bool is_theme_title(std::string_view title);

// 利用規約, お問い合わせ, 更新履歴: links below it are no data.
bool is_service_title(std::string_view title);

}  // namespace minato::harvest
