#include "support/pretend_prefecture/publishers.h"

#include <array>

namespace minato::pretend {
namespace {

constexpr const char* kPermission =
    R"({"robots_permission":"神奈川県情報公開担当が2026年4月1日に許可"})";
constexpr const char* kWithoutTests = R"({"exclude_organizations":["test-soshiki"]})";
constexpr const char* kRows = R"({"datasets_by":"row"})";
constexpr const char* kFiles = R"({"datasets_by":"file"})";
constexpr const char* kCategoryPages =
    R"({"link_depth":1,"link_pattern":"opendata_category_[0-9]+\\.html$"})";
constexpr const char* kSelectors =
    R"({"dataset_selector":".od-item","title_selector":".od-title","description_selector":".od-text"})";
constexpr const char* kNewest =
    R"({"pattern":"evacuation_space_[0-9]+\\.csv$","title":"指定緊急避難場所一覧","remote_name":"evacuation_space"})";

constexpr Publisher ckan(const char* code, const char* city, std::size_t datasets,
                         const char* options) {
  return {
      .code = code, .city = city, .show = Show::kCkan, .datasets = datasets, .options = options};
}

constexpr Publisher shared(const char* code, const char* city, std::size_t datasets,
                           const char* options) {
  return {.code = code,
          .city = city,
          .show = Show::kSharedCkan,
          .datasets = datasets,
          .validators = Validators::kDate,
          .options = options};
}

constexpr Publisher list(const char* code, const char* city, ListEdition edition) {
  return {
      .code = code, .city = city, .show = Show::kList, .naming = Naming::kStamp, .list = edition};
}

struct Paper {
  Layout layout;
  const char* encoding = "UTF-8";
  bool says_encoding = true;
  const char* options = "{}";
};

constexpr Paper kUtf8Headings = {Layout::kHeadings};
constexpr Paper kCp932Headings = {Layout::kHeadings, "CP932"};
constexpr Paper kSilentCp932Headings = {Layout::kHeadings, "CP932", false};
constexpr Paper kUtf8Table = {Layout::kTable};
constexpr Paper kCp932Table = {Layout::kTable, "CP932", true, kRows};
constexpr Paper kEucTable = {Layout::kTable, "EUC-JP", false, kRows};
constexpr Paper kEucHeadings = {Layout::kHeadings, "EUC-JP"};
constexpr Paper kLinks = {Layout::kLinks, "UTF-8", true, kFiles};
constexpr Paper kCp932Links = {Layout::kLinks, "CP932", false, kFiles};
constexpr Paper kCategories = {Layout::kCategories, "UTF-8", true, kCategoryPages};
constexpr Paper kItems = {Layout::kItems, "UTF-8", true, kSelectors};

constexpr Publisher pages(const char* code, const char* city, const Paper& paper, Naming naming,
                          Form form, Validators validators = Validators::kBoth,
                          std::size_t datasets = 4) {
  return {.code = code,
          .city = city,
          .show = Show::kPages,
          .datasets = datasets,
          .naming = naming,
          .form = form,
          .validators = validators,
          .layout = paper.layout,
          .encoding = paper.encoding,
          .says_encoding = paper.says_encoding,
          .options = paper.options};
}

constexpr std::array<Publisher, 34> kPublishers = {{
    ckan("140007", "神奈川県", 800, kPermission),
    ckan("141003", "横浜市", 650, kWithoutTests),
    pages("141305", "川崎市", kCategories, Naming::kPair, Form::kUtf8, Validators::kBoth, 7),
    ckan("141500", "相模原市", 114, "{}"),
    shared("142018", "横須賀市", 60, R"({"organizations":["142018"]})"),
    pages("142034", "平塚市", kCp932Table, Naming::kPlain, Form::kCp932, Validators::kDate),
    pages("142042", "鎌倉市", kUtf8Headings, Naming::kEra, Form::kXlsx),
    pages("142051", "藤沢市", kSilentCp932Headings, Naming::kMonth, Form::kCp932),
    {.code = "142069", .city = "小田原市", .show = Show::kTurtle, .datasets = 12},
    pages("142077", "茅ヶ崎市", kUtf8Table, Naming::kStamp, Form::kBom),
    pages("142085", "逗子市", kLinks, Naming::kMonth, Form::kUtf8),
    {.code = "142107", .city = "三浦市", .show = Show::kJsonLd, .datasets = 8, .form = Form::kBom},
    pages("142115", "秦野市", kItems, Naming::kEra, Form::kCp932),
    shared("142123", "厚木市", 45, R"({"organizations":["142123"]})"),
    pages("142131", "大和市", kUtf8Headings, Naming::kStamp, Form::kBom, Validators::kNone),
    list("142140", "伊勢原市", ListEdition::kFirstCp932),
    list("142158", "海老名市", ListEdition::kStandardBom),
    list("142166", "座間市", ListEdition::kStandardXlsx),
    {.code = "142174", .city = "南足柄市", .show = Show::kEditions, .options = kNewest},
    pages("142182", "綾瀬市", kEucHeadings, Naming::kEra, Form::kCp932),
    pages("143014", "葉山町", kUtf8Headings, Naming::kPlain, Form::kXlsx, Validators::kTag),
    pages("143219", "寒川町", kCp932Headings, Naming::kMonth, Form::kCp932),
    pages("143413", "大磯町", kEucTable, Naming::kStamp, Form::kUtf8),
    pages("143421", "二宮町", kUtf8Table, Naming::kEra, Form::kXlsx),
    pages("143618", "中井町", kCp932Links, Naming::kPlain, Form::kCp932),
    pages("143626", "大井町", kUtf8Headings, Naming::kPair, Form::kUtf8),
    pages("143634", "松田町", kLinks, Naming::kEra, Form::kBom),
    pages("143642", "山北町", kCp932Table, Naming::kMonth, Form::kCp932),
    pages("143669", "開成町", kItems, Naming::kStamp, Form::kUtf8, Validators::kNone),
    pages("143821", "箱根町", kUtf8Headings, Naming::kMonth, Form::kUtf8),
    shared("143839", "真鶴町", 12, R"({"organizations":["143839"]})"),
    pages("143847", "湯河原町", kCategories, Naming::kStamp, Form::kCp932),
    pages("144011", "愛川町", kCp932Headings, Naming::kPlain, Form::kCp932, Validators::kDate),
    pages("144029", "清川村", kUtf8Table, Naming::kPlain, Form::kUtf8, Validators::kTag, 3),
}};

}  // namespace

std::span<const Publisher> publishers() { return kPublishers; }

}  // namespace minato::pretend
