#include "service/accounts/known_publishers.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "accounts_fixture.h"
#include "service/publishers.h"

namespace minato::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kCsvFile = MINATO_SOURCE_DIR "/datasets/publishers.csv";

class KnownOrganizations : public AccountsTest {
 protected:
  KnownOrganizations() {
    std::stringstream text;
    text << std::ifstream(kCsvFile).rdbuf();
    csv_ = text.str();
  }
  core::Result<core::Group> known(const char* code) {
    return known_organization(store_, csv_, code, by_operator());
  }
  std::string csv_;
};

TEST_F(KnownOrganizations, AreMadeWithTheirTitleAndParent) {
  const auto actions = actions_of([&] {
    const core::Group city = value_of(known("142018"));
    EXPECT_EQ(city.title, "横須賀市");
    EXPECT_EQ(city.created, clock_.time);
    const auto prefecture = value_of(reader()->group(core::GroupKind::kOrganization, city.parent));
    ASSERT_TRUE(prefecture);
    EXPECT_EQ(prefecture->name, "140007");
  });
  EXPECT_THAT(actions, ElementsAre("organization.create", "organization.create"));
  EXPECT_THAT(actions_of([&] { value_of(known("142018")); }), IsEmpty());
  EXPECT_THAT(actions_of([&] { value_of(known("142034")); }), ElementsAre("organization.create"));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KnownOrganizations, AreThoseOfTheCatalogueWhenItHasThem) {
  EXPECT_EQ(value_of(known("141003")).id, "city-id");
}

TEST_F(KnownOrganizations, AreNotMadeUp) {
  EXPECT_EQ(error_of(known("131016")), "organization-not-found");
  EXPECT_EQ(error_of(known("")), "organization-not-found");
}

TEST_F(KnownOrganizations, DoNotReturnWhenStaffDeletedThem) {
  core::Group city = value_of(known("142018"));
  city.state = core::State::kDeleted;
  value_of(storage_.catalog->write(
      [&](storage::CatalogWriter& writer) { return writer.put_group(city); }));
  EXPECT_EQ(error_of(known("142018")), "organization-not-found");
}

TEST_F(KnownOrganizations, AreTheOnesThatTheListLoadsLater) {
  // The list brings these itself.
  value_of(storage_.catalog->write([](storage::CatalogWriter& writer) -> core::Result<void> {
    if (auto done = writer.purge_group("city-id"); !done) return done;
    return writer.purge_group("town-id");
  }));
  value_of(known("142018"));
  const PublishersReport report = value_of(load_publishers(kCsvFile, *storage_.catalog, clock_));
  EXPECT_THAT(report.unchanged, testing::Contains("142018"));
  EXPECT_THAT(report.unchanged, testing::Contains("140007"));
  EXPECT_THAT(report.created, testing::Contains("142034"));
}

}  // namespace
}  // namespace minato::service
