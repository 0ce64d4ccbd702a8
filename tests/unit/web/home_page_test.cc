#include <gmock/gmock.h>

#include "core/vocabularies.h"
#include "markup.h"
#include "support/program_fixture.h"

namespace minato {
namespace {

using ::testing::ContainsRegex;
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
  EXPECT_THAT(html, Not(HasSubstr("まだ公開されていません")));
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

TEST_F(HomePage, HasEveryThemeWithItsCountAndLinksToThoseThatHaveDatasets) {
  const std::string html = page();
  for (const core::Theme& theme : core::themes()) {
    EXPECT_THAT(html, HasSubstr("<span>" + theme.name.ja + "</span> <span class=\"count\">"));
  }
  EXPECT_THAT(html, HasSubstr("<a href=\"/dataset?theme=2\"><span>人口・世帯</span> "
                              "<span class=\"count\">1<"));
  EXPECT_THAT(html, HasSubstr("<li><span><span>国際</span> <span class=\"count\">0<"));
  EXPECT_THAT(html, Not(HasSubstr("theme=16\"")));
  EXPECT_THAT(page("/theme"), HasSubstr("<h2><a href=\"/dataset?theme=2\">人口・世帯</a></h2>"));
  EXPECT_THAT(page("/theme"), HasSubstr("<h2>国際</h2>"));
}

TEST_F(HomePage, PlacesMunicipalitiesOnTheMapAndSaysHowFreshTheyAre) {
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("<li class=\"at-c8 at-r2 at-w3 at-h3 fresh-month\"><a "
                              "href=\"/organization/141003\"><span class=\"tile-title\">横浜市"));
  EXPECT_THAT(html, HasSubstr("2 件</span> <span class=\"tile-fresh\">30日以内"));
  EXPECT_THAT(page("/en"), HasSubstr("lang=\"ja\">横浜市"));
}

TEST_F(HomePage, DataAreAsFreshAsTheirFilesNotAsOurCopy) {
  for (const char* name : {"aed", "shelters"}) {
    change(name, [](core::Dataset& dataset) {
      for (auto& resource : dataset.resources) resource.last_modified.reset();
      dataset.extras = {{"harvest_modified", "2021-02-03T00:00:00"}};
    });
  }
  EXPECT_THAT(page(), HasSubstr("<span class=\"tile-fresh\">1年より前"));
  change("aed", [](core::Dataset& dataset) {
    dataset.resources.front().last_modified = support::at("2024-06-10T00:00:00Z");
  });
  EXPECT_THAT(page(), HasSubstr("2 件</span> <span class=\"tile-fresh\">30日以内"));
}

TEST_F(HomePage, IsDescribedToSearchEnginesAndPreviews) {
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("\"@type\":\"WebSite\""));
  EXPECT_THAT(html,
              ContainsRegex("<meta property=\"og:image\" "
                            "content=\"https://data.example.jp/static/[0-9a-f]+/preview.png\">"));
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
  EXPECT_THAT(html, HasSubstr("まだ公開されていません"));
  EXPECT_THAT(page("/dataset"), HasSubstr("データセットは、まだありません"));
  EXPECT_THAT(page("/dataset"), Not(HasSubstr("言葉を短くする")));
  EXPECT_THAT(page("/dataset?q=AED"), HasSubstr("言葉を短くする"));
}

}  // namespace
}  // namespace minato
