#include "rarewood/store/xml.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

constexpr const char* kList =
    "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3\"><Name>shop</Name>"
    "<Contents><Key>a &amp; b&#x3C;&#228;.csv</Key><ETag>&quot;12&quot;</ETag></Contents>"
    "<Contents><Key>c</Key><KeyCount>9</KeyCount></Contents><Empty></Empty><Closed/>";

TEST(Xml, finds_elements_by_their_whole_name) {
  EXPECT_EQ(xml_elements(kList, "Contents").size(), 2U);
  EXPECT_EQ(xml_elements(kList, "Key").size(), 2U);
  EXPECT_EQ(xml_text(kList, "ListBucketResult"), "");  // not closed
  EXPECT_EQ(xml_text(kList, "Name"), "shop");
  EXPECT_EQ(xml_text(kList, "Empty"), "");
  EXPECT_EQ(xml_text(kList, "Closed"), "");
  EXPECT_EQ(xml_text(kList, "Absent"), "");
}

TEST(Xml, resolves_entities) {
  EXPECT_EQ(xml_text(kList, "Key"), "a & b<\xC3\xA4.csv");
  EXPECT_EQ(xml_text(kList, "ETag"), "\"12\"");
  EXPECT_EQ(xml_text("<a>&nbsp; &#; &#x; & b</a>", "a"), "&nbsp; &#; &#x; & b");
}

TEST(Xml, survives_nonsense) {
  for (const char* text : {"", "<", "<a", "<a>", "</a>", "<a></a", "<a x='", "<<a>>", "</a><a>"}) {
    EXPECT_EQ(xml_text(text, "a"), "") << text;
  }
}

}  // namespace
}  // namespace rarewood
