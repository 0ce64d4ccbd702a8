#include "harvest/sources/page/page_facts.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/licenses.h"
#include "harvest/sources/page/edition.h"
#include "harvest/sources/page/html_text.h"
#include "harvest/sources/page/link_reader.h"
#include "harvest/sources/page/plain_text.h"
#include "text/blanks.h"
#include "text/pattern.h"
#include "text/utf8.h"

namespace minato::harvest {
namespace {

constexpr std::size_t kMaxLicenseBytes = 300;
constexpr std::size_t kContactLines = 12;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool names_site(std::string_view part) {
  return contains_any(part, {"公式", "ホームページ", "ウェブサイト", "webサイト", "Webサイト",
                             "WEBサイト", "Website", "website", "トップページ", "City of"}) ||
         ((part.ends_with("市") || part.ends_with("町") || part.ends_with("村") ||
           part.ends_with("県") || part.ends_with("区")) &&
          part.size() <= 24) ||
         (part.ends_with("役所") || part.ends_with("役場"));
}

std::string meta(const HtmlDocument& document, std::string_view wanted) {
  for (NodeId id = 0; id < document.size(); ++id) {
    const HtmlNode& node = document.node(id);
    if (node.tag == "body") break;
    if (node.tag == "meta" &&
        (node.attribute("name") == wanted || node.attribute("property") == wanted)) {
      return std::string(text::trimmed(node.attribute("content")));
    }
  }
  return {};
}

std::string headline(const HtmlDocument& document, const ContentArea& area) {
  std::string elsewhere;
  for (NodeId id = 0; id < document.size(); ++id) {
    if (document.node(id).tag != "h1") continue;
    std::string words = text_of(document, id);
    if (words.empty()) continue;
    if (area.includes(document, id)) return words;
    const bool passed_over = [&] {
      for (NodeId at = id; at != kNoNode; at = document.node(at).parent) {
        if (area.skip[at]) return true;
      }
      return false;
    }();
    if (elsewhere.empty() && !passed_over && !names_site(words)) elsewhere = std::move(words);
  }
  return elsewhere;
}

// The date behind 更新日 and the like; 公開日 only when there is no other.
std::optional<text::CalendarDate> updated_in(const std::vector<std::string>& lines) {
  static constexpr std::array<std::string_view, 11> kLabels = {
      "最終更新日", "最終更新", "更新年月日", "更新日時",   "更新日",      "ページ更新日",
      "公開日",     "掲載日",   "登録日",     "公開年月日", "Last updated"};
  for (const std::string_view label : kLabels) {
    for (const std::string& line : lines) {
      const std::size_t at = line.find(label);
      if (at == std::string::npos) continue;
      const std::string_view behind =
          text::truncated(std::string_view(line).substr(at + label.size()), 60);
      if (const auto date = first_date(behind)) return date;
    }
  }
  // 「2025年4月1日更新」
  for (const std::string& line : lines) {
    if (line.size() < 60 && line.ends_with("更新")) {
      if (const auto date = first_date(line)) return date;
    }
  }
  return std::nullopt;
}

std::optional<text::CalendarDate> updated_on(const HtmlDocument& document,
                                             const std::vector<std::string>& lines) {
  if (const auto date = updated_in(lines)) return date;
  for (const std::string_view name :
       {"article:modified_time", "last-modified", "dcterms.modified"}) {
    if (const auto date = first_date(meta(document, name))) return date;
  }
  for (NodeId id = 0; id < document.size(); ++id) {
    if (document.node(id).tag != "time") continue;
    if (const auto date = first_date(document.node(id).attribute("datetime"))) return date;
  }
  return std::nullopt;
}

// Links and pictures: href="https://creativecommons.org/licenses/by/4.0/deed.ja", alt="CC BY".
std::string linked_license(const HtmlDocument& document) {
  for (NodeId id = 0; id < document.size(); ++id) {
    const HtmlNode& node = document.node(id);
    const std::string_view href = node.attribute("href");
    const bool license =
        contains_any(href, {"creativecommons.org/", "public_data_license", "opendatacommons.org/"});
    if (license && core::find_license(href) != nullptr) return std::string(href);
  }
  for (NodeId id = 0; id < document.size(); ++id) {
    const HtmlNode& node = document.node(id);
    if (node.tag != "img") continue;
    const std::string line = license_in({std::string(node.attribute("alt"))});
    if (!line.empty()) return line;
  }
  return {};
}

const text::Pattern& phone_pattern() {
  static const text::Pattern pattern =
      text::Pattern::make(R"((?<![0-9-])\(?0\d{1,4}[-(.)]{1,2}\d{1,4}[-).]\d{3,4}(?!\d))").value();
  return pattern;
}

const text::Pattern& email_pattern() {
  static const text::Pattern pattern =
      text::Pattern::make(R"([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)").value();
  return pattern;
}

std::string found(const text::Pattern& pattern, std::string_view text) {
  const auto match = pattern.match(text::truncated(text, text::Pattern::kMaxSubjectBytes));
  return match && *match ? (*match)->text : std::string();
}

// The name of an office at the beginning of a line.
std::string department_of(std::string_view line) {
  for (const std::string_view stop : {"電話", "〒", "TEL", "Tel", "tel", "ファ", "FAX", "直通",
                                      "所在", "住所", "内線", "メール", "Eメール", "E-mail"}) {
    line = line.substr(0, line.find(stop));
  }
  line = text::trimmed(line);
  for (const std::string_view mark : {"：", ":", "（", "(", "・", "、"}) {
    if (line.ends_with(mark)) line = text::trimmed(line.substr(0, line.size() - mark.size()));
    if (line.starts_with(mark)) line = text::trimmed(line.substr(mark.size()));
  }
  if (line.size() > 120 || line.find("。") != std::string_view::npos) return {};
  // A row of a table: "AED CSV XLSX 2025/04/01 危機管理課".
  if (line.find('/') != std::string_view::npos || std::count(line.begin(), line.end(), ' ') > 3) {
    return {};
  }
  for (const std::string_view end : {"課", "室", "係", "局", "部", "担当", "センター", "館", "署",
                                     "委員会", "グループ", "班", "チーム", "所"}) {
    if (line.ends_with(end)) return std::string(line);
  }
  return {};
}

// 担当課 in the middle of a line is the header of a table's column.
bool begins_contact(std::string_view line) {
  if (contains_any(line, {"問い合わせ", "問合せ", "問合わせ"})) return true;
  const std::string_view start = text::trimmed(line);
  for (const std::string_view mark :
       {"担当課", "担当部署", "作成・発信部署", "発信元", "作成部署"}) {
    if (start.starts_with(mark)) return true;
  }
  return false;
}

}  // namespace

std::string without_site_name(std::string_view title) {
  std::string_view rest = text::trimmed(title);
  for (const std::string_view separator :
       {"｜", "|", " - ", " – ", " — ", " － ", "／", " / ", "：", " : ", "－", "–", "»", "«"}) {
    const std::size_t first = rest.find(separator);
    if (first == std::string_view::npos) continue;
    const std::string_view head = text::trimmed(rest.substr(0, first));
    const std::size_t last = rest.rfind(separator);
    const std::string_view tail = text::trimmed(rest.substr(last + separator.size()));
    const bool spaced =
        separator.size() > 3 || separator == "｜" || separator == "|" || separator.starts_with(' ');
    if (!head.empty() && names_site(tail)) return std::string(head);
    if (!tail.empty() && names_site(head)) return std::string(tail);
    if (!head.empty() && spaced) return std::string(head);
  }
  return std::string(rest);
}

std::string license_in(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const bool may = contains_any(
        line, {"CC BY", "CC-BY", "CCBY", "ＣＣ", "CC0", "クリエイティブ", "Creative Commons", "PDL",
               "公共データ利用規約", "政府標準利用規約", "cc by", "cc-by"});
    if (!may) continue;
    const std::string_view kept = text::truncated(line, kMaxLicenseBytes);
    if (core::find_license(kept) != nullptr) return std::string(kept);
  }
  return {};
}

