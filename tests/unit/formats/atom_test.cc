#include "formats/atom.h"

#include <gtest/gtest.h>

#include "sample_dataset.h"

namespace minato::formats {
namespace {

AtomFeed sample_feed() {
  AtomFeed feed;
  feed.site_url = "https://data.example.jp";
  feed.site_title = "神奈川オープンデータ";
  feed.path = "/feeds/custom.atom";
  feed.query = "q=%E6%B8%AF&sort=a";
  feed.alternate = "/dataset?q=%E6%B8%AF";
  feed.title = "港 <すべて> & \"全部\"";
  feed.page = 2;
  feed.count = 41;
  return feed;
}

TEST(Atom, IsAWholeFeed) {
  core::Dataset dataset = sample_dataset();
  dataset.notes = "1 < 2 & 3\x01";
  const std::vector<core::DatasetPointer> datasets = {
      std::make_shared<const core::Dataset>(dataset)};
  AtomFeed feed = sample_feed();
  feed.datasets = &datasets;
  EXPECT_EQ(write_atom(feed), R"(<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
<id>https://data.example.jp/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a</id>
<title>港 &lt;すべて&gt; &amp; &quot;全部&quot;</title>
<updated>2024-03-01T12:00:00Z</updated>
<author><name>神奈川オープンデータ</name>
<uri>https://data.example.jp</uri>
</author>
<link rel="alternate" type="text/html" href="https://data.example.jp/dataset?q=%E6%B8%AF"/>
<link rel="self" type="application/atom+xml" href="https://data.example.jp/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a&amp;page=2"/>
<link rel="first" type="application/atom+xml" href="https://data.example.jp/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a"/>
<link rel="last" type="application/atom+xml" href="https://data.example.jp/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a&amp;page=3"/>
<link rel="previous" type="application/atom+xml" href="https://data.example.jp/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a"/>
<link rel="next" type="application/atom+xml" href="https://data.example.jp/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a&amp;page=3"/>
<entry>
<title>人口</title>
<id>tag:data.example.jp,2024-01-01:/dataset/ds-id</id>
<updated>2024-03-01T12:00:00Z</updated>
<published>2024-01-01T00:00:00Z</published>
<author><name>統計課</name>
</author>
<link rel="alternate" type="text/html" href="https://data.example.jp/dataset/jinko"/>
<link rel="enclosure" type="application/json" href="https://data.example.jp/api/3/action/package_show?id=jinko"/>
<category term="人口"/>
<category term="統計"/>
<content type="text">1 &lt; 2 &amp; 3</content>
</entry>
</feed>
)");
}

TEST(Atom, AnEmptyFeedIsSoundAndLeadsBack) {
  AtomFeed feed = sample_feed();
  feed.page = 99;
  feed.updated = at("2024-01-01");
  const std::string xml = write_atom(feed);
  EXPECT_NE(xml.find("<updated>2024-01-01T00:00:00Z</updated>"), std::string::npos);
  EXPECT_NE(xml.find("rel=\"previous\" type=\"application/atom+xml\" href=\"https://data.example.jp"
                     "/feeds/custom.atom?q=%E6%B8%AF&amp;sort=a&amp;page=3\""),
            std::string::npos);
  EXPECT_EQ(xml.find("rel=\"next\""), std::string::npos);
}

TEST(AppendXml, DropsWhatXmlCannotHold) {
  std::string out;
  append_xml(out, std::string_view("a\0b\x1F\xFF\xEF\xBF\xBE\t\r\n𠮷", 16));
  EXPECT_EQ(out, "ab\t&#13;\n𠮷");
}

}  // namespace
}  // namespace minato::formats
