#include "tabular/types/column_names.h"

#include <algorithm>
#include <array>
#include <string>

namespace minato::tabular {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Full-width letters as ASCII, ASCII in lower case, dashes and brackets as they are.
std::string plain_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte == 0xEF && i + 2 < name.size()) {
      const unsigned value = (static_cast<unsigned char>(name[i + 1]) & 0x3Fu) << 6 |
                             (static_cast<unsigned char>(name[i + 2]) & 0x3Fu);
      const unsigned code = 0xF000u | value;
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out += static_cast<char>(code - 0xFEE0);
        i += 2;
        continue;
      }
    }
    out += name[i];
  }
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// "affiliationCode", "city_code", "mechanismCd".
bool names_code(std::string_view name, std::string_view original) {
  return name == "code" || name == "cd" || name.ends_with("code") || name.ends_with("_cd") ||
         name.ends_with("-cd") || original.ends_with("Cd") || original.ends_with("CD") ||
         contains(name, "code_") || name == "zip" || name.ends_with("zip") ||
         contains(name, "zipcode") || contains(name, "postal") || name == "tel" ||
         name.starts_with("tel_") || name.ends_with("_tel") || contains(name, "telephone") ||
         contains(name, "phone") || name == "fax" || contains(name, "fax") || name == "isbn" ||
         name == "jan" || contains(name, "extensionnumber") || contains(name, "corporatenumber");
}

constexpr std::array<std::string_view, 16> kTextParts{
    "コード",   "ｺｰﾄﾞ", "コ―ド", "郵便番号", "〒",   "電話",   "内線",   "法人番号",
    "口座番号", "備考", "摘要",  "特記事項", "住所", "所在地", "町字id", "マイナンバー"};

bool names_date(std::string_view name) {
  return name == "date" || name.ends_with("_date") || name.ends_with("date") ||
         name.ends_with("日") || contains(name, "年月日") || contains(name, "日付") ||
         contains(name, "日時");
}

// The name without a unit or remark in brackets: "緯度（10進）".
std::string_view without_brackets(std::string_view name) {
  return name.substr(0, std::min({name.find('('), name.find('['), name.size()}));
}

NameHint coordinate_hint(std::string_view whole) {
  const std::string_view name = without_brackets(whole);
  const bool both = contains(whole, "緯度") && contains(whole, "経度");
  // "座標(緯度)"
  if (!both && (name == "座標" || name == "位置" || name == "位置情報")) {
    if (contains(whole, "緯度")) return NameHint::kLatitude;
    if (contains(whole, "経度")) return NameHint::kLongitude;
  }
  if (both || name == "location" || name == "latlng" || name == "latlon" || name == "lat_lng" ||
      name == "lat_lon" || name == "位置情報" || name == "座標" || name == "位置座標" ||
      name == "geopoint" || name == "geo_point" || name == "coordinates" || name == "緯度経度") {
    return NameHint::kPoint;
  }
  if (name.ends_with("緯度") || name.starts_with("緯度") || name == "ido" || name == "lat" ||
      name == "latitude" || name.ends_with("_lat") || name.ends_with("_latitude") ||
      name == "北緯") {
    return NameHint::kLatitude;
  }
  if (name.ends_with("経度") || name.starts_with("経度") || name == "keido" || name == "lng" ||
      name == "lon" || name == "long" || name == "longitude" || name.ends_with("_lng") ||
      name.ends_with("_lon") || name.ends_with("_longitude") || name == "東経") {
    return NameHint::kLongitude;
  }
  if (name == "y" || name == "y座標" || name == "fy") {
    return NameHint::kNorthing;
  }
  return name == "x" || name == "x座標" || name == "fx" ? NameHint::kEasting : NameHint::kNone;
}

}  // namespace

NameHint hint_of(std::string_view original) {
  const std::string name = plain_name(original);
  if (const NameHint hint = coordinate_hint(name); hint != NameHint::kNone) {
    return hint;
  }
  const bool counted = name.ends_with("数") || name.ends_with("件数") || name.ends_with("数)");
  const bool text = names_code(name, original) ||
                    std::any_of(kTextParts.begin(), kTextParts.end(),
                                [&name](std::string_view part) { return contains(name, part); });
  if (text && !counted) {
    return NameHint::kText;
  }
  return names_date(name) ? NameHint::kDate : NameHint::kNone;
}

}  // namespace minato::tabular
