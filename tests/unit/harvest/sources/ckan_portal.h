// A CKAN portal behind a FakeFetcher, with the bad habits of real ones.
#pragma once

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/fake_fetcher.h"

namespace minato::test {

struct PortalRecord {
  std::string id;
  std::string modified = "2024-01-01T00:00:00.000000";
  std::string organization = "city";
  std::string more;  // further members: R"(,"type":"harvest")"
};

class CkanPortal {
 public:
  std::string base = "https://data.example.jp";
  std::string api = "/api/3/action/";
  std::vector<PortalRecord> records;
  std::string known_sort = "id asc";  // others are refused with 400
  std::int64_t max_rows = 1000;
  bool knows_fq = true;
  bool knows_fl = true;            // else whole records come
  bool wants_fl_repeated = false;  // fl=a,b gives records without fields
  bool knows_start = true;
  bool tells_count = true;
  std::int64_t extra_count = 0;  // what it announces beyond what it has
  std::size_t max_reply_bytes = 0;
  std::function<void(std::int64_t start)> before_page;

  void serve(FakeFetcher& fetcher) {
    fetcher.put_prefix(base + api + "package_search",
                       [this](const harvest::FetchRequest& request) { return search(request); });
    fetcher.put_prefix(base + api + "package_show",
                       [this](const harvest::FetchRequest& request) { return show(request); });
  }

  void fill(int count, std::string organization = "city") {
    for (int i = 0; i < count; ++i) {
      std::string number = std::to_string(records.size());
      records.push_back({"id-" + std::string(5 - number.size(), '0') + number,
                         "2024-01-01T00:00:00.000000", organization, ""});
    }
  }

  // Parameters of a query, decoded; repeated ones joined with "|".
  static std::map<std::string, std::string> parameters(std::string_view url) {
    std::map<std::string, std::string> all;
    const std::size_t mark = url.find('?');
    if (mark == std::string_view::npos) return all;
    url.remove_prefix(mark + 1);
    while (!url.empty()) {
      const std::string_view part = url.substr(0, url.find('&'));
      url.remove_prefix(std::min(part.size() + 1, url.size()));
      const std::size_t equals = std::min(part.find('='), part.size() - 1);
      std::string& value = all[std::string(part.substr(0, equals))];
      if (!value.empty()) value += '|';
      value += decoded(part.substr(equals + 1));
    }
    return all;
  }

 private:
  using Reply = core::Result<harvest::FetchReply>;

  static std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      int byte = 0;
      if (text[i] == '%' && i + 2 < text.size()) {
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
        out += static_cast<char>(byte);
        i += 2;
      } else {
        out += text[i];
      }
    }
    return out;
  }

  static std::string whole(const PortalRecord& record) {
    return R"({"id":")" + record.id + R"(","name":"name-)" + record.id +
           R"(","title":"T","metadata_modified":")" + record.modified +
           R"(","organization":{"name":")" + record.organization + R"("},"resources":[])" +
           record.more + "}";
  }
  std::string flat(const PortalRecord& record, std::string_view fl) const {
    if (wants_fl_repeated && fl.find(',') != std::string_view::npos) return "{}";
    return R"({"id":")" + record.id + R"(","metadata_modified":")" + record.modified +
           R"(","organization":")" + record.organization + "\"}";
  }

  bool matches(const PortalRecord& record, const std::string& fq) const {
    if (!knows_fq) return true;
    const std::size_t organizations = fq.find("+organization:(");
    if (organizations != std::string::npos) {
      const std::string list =
          fq.substr(organizations, fq.find(')', organizations) - organizations);
      if (list.find(record.organization) == std::string::npos) return false;
    }
    constexpr std::string_view kSince = "+metadata_modified:[";
    const std::size_t since = fq.find(kSince);
    if (since == std::string::npos) return true;
    return record.modified >= fq.substr(since + kSince.size(), 19);
  }

  Reply search(const harvest::FetchRequest& request) {
    auto query = parameters(request.url);
    const std::int64_t start = std::stoll(query["start"]);
    if (before_page) before_page(start);
    if (query["sort"] != known_sort) {
      return tl::unexpected<core::Error>(FakeFetcher::status_error(400));
    }
    std::vector<const PortalRecord*> found;
    for (const PortalRecord& record : records) {
      if (matches(record, query["fq"])) found.push_back(&record);
    }
    const auto size = static_cast<std::int64_t>(found.size());
    const std::int64_t first = knows_start ? std::min(start, size) : 0;
    const std::int64_t rows =
        std::min({std::int64_t{std::stoll(query["rows"])}, max_rows, size - first});
    std::string body = R"({"success":true,"result":{)";
    if (tells_count) body += "\"count\":" + std::to_string(size + extra_count) + ",";
    body += "\"results\":[";
    for (std::int64_t i = first; i < first + rows; ++i) {
      const PortalRecord& record = *found[static_cast<std::size_t>(i)];
      if (i > first) body += ',';
      body += knows_fl && !query["fl"].empty() ? flat(record, query["fl"]) : whole(record);
    }
    body += "]}}";
    if (max_reply_bytes > 0 && body.size() > max_reply_bytes) {
      return core::fail(core::ErrorCode::kTooLarge, "harvest-too-large", {"大", "large"});
    }
    return FakeFetcher::reply(request, body);
  }

  Reply show(const harvest::FetchRequest& request) {
    const std::string id = parameters(request.url)["id"];
    for (const PortalRecord& record : records) {
      if (record.id != id) continue;
      return FakeFetcher::reply(request, R"({"success":true,"result":)" + whole(record) + "}");
    }
    return tl::unexpected<core::Error>(FakeFetcher::status_error(404));
  }
};

}  // namespace minato::test
