#include "service/publishers.h"

#include <gmock/gmock.h>

#include "core/names.h"
#include "service/publisher_table.h"
#include "unit/service/shipped_fixture.h"

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kHeader =
    "code,name,kana,romaji,name_en,kind,parent_code,county,latitude,longitude,site_kind,ckan_url,"
    "ckan_organization,open_data_page,home_url,notes\r\n";
constexpr const char* kPrefecture =
    "140007,神奈川県,カナガワケン,Kanagawa-ken,Kanagawa "
    "Prefecture,都道府県,,,35.4477,139.6425,ckan,"
    "https://ckan.example,,,https://pref.example/,CKANで公開している。\r\n";
constexpr const char* kTown =
    "143839,真鶴町,マナヅルマチ,Manazuru-machi,Manazuru Town,町,140007,足柄下郡,35.1583,139.1372,"
    "page,,,https://town.example/data,https://town.example/,ページで公開している。\r\n";

class Publishers : public testing::Test {
 protected:
  PublishersReport load(const std::string& csv) {
    std::ofstream(file(), std::ios::binary) << csv;
    auto report = load_publishers(file(), store, clock);
    if (!report) throw std::runtime_error(report.error().id);
    return *report;
  }
  core::Group stored(std::string_view code) {
    auto group = (*store.read({}))->group(core::GroupKind::kOrganization, code);
    if (!group || !*group) throw std::runtime_error("no organization");
    return **group;
  }
  [[nodiscard]] std::string file() const { return dir.path() + "/publishers.csv"; }

  test::TempDir dir;
  support::FakeCatalogStore store;
  StoppedClock clock;
  const std::string both = std::string(kHeader) + kTown + kPrefecture;
};

TEST_F(Publishers, BecomeOrganizationsBelowThePrefecture) {
  EXPECT_THAT(load(both).created, testing::UnorderedElementsAre("140007", "143839"));
  const core::Group town = stored("143839");
  EXPECT_EQ(town.id, core::stable_uuid("organization", "143839"));
  EXPECT_EQ(town.parent, stored("140007").id);
  EXPECT_EQ(town.title, "真鶴町");
  EXPECT_EQ(town.title_kana, "マナヅルマチ");
  EXPECT_EQ(town.title_en, "Manazuru Town");
  EXPECT_EQ(town.municipality_kind, "町");
  EXPECT_EQ(town.county, "足柄下郡");
  EXPECT_DOUBLE_EQ(town.latitude.value_or(0), 35.1583);
  EXPECT_DOUBLE_EQ(town.longitude.value_or(0), 139.1372);
  EXPECT_EQ(town.homepage, "https://town.example/");
  EXPECT_EQ(town.description, "ページで公開している。");
  EXPECT_THAT(town.extras, ElementsAre(core::Extra{"open_data_page", "https://town.example/data"},
                                       core::Extra{"romaji", "Manazuru-machi"},
                                       core::Extra{"site_kind", "page"}));
  EXPECT_EQ(town.created, clock.time);
}

TEST_F(Publishers, WriteNothingOnASecondRun) {
  load(both);
  const std::uint64_t revision = store.revision();
  EXPECT_EQ(load(both).unchanged.size(), 2U);
  EXPECT_EQ(store.revision(), revision);
}

TEST_F(Publishers, KeepWhatStaffChanged) {
  load(both);
  core::Group town = stored("143839");
  town.description = "職員が書いた説明";
  town.extras.push_back({"slogan", "海と石の町"});
  store.put(town);
  const std::string changed =
      replaced(replaced(both, "ページで公開している。", "BODIKで公開している。"), "Manazuru Town",
               "Town of Manazuru");
  EXPECT_THAT(load(changed).updated, ElementsAre("143839"));
  town = stored("143839");
  EXPECT_EQ(town.description, "職員が書いた説明");
  EXPECT_EQ(town.title_en, "Town of Manazuru");
  EXPECT_EQ(town.extras.size(), 4U);
}

