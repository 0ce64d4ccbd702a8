#include <embedded/pieces.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "http/representation.h"
#include "support/program_fixture.h"
#include "web/frame/assets.h"
#include "web/frame/templates.h"
#include "web/frame/texts.h"

namespace minato::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// All C++ of the pages as one text.
std::string sources() {
  std::ostringstream all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(MINATO_SOURCE_DIR "/src/web")) {
    const auto kind = entry.path().extension();
    if (kind == ".cc" || kind == ".h") all << std::ifstream(entry.path()).rdbuf();
  }
  return all.str();
}

std::string templates() {
  std::string all;
  for (const auto& piece : pieces::files()) {
    if (piece.name.ends_with(".mustache")) all += piece.bytes;
  }
  return all;
}

// Keys that code puts together from a beginning: texts["facet_" + name].
std::set<std::string> beginnings(const std::string& code) {
  static const std::regex pattern("\"([a-z]+(?:_[a-z0-9]+)*_)\"");
  std::set<std::string> found;
  for (std::sregex_iterator at(code.begin(), code.end(), pattern), end; at != end; ++at) {
    found.insert((*at)[1]);
  }
  return found;
}

TEST(Texts, EveryTextIsUsed) {
  const std::string code = sources();
  const std::string markup = templates();
  const std::set<std::string> made = beginnings(code);
  for (const auto& [key, text] : Texts::in(core::Language::kJa).all()) {
    bool used = markup.find("{{t." + key + "}}") != std::string::npos ||
                code.find("\"" + key + "\"") != std::string::npos;
    for (const std::string& begin : made) used = used || key.starts_with(begin);
    EXPECT_TRUE(used) << key;
  }
}

TEST(Templates, AllAreSoundInBothLanguages) {
  ASSERT_GT(template_names().size(), 10U);
  for (const std::string& name : template_names()) {
    for (const core::Language language : {core::Language::kJa, core::Language::kEn}) {
      std::string made;
      EXPECT_NO_THROW(made = render_template(name, language, object())) << name;
      EXPECT_THAT(made, Not(HasSubstr("{{"))) << name;
    }
  }
}

TEST(Templates, NeverWriteUserTextUnescaped) {
  // {{{...}}} is for what the frame has rendered itself, drawings of numbers, and the cells of
  // tables, which rows_view.cc escapes (a page has thousands).
  static const std::regex raw("\\{\\{\\{([a-z_]+)\\}\\}\\}|\\{\\{&");
  const std::set<std::string> allowed = {"content", "json_ld", "svg", "cells"};
  const std::string markup = templates();
  for (std::sregex_iterator at(markup.begin(), markup.end(), raw), end; at != end; ++at) {
    EXPECT_TRUE(allowed.contains((*at)[1])) << at->str();
  }
}

TEST(Templates, HaveNoInlineScriptOrStyle) {
  const std::string markup = templates();
  for (const std::string& piece :
       {std::string(" style="), std::string(" onclick"), std::string("javascript:"),
        std::string("<style"), std::string("<script>")}) {
    EXPECT_THAT(markup, Not(HasSubstr(piece)));
  }
}

std::string field(const support::RouteReply& reply, std::string_view name) {
  return reply.headers.joined(name);
}

class Frame : public ProgramTest {
 protected:
  support::RouteReply get(const std::string& target) {
    return support::call_route(table_, {"GET", target, {}, ""});
  }
};

TEST_F(Frame, FilesOfTheSiteMayBeKeptForEver) {
  const auto reply = get(asset_path("site.css"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(field(reply, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(field(reply, "Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(get("/static/0000/site.css").status, 404);
  std::string other = asset_path("site.js");
  EXPECT_EQ(get(other.replace(other.size() - 7, 7, "none.js")).status, 404);
}

TEST_F(Frame, PagesSayTheirLanguageAndDoNotVaryByTheBrowsers) {
  EXPECT_EQ(field(get("/"), "Content-Language"), "ja");
  EXPECT_EQ(field(get("/en"), "Content-Language"), "en");
  const auto match = table_.match("GET", {"dataset"});
  ASSERT_NE(match.route, nullptr);
  http::Headers page;
  page.set("Content-Language", "ja");
  EXPECT_FALSE(http::varies_by_language(*match.route, page));
}

TEST_F(Frame, PagesAllowOnlyTheirOwnScriptsAndStyles) {
  const auto reply = get("/");
  const std::string policy = field(reply, "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_EQ(field(reply, "Set-Cookie"), "");
}

TEST_F(Frame, LinksToTheSamePageInTheOtherLanguage) {
  EXPECT_THAT(get("/dataset/population").body,
              HasSubstr("<a href=\"/en/dataset/population\" lang=\"en\""));
  EXPECT_THAT(get("/en/dataset/population").body,
              HasSubstr("<a href=\"/dataset/population\" lang=\"ja\""));
}

}  // namespace
}  // namespace minato::web
