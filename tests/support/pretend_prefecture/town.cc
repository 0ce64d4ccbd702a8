#include "support/pretend_prefecture/town.h"

#include "support/pretend_prefecture/calendar.h"
#include "support/pretend_prefecture/dice.h"

namespace minato::pretend {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kPublished = kFirstDay + 820 * kDay;  // spring of 2026

// One dataset on its way into the catalogue.
struct Piece {
  const Town& town;
  const Change& change;
  std::size_t number = 0;
  std::size_t topic = 0;

  [[nodiscard]] std::size_t updates() const {
    std::size_t count = change.renamed_files ? 1 : 0;
    for (int edition = 2; edition <= change.edition; ++edition) {
      if (number % 3 == static_cast<std::size_t>(edition) % 3) ++count;
    }
    return count;
  }
  [[nodiscard]] std::size_t rows() const { return 4 + (number * 5 + topic) % 17 + updates(); }
  [[nodiscard]] std::int64_t modified() const {
    return kPublished + static_cast<std::int64_t>(number + 30 * updates()) * kDay;
  }
};

std::string file_stem(const Piece& piece) {
  const std::string word(topic_word(piece.topic));
  const std::string step = std::to_string(5 + piece.updates());  // updates are fewer than five
  switch (piece.town.naming) {
    case Naming::kPlain:
      return word;
    case Naming::kEra:
      return "R" + std::to_string(7 + piece.updates()) + "_" + word;
    case Naming::kMonth:
      return word + "20260" + step;
    case Naming::kStamp:
      return "20260" + step + "01_" + word;
    case Naming::kPair:
      return "080" + step + "03";
  }
  return word;
}

std::string folder_of(const Piece& piece) {
  return "/cmsfiles/contents/0000" + std::to_string(100 + piece.topic) + "/" +
         std::to_string(100'000 + hash_of(piece.town.code) % 800'000 + piece.topic) + "/";
}

void add_table(const Piece& piece, Form form, const std::string& stem, const Rows& rows,
               TownCatalogue& catalogue) {
  const bool is_workbook = form == Form::kXlsx;
  const std::string path = folder_of(piece) + stem + (is_workbook ? ".xlsx" : ".csv");
  File& file = catalogue.files[path] = table_file(rows, form, http_date(piece.modified()));
  Dataset& dataset = catalogue.datasets.back();
  Resource& resource = dataset.resources.emplace_back();
  resource.id = uuid_of(piece.town.code + path);
  resource.name = dataset.title;
  resource.url = piece.town.site_url + path;
  resource.format = is_workbook ? "XLSX" : "CSV";
  resource.mimetype = file.content_type;
  resource.size = static_cast<std::int64_t>(file.bytes.size());
  resource.modified = iso_date(piece.modified());
  resource.rows = file.rows;
}

void add_document(const Piece& piece, Dataset& dataset) {
  Resource& resource = dataset.resources.emplace_back();
  resource.name = dataset.title + "の説明";
  resource.url = piece.town.site_url + folder_of(piece) + "setsumei.pdf";
  resource.id = uuid_of(resource.url);
  resource.format = "PDF";
  resource.mimetype = "application/pdf";
  resource.size = 234'567;
  resource.modified = iso_date(piece.modified());
}

void add_dataset(const Piece& piece, TownCatalogue& catalogue) {
  const Town& town = piece.town;
  Dataset& dataset = catalogue.datasets.emplace_back();
  dataset.name = topic_word(piece.topic);
  dataset.id = town.code + "-" + std::to_string(1'001 + piece.number);
  dataset.title = topic_title(piece.topic);
  dataset.notes = town.city + "の" + dataset.title + "です。";
  dataset.organization = town.code;
  dataset.created = iso_date(kPublished - 400 * kDay);
  dataset.modified = iso_date(piece.modified());
  dataset.frequency = piece.number % 2 == 0 ? "毎年" : "随時";
  dataset.theme = piece.number % 2 == 0 ? "行財政" : "司法・安全・環境";
  dataset.tags = {dataset.title.substr(0, 9), "オープンデータ"};
  dataset.license.id = "CC BY 4.0";
  dataset.license.url = "https://creativecommons.org/licenses/by/4.0/";
  TableWish wish;
  wish.topic = piece.topic;
  wish.code = town.code;
  wish.city = town.city;
  wish.rows = piece.rows();
  wish.seed = dataset.name;
  const Rows rows = make_table(wish);
  const std::string stem = file_stem(piece);
  if (town.naming == Naming::kPair) {
    add_table(piece, Form::kBom, stem + "(UTF-8)", rows, catalogue);
    add_table(piece, Form::kCp932, stem + "(Shift_JIS)", rows, catalogue);
  } else {
    add_table(piece, town.form, stem, rows, catalogue);
  }
  if (town.has_documents && piece.number % 4 == 1) add_document(piece, catalogue.datasets.back());
}

}  // namespace

Expected TownCatalogue::expected() const {
  Expected expected;
  for (const Dataset& dataset : datasets) expected.add(dataset);
  return expected;
}

TownCatalogue make_town(const Town& town, const Change& change) {
  TownCatalogue catalogue;
  const std::size_t first = hash_of(town.code) % topic_count();
  const std::size_t added = static_cast<std::size_t>(change.edition - 1);
  const std::size_t end = std::min(topic_count(), town.datasets + added);
  for (std::size_t number = 0; number < end; ++number) {
    if (change.third_gone && number % 3 == 0) continue;
    add_dataset({town, change, number, (first + number) % topic_count()}, catalogue);
  }
  return catalogue;
}

std::string link_text(const Resource& resource) {
  std::string kind = resource.format;
  if (resource.url.find("(UTF-8)") != std::string::npos) kind += " UTF-8";
  if (resource.url.find("(Shift_JIS)") != std::string::npos) kind += " Shift_JIS";
  return resource.name + "（" + kind + "：" + std::to_string(resource.size / 1'024 + 1) + "KB）";
}

}  // namespace minato::pretend
