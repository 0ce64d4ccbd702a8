#include <gmock/gmock.h>

#include "markup.h"
#include "support/program_fixture.h"

namespace minato {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HomePage : public ProgramTest {
 protected:
  std::string page(const std::string& target = "/") {
    return support::call_route(table_, {"GET", target, {}, ""}).body;
  }
  void change(const std::string& name, const std::function<void(core::Dataset&)>& edit) {
    core::Dataset dataset = *catalog_.dataset(name);
    edit(dataset);
    store_.put(dataset);
  }
};

TEST_F(HomePage, TellsHowMuchThereIs) {
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("<dt>データセット</dt><dd><a href=\"/dataset\">3</a></dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>公開団体</dt><dd><a href=\"/organization\">2</a></dd>"));
  EXPECT_THAT(html, HasSubstr("<dd>1</dd>"));  // the population's table
  EXPECT_THAT(html, HasSubstr("<time datetime=\"2024-05-01T09:30:00Z\">2024年5月1日</time>"));
}

TEST_F(HomePage, CountsAnewWhenTheCatalogueChanges) {
  page();
  change("shelters", [](core::Dataset& dataset) { dataset.is_private = true; });
  EXPECT_THAT(page(), HasSubstr("<dt>データセット</dt><dd><a href=\"/dataset\">2</a></dd>"));
}

TEST_F(HomePage, HasEveryThemeWithItsCount) {
  const std::string html = page();
  for (int code = 1; code <= 16; ++code) {
    EXPECT_THAT(html, HasSubstr("/dataset?theme=" + std::to_string(code) + "\""));
  }
  EXPECT_THAT(html, HasSubstr("人口・世帯</span> <span class=\"count\">1<"));
}

TEST_F(HomePage, PlacesMunicipalitiesOnTheMapAndSaysHowFreshTheyAre) {
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("<li class=\"at-c8 at-r2 at-w3 at-h3 fresh-year\"><a "
                              "href=\"/organization/141003\"><span class=\"tile-title\">横浜市"));
  EXPECT_THAT(html, HasSubstr("2 件</span> <span class=\"tile-fresh\">1年以内"));
  EXPECT_THAT(page("/en"), HasSubstr("lang=\"ja\">横浜市"));
}

TEST_F(HomePage, AnOrganizationWithoutATileIsListedBelow) {
  core::Group club;
  club.id = "club-id";
  club.kind = core::GroupKind::kOrganization;
  club.name = "149001";
  club.title = "広域<連合>";
  store_.put(club);
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("広域&lt;連合&gt;"));
  EXPECT_THAT(html, HasSubstr("<ul class=\"tiles tiles-other\">"));
  EXPECT_THAT(html, HasSubstr("<li class=\"fresh-none\">"));
}

TEST_F(HomePage, ShowsThePlansFiguresAsTwoChartsWithTables) {
  core::Dataset dataset = *catalog_.dataset("population");
  dataset.id = "fresh-id";
  dataset.name = "fresh";
  dataset.created = support::at("2024-04-02T00:00:00Z");
  store_.put(dataset);
  const std::string html = page();
  const web::Markup markup = web::read_markup(html);
  EXPECT_EQ(markup.count("svg"), 2U);
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">2024年度</th><td class=\"number\">60</td>"
                              "<td class=\"number\">1</td>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">2027年度</th><td class=\"number\">240</td>"
                              "<td class=\"number\">まだ始まっていません</td>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">2023年度</th><td class=\"number\">3</td>"));
}

TEST_F(HomePage, AnEmptyCatalogueHasAHomeToo) {
  support::FakeCatalogStore empty;
  for (const char* name : {"population", "shelters", "aed"}) {
    change(name, [](core::Dataset& dataset) { dataset.state = core::State::kDeleted; });
  }
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("<dd><a href=\"/dataset\">0</a></dd>"));
  EXPECT_THAT(html, Not(HasSubstr("id=\"newest\"")));
}

}  // namespace
}  // namespace minato
