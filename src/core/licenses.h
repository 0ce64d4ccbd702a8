// The licences we know: CKAN's stock list and the ones Japanese municipalities use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace minato::core {

struct License {
  std::string id;  // as stored in Dataset::license_id
  LocalizedText title;
  std::string url;                              // canonical; empty: it has none
  bool open = false;                            // by the Open Definition: CKAN's `isopen`
  std::string od_conformance = "not reviewed";  // "approved", "rejected", "not reviewed"
  std::string osd_conformance = "not reviewed";
  bool domain_content = false;
  bool domain_data = false;
  bool domain_software = false;
  std::string family;
  std::string maintainer;
  std::string status = "active";
  bool is_generic = false;
  bool attribution = true;           // re-users must name the publisher
  std::vector<std::string> aliases;  // ids and short names seen in the wild, in lower case
};

// In the order in which CKAN's license_list shows them.
const std::vector<License>& licenses();

// By id, alias, URL or free text such as "クリエイティブ・コモンズ 表示 4.0 国際". NC and ND are
// told from the open ones first. Never guesses: nullptr when the text names no licence of ours, or
// only a family of them ("クリエイティブ・コモンズ"). The pointer lives as long as the program.
const License* find_license(std::string_view raw);

struct Work {
  std::string title;
  std::string creator;
  std::string url;
};

// The line a re-user puts beside the data, in the order Japanese terms of use ask for: title,
// creator, licence with its URL, place. "「人口」、神奈川県、クリエイティブ・コモンズ・ライセンス
// 表示 4.0 国際 （https://...）、https://data.example.jp/dataset/jinko". Empty when the licence
// asks for no attribution.
LocalizedText credit_line(const License& license, const Work& work);

}  // namespace minato::core
