#include "formats/remote/iri.h"

#include <gtest/gtest.h>

namespace minato::formats {
namespace {

// RFC 3986 s5.4.
TEST(Iri, ResolvesReferences) {
  constexpr std::string_view kBase = "http://a/b/c/d;p?q";
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {" http://x/y#z ", "http://x/y#z"},
      {"urn:uuid:1", "urn:uuid:1"},
      {"mailto:a@b.jp", "mailto:a@b.jp"},
  };
  for (const auto& [reference, expected] : cases) {
    EXPECT_EQ(resolve_iri(kBase, reference), expected) << reference;
  }
  EXPECT_EQ(resolve_iri("http://a", "g"), "http://a/g");
  EXPECT_EQ(resolve_iri("", "g"), "g");
}

}  // namespace
}  // namespace minato::formats
