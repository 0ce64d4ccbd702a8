#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harvest/sources/page/css_selector.h"
#include "harvest/sources/page/html_text.h"

namespace minato::harvest {
namespace {

constexpr std::string_view kPage =
    "<body><div id=main class='a b'><ul><li class=x>1</li><li data-k='cat-12'>2"
    "<ul><li>3</li></ul></li><li lang=ja-JP>4</li></ul></div><p class=x>5</p><p>6</p></body>";

std::vector<std::string> selected(std::string_view selector) {
  const auto document = HtmlDocument::parse(kPage);
  const auto parsed = CssSelector::parse(selector);
  EXPECT_TRUE(parsed.has_value()) << selector;
  std::vector<std::string> out;
  for (const NodeId id : parsed->select(document.value())) {
    const std::string text = text_of(*document, id);
    out.push_back(document->node(id).tag + ":" + text);
  }
  return out;
}

using Found = std::vector<std::string>;

TEST(PageSelector, KnowsTheSimpleOnes) {
  EXPECT_EQ(selected("p"), (Found{"p:5", "p:6"}));
  EXPECT_EQ(selected(".x"), (Found{"li:1", "p:5"}));
  EXPECT_EQ(selected("P.x"), (Found{"p:5"}));
  EXPECT_EQ(selected("#main.b"), (Found{"div:1 2 3 4"}));
  EXPECT_EQ(selected("[data-k]"), (Found{"li:2 3"}));
  EXPECT_EQ(selected("[data-k=cat-12]"), (Found{"li:2 3"}));
  EXPECT_EQ(selected("[data-k^='cat']"), (Found{"li:2 3"}));
  EXPECT_EQ(selected("[data-k$=\"12\"]"), (Found{"li:2 3"}));
  EXPECT_EQ(selected("[data-k*=t-1]"), (Found{"li:2 3"}));
  EXPECT_EQ(selected("[class~=b]"), (Found{"div:1 2 3 4"}));
  EXPECT_EQ(selected("[lang|=ja]"), (Found{"li:4"}));
}

TEST(PageSelector, JoinsThem) {
  EXPECT_EQ(selected("#main li li"), (Found{"li:3"}));
  EXPECT_EQ(selected("div > ul > li.x"), (Found{"li:1"}));
  EXPECT_EQ(selected("div + p"), (Found{"p:5"}));
  EXPECT_EQ(selected("div ~ p"), (Found{"p:5", "p:6"}));
  EXPECT_EQ(selected("li.x, p.x"), (Found{"li:1", "p:5"}));
  EXPECT_EQ(selected("p:not(.x)"), (Found{"p:6"}));
  EXPECT_EQ(selected("li:first-child"), (Found{"li:1", "li:3"}));
  EXPECT_EQ(selected("p:last-child"), (Found{"p:6"}));
  EXPECT_EQ(selected("ul > * > ul"), (Found{"ul:3"}));
}

TEST(PageSelector, TellsWhereItIsWrong) {
  for (const std::string bad : {"", "a,", "a >", "a[", "a[b", "a[b~c]", ".", "#", "a:hover",
                                "a:not(b", "a!b", "[a='b]", "> a"}) {
    const auto parsed = CssSelector::parse(bad);
    ASSERT_FALSE(parsed.has_value()) << bad;
    EXPECT_EQ(parsed.error().id, "harvest-selector");
    EXPECT_EQ(parsed.error().code, core::ErrorCode::kInvalidArgument);
  }
  EXPECT_NE(CssSelector::parse("div!x").error().message.en.find("character 4"), std::string::npos);
  EXPECT_FALSE(CssSelector::parse(std::string(501, 'a')).has_value());
}

}  // namespace
}  // namespace minato::harvest