TEST_F(Publishers, DoNotComeBackWhenStaffRemovedThem) {
  load(both);
  core::Group town = stored("143839");
  town.state = core::State::kDeleted;
  store.put(town);
  EXPECT_THAT(load(replaced(both, "Manazuru Town", "Manazuru")).removed_by_staff,
              ElementsAre("143839"));
  EXPECT_EQ(stored("143839").state, core::State::kDeleted);
}

TEST_F(Publishers, PassOverABadRowAndNameItsLineAndColumn) {
  const PublishersReport report = load(replaced(both, "35.1583", "north"));
  EXPECT_THAT(report.created, ElementsAre("140007"));
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_EQ(report.errors[0].id, "publishers-row");
  EXPECT_EQ(report.errors[0].details[0].param, "/latitude");
  EXPECT_EQ(report.errors[0].details[0].position, "line 2");
}

TEST_F(Publishers, RefuseWrongCheckDigitsDoubleCodesAndUnknownParents) {
  EXPECT_EQ(load(replaced(both, "143839", "143838")).errors[0].details[0].param, "/code");
  EXPECT_EQ(load(both + kTown).errors[0].details[0].param, "/code");
  EXPECT_EQ(load(replaced(both, "町,140007", "町,141003")).errors[0].details[0].param,
            "/parent_code");
}

TEST_F(Publishers, RefuseATableWithOtherColumns) {
  std::ofstream(file()) << replaced(both, "site_kind", "site_type");
  const auto report = load_publishers(file(), store, clock);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().id, "publishers-columns");
  ASSERT_EQ(report.error().details.size(), 2U);
  EXPECT_EQ(report.error().details[0].param, "site_kind");
  EXPECT_EQ(report.error().details[1].param, "site_type");
}

TEST_F(Publishers, AreAnErrorWhenTheFileIsMissing) {
  const auto report = load_publishers(dir.path() + "/none.csv", store, clock);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().id, "publishers-missing");
}

// JIS X 0401/0402 with 総務省's check digit: 6a+5b+4c+3d+2e; s mod 11 from 11, for s < 11 from s.
char check_digit(std::string_view code) {
  int sum = 0;
  for (std::size_t i = 0; i < 5; ++i) sum += (code[i] - '0') * static_cast<int>(6 - i);
  const int rest = sum < 11 ? sum : sum % 11;
  return static_cast<char>('0' + (11 - rest) % 10);
}

TEST(ShippedPublishers, AreThePrefectureAndIts33MunicipalitiesWithTrueCheckDigits) {
  std::ifstream in(std::string(MINATO_SOURCE_DIR) + "/datasets/publishers.csv", std::ios::binary);
  const std::string csv(std::istreambuf_iterator<char>(in), {});
  const auto table = parse_publishers(csv);
  ASSERT_TRUE(table) << table.error().message.en;
  EXPECT_THAT(table->errors, IsEmpty());
  ASSERT_EQ(table->publishers.size(), 34U);
  std::map<std::string, int> kinds;
  for (const Publisher& publisher : table->publishers) {
    const core::Group& organization = publisher.organization;
    ASSERT_EQ(organization.name.size(), 6U);
    EXPECT_EQ(organization.name[5], check_digit(organization.name)) << organization.name;
    EXPECT_THAT(core::check_group(organization), IsEmpty()) << organization.name;
    EXPECT_EQ(organization.parent.empty(), organization.name == "140007") << organization.name;
    EXPECT_EQ(organization.county.empty(),
              organization.municipality_kind != "町" && organization.municipality_kind != "村")
        << organization.name;
    EXPECT_NEAR(organization.latitude.value_or(0), 35.4, 0.3) << organization.name;
    EXPECT_NEAR(organization.longitude.value_or(0), 139.4, 0.4) << organization.name;
    ++kinds[organization.municipality_kind];
  }
  EXPECT_EQ(kinds, (std::map<std::string, int>{
                       {"都道府県", 1}, {"政令指定都市", 3}, {"市", 16}, {"町", 13}, {"村", 1}}));
}

}  // namespace
}  // namespace minato::service