core::Contact contact_in(const std::vector<std::string>& lines) {
  core::Contact contact;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!begins_contact(lines[i])) continue;
    for (std::size_t at = i; at < std::min(lines.size(), i + kContactLines); ++at) {
      std::string_view line = lines[at];
      // Behind the label, when it stands in the same line.
      for (const std::string_view mark : {"：", ":", "先 ", "せ "}) {
        const std::size_t colon = at == i ? line.find(mark) : std::string_view::npos;
        if (colon == std::string_view::npos) continue;
        line = line.substr(colon + mark.size());
        break;
      }
      if (contact.name.empty() && (at > i || line.size() < lines[i].size())) {
        contact.name = department_of(line);
      }
      const std::string plain = utf8_of(plain_text(line).plain);
      const std::size_t fax = std::min(plain.find("fax"), plain.find("ファ"));
      if (contact.phone.empty()) contact.phone = found(phone_pattern(), plain.substr(0, fax));
      if (contact.email.empty()) contact.email = found(email_pattern(), plain);
    }
    if (!contact.name.empty() || !contact.phone.empty() || !contact.email.empty()) break;
  }
  return contact;
}

PageFacts read_page_facts(const HtmlDocument& document, const ContentArea& area) {
  PageFacts facts;
  facts.title = headline(document, area);
  if (facts.title.empty()) {
    const NodeId title = document.find("title");
    // <head> is no text of the page, its <title> is.
    if (title != kNoNode) facts.title = without_site_name(text_of(document, title));
  }
  facts.description = meta(document, "description");
  std::vector<std::string> lines;
  for (const NodeId root : area.roots) {
    auto more = lines_of(document, root, {&area.skip, false});
    std::move(more.begin(), more.end(), std::back_inserter(lines));
  }
  const std::vector<std::string> everywhere = lines_of(document, 0, {&area.skip, false});
  facts.license = license_in(lines);
  if (facts.license.empty()) facts.license = linked_license(document);
  if (facts.license.empty()) facts.license = license_in(everywhere);
  facts.updated = updated_on(document, everywhere);
  facts.contact = contact_in(lines);
  if (facts.contact == core::Contact{}) facts.contact = contact_in(everywhere);
  for (NodeId id = 0; id < document.size() && facts.contact.email.empty(); ++id) {
    const std::string_view href = document.node(id).attribute("href");
    if (!href.starts_with("mailto:") || facts.contact.name.empty()) continue;
    facts.contact.email = found(email_pattern(), escapes_decoded(href.substr(7)));
  }
  return facts;
}

}  // namespace minato::harvest
