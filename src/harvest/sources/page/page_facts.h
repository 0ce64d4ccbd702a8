// What a page says of itself and of all that is on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset.h"
#include "harvest/sources/page/content_area.h"
#include "harvest/sources/page/html_document.h"
#include "text/japanese_date.h"

namespace minato::harvest {

struct PageFacts {
  std::string title;        // its headline, else <title> without the site's name
  std::string description;  // <meta name=description>
  std::string license;      // as written or linked; empty: none that we know
  std::optional<text::CalendarDate> updated;
  core::Contact contact;
};

PageFacts read_page_facts(const HtmlDocument& document, const ContentArea& area);

// "AED設置箇所｜湊町公式ウェブサイト" -> "AED設置箇所"
std::string without_site_name(std::string_view title);

// The line that names a licence of ours; empty: none does.
std::string license_in(const std::vector<std::string>& lines);

// Department, telephone and mail of lines such as お問い合わせ先 情報政策課 電話：045-000-0000.
core::Contact contact_in(const std::vector<std::string>& lines);

}  // namespace minato::harvest
