#include "support/pretend_prefecture/calendar.h"
#include "support/pretend_prefecture/dice.h"
#include "support/pretend_prefecture/documents.h"
#include "support/pretend_prefecture/http.h"

namespace minato::pretend {
namespace {

constexpr std::size_t kPerCategory = 3;

std::string link_of(const Town& town, const Resource& resource, const std::string& text) {
  // Relative, as a CMS writes links; brackets are left as they are.
  return "<a href=\"" + resource.url.substr(town.site_url.size()) + "\">" + text + "</a>";
}

std::string wrap(const Town& town, const PageStyle& style, const std::string& title,
                 const std::string& content) {
  const std::string charset = std::string(style.encoding) == "CP932" ? "Shift_JIS" : style.encoding;
  return "<!DOCTYPE html>\r\n<html lang=\"ja\">\r\n<head>\r\n<meta charset=\"" + charset +
         "\">\r\n<title>" + title + "/" + town.city + "</title>\r\n</head>\r\n<body>\r\n" +
         "<div id=\"header\"><p><a href=\"/\"><img src=\"/logo.png\" alt=\"" + town.city +
         "\"></a></p>\r\n<ul class=\"nav\"><li><a href=\"/kurashi/\">くらし・手続き</a></li>" +
         "<li><a href=\"/sitemap.html\">サイトマップ</a></li></ul></div>\r\n" +
         "<div id=\"pankuzu\"><a href=\"/\">トップ</a> &gt; <a "
         "href=\"/shisei/\">市政情報</a></div>\r\n" +
         "<div id=\"main\">\r\n<h1>" + title + "</h1>\r\n" + content + "</div>\r\n" +
         "<div id=\"footer\"><p>" + town.city + "役所　〒" +
         std::to_string(200 + hash_of(town.code) % 100) + "-0001　" +
         "<a href=\"/privacy.html\">個人情報の取扱い</a></p></div>\r\n</body>\r\n</html>\r\n";
}

std::string paragraph(const std::string& text) { return "<p>" + text + "</p>\r\n"; }

std::string section(const Town& town, const Dataset& dataset, const std::string& heading) {
  std::string out = "<" + heading + " id=\"opendata_dataset_" +
                    dataset.id.substr(dataset.id.find('-') + 1) + "\">" + dataset.title + "</" +
                    heading.substr(0, 2) + ">\r\n" + paragraph(dataset.notes) + "<ul>\r\n";
  for (const Resource& resource : dataset.resources) {
    out += "<li>" + link_of(town, resource, link_text(resource)) + "</li>\r\n";
  }
  return out + "</ul>\r\n";
}

std::string headings(const Town& town, const TownCatalogue& catalogue) {
  std::string out = paragraph(town.city +
                              "が持つデータを公開しています。<a "
                              "href=\"https://creativecommons.org/licenses/by/4.0/deed.ja\">CC BY "
                              "4.0</a>で自由に使えます。");
  for (const Dataset& dataset : catalogue.datasets) out += section(town, dataset, "h2");
  return out;
}

std::string table(const Town& town, const TownCatalogue& catalogue) {
  std::string out = paragraph("公開しているデータの一覧です。") +
                    "<table border=\"1\">\r\n<tr><th>データ名</th><th>内容</th><th>ファイル</th>"
                    "<th>更新日</th></tr>\r\n";
  for (const Dataset& dataset : catalogue.datasets) {
    out += "<tr><td>" + dataset.title + "</td><td>" + dataset.notes + "</td><td>";
    for (const Resource& resource : dataset.resources) {
      const std::string text = link_text(resource);
      // In a table the file's link says only what kind it is.
      const std::string kind =
          text.substr(resource.name.size() + 3, text.size() - resource.name.size() - 6);
      out += link_of(town, resource, kind) + "<br>";
    }
    out += "</td><td>" + dataset.modified + "</td></tr>\r\n";
  }
  return out + "</table>\r\n";
}

std::string links(const Town& town, const TownCatalogue& catalogue) {
  std::string out = paragraph("ファイルを選んでください。") + "<ul class=\"objectlink\">\r\n";
  for (const Dataset& dataset : catalogue.datasets) {
    for (const Resource& resource : dataset.resources) {
      out += "<li class=\"csv\">" + link_of(town, resource, link_text(resource)) + "</li>\r\n";
    }
  }
  return out + "</ul>\r\n" +
         paragraph(
             "<a href=\"https://get.adobe.com/jp/reader/\">Adobe "
             "Readerのダウンロードページ</a>（外部リンク）");
}

std::string items(const Town& town, const TownCatalogue& catalogue) {
  std::string out;
  for (const Dataset& dataset : catalogue.datasets) {
    out += "<div class=\"od-item box\"><p class=\"od-title\">" + dataset.title +
           "</p><div class=\"od-text\">" + dataset.notes + "</div><div class=\"od-files\">";
    for (const Resource& resource : dataset.resources) {
      out += link_of(town, resource, link_text(resource)) + " ";
    }
    out += "</div></div>\r\n";
  }
  return out +
         "<div class=\"related\"><a href=\"/shisei/yosan.pdf\">予算書（PDF：2MB）</a></div>\r\n";
}

}  // namespace

Files web_pages(const Town& town, const TownCatalogue& catalogue, const PageStyle& style) {
  Files files;
  const auto put = [&](const std::string& path, const std::string& title,
                       const std::string& content) {
    const std::string page = wrap(town, style, title, content);
    const std::string encoding = style.encoding;
    const std::string charset = encoding == "CP932" ? "Shift_JIS" : encoding;
    files[path] = {encoding == "UTF-8" ? page : encoded(page, style.encoding),
                   style.says_encoding ? "text/html; charset=" + charset : "text/html", "", -1};
  };
  const std::string start = "/opendata/index.html";
  const std::string title = "オープンデータ";
  switch (style.layout) {
    case Layout::kHeadings:
      put(start, title, headings(town, catalogue));
      break;
    case Layout::kTable:
      put(start, title, table(town, catalogue));
      break;
    case Layout::kLinks:
      put(start, title, links(town, catalogue));
      break;
    case Layout::kItems:
      put(start, title, items(town, catalogue));
      break;
    case Layout::kCategories: {
      std::string index = paragraph("分野から探せます。") + "<ul>\r\n";
      for (std::size_t first = 0; first < catalogue.datasets.size(); first += kPerCategory) {
        const std::string number = std::to_string(first / kPerCategory + 1);
        const std::string page = "/opendata/opendata_category_" + number + ".html";
        index += "<li><a href=\"" + page + "\">分野" + number + "</a></li>\r\n";
        std::string content;
        for (std::size_t i = first; i < std::min(first + kPerCategory, catalogue.datasets.size());
             ++i) {
          content += section(town, catalogue.datasets[i], "h3");
        }
        put(page, "オープンデータ（分野" + number + "）", content);
      }
      put(start, title, index + "</ul>\r\n");
      break;
    }
  }
  return files;
}

namespace {

constexpr int kEditions = 4;

std::string edition_path(int edition) {
  return "/bosai/files/evacuation_space_20" + std::to_string(22 + edition) + "04.csv";
}

std::int64_t edition_rows(int edition) { return 12 + edition; }

int newest(const Change& change) {
  return kEditions + change.edition - 1 + (change.renamed_files ? 1 : 0);
}

}  // namespace

Files editions_page(const Town& town, const Change& change) {
  Files files;
  std::string content = "<ul>\r\n";
  for (int edition = 1; edition <= newest(change); ++edition) {
    TableWish wish;
    wish.topic = 2;
    wish.code = town.code;
    wish.city = town.city;
    wish.rows = static_cast<std::size_t>(edition_rows(edition));
    wish.seed = "evacuation" + std::to_string(edition);
    files[edition_path(edition)] =
        table_file(make_table(wish), Form::kCp932, http_date(kFirstDay + edition * 10'000'000));
    content += "<li><a href=\"" + edition_path(edition) + "\">指定緊急避難場所一覧（20" +
               std::to_string(22 + edition) + "年4月、CSV：2KB）</a></li>\r\n";
  }
  content +=
      "<li><a href=\"/bosai/files/map.pdf\">避難場所地図（PDF：1.2MB）</a></li>\r\n</ul>\r\n";
  const PageStyle style;
  files["/bosai/index.html"] = {wrap(town, style, "避難場所", content), "text/html; charset=UTF-8",
                                "", -1};
  return files;
}

Expected editions_expected(const Town& town, const Change& change) {
  Dataset dataset;
  dataset.name = "evacuation_space";
  dataset.title = "指定緊急避難場所一覧";
  Resource& resource = dataset.resources.emplace_back();
  resource.url = town.site_url + edition_path(newest(change));
  resource.rows = edition_rows(newest(change));
  Expected expected;
  expected.add(dataset);
  return expected;
}

}  // namespace minato::pretend
