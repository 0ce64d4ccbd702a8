// load_publisher_sources(): from publishers.csv to harvest sources.
#include <utility>

#include "core/sha256.h"
#include "core/url.h"
#include "core/uuid.h"
#include "formats/json_texts.h"
#include "service/folder_files.h"
#include "service/harvest/extras.h"
#include "service/harvest/night.h"
#include "service/harvest/sources.h"
#include "service/publisher_table.h"

namespace minato::service {

namespace {

using core::HarvestSource;
using core::Result;

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kHourUs = 3600 * kSecondUs;
constexpr std::int64_t kDayUs = 24 * kHourUs;
constexpr std::int64_t kJapanUs = 9 * kHourUs;
constexpr std::int64_t kNightBeginUs = 2 * kHourUs;
constexpr std::int64_t kNightSeconds = 3 * 3600;

void disable(HarvestSource& source, const std::string& notes) {
  source.state = core::SourceState::kDisabled;
  source.kind = core::SourceKind::kPage;
  source.notice = "オープンデータの公開場所が分かっていないため、収集していません。" + notes;
}

HarvestSource source_of(const core::Group& publisher, core::Timestamp now) {
  const auto column = [&](std::string_view key) {
    return std::string(extra_of(publisher.extras, key));
  };
  HarvestSource source;
  source.id = core::stable_uuid("harvest-source", publisher.name);
  source.name = publisher.name;
  source.title = publisher.title;
  source.organization = publisher.name;
  source.created = source.modified = now;
  source.next_run = coming_night(source.id, now);
  const std::string kind = column("site_kind");
  if (kind == "ckan") {
    source.kind = core::SourceKind::kCkan;
    source.url = column("ckan_url");
    const std::string organization = column("ckan_organization");
    if (!organization.empty()) {
      source.options = "{\"organizations\":" + formats::write_json_texts({organization}) + "}";
    }
  } else if (kind == "page") {
    source.kind = core::SourceKind::kPage;
    source.options = R"({"link_depth":1})";  // the page itself, or the pages it lists
    // The front page of a town links whatever is new, which is no catalogue.
    if (column("open_data_page") != publisher.homepage) source.url = column("open_data_page");
  }
  if (!core::parse_url(source.url)) {
    source.url.clear();
    disable(source, publisher.description);
  }
  return source;
}

tl::unexpected<core::Error> unreadable(const std::string& csv_file) {
  return core::fail(core::ErrorCode::kNotFound, "publishers-missing",
                    {"公開団体の一覧「" + csv_file + "」を読めません。",
                     "The list of publishers \"" + csv_file + "\" cannot be read."},
                    {"設定のフォルダー名と読む権限を確かめてください。",
                     "Check the configured folder and the right to read it."});
}

}  // namespace

core::Timestamp coming_night(std::string_view source_id, core::Timestamp now) {
  const std::string digits = core::sha256_hex(source_id).substr(0, 8);
  const auto spread = static_cast<std::int64_t>(std::stoul(digits, nullptr, 16)) % kNightSeconds;
  const std::int64_t japan = now.us + kJapanUs;
  std::int64_t night = japan - japan % kDayUs + kNightBeginUs + spread * kSecondUs;
  if (night <= japan) night += kDayUs;
  return {night - kJapanUs};
}

Result<std::vector<std::string>> load_publisher_sources(const std::string& csv_file,
                                                        const HarvestStores& stores) {
  auto csv = read_file(csv_file, kMaxDocumentBytes);
  if (!csv) return unreadable(csv_file);
  // Bad rows are told by load_publishers(), which reads the same file.
  auto table = parse_publishers(*csv);
  if (!table) return tl::unexpected(std::move(table).error());
  auto known = stores.harvest.known_publishers();
  if (!known) return tl::unexpected(std::move(known).error());
  std::vector<std::string> names;
  for (const Publisher& publisher : table->publishers) {
    const core::Group& organization = publisher.organization;
    if (known->contains(organization.name)) continue;
    auto own = stores.harvest.source(organization.name);
    if (!own) return tl::unexpected(std::move(own).error());
    // One of this name that an operator made is the publisher's; it is only remembered.
    const HarvestSource source =
        own->has_value() ? **own : source_of(organization, stores.clock.now());
    auto put = stores.harvest.put_publisher_source(organization.name, source);
    // Somebody made one of this name at this very moment.
    if (!put && put.error().id == "harvest-source-exists") continue;
    if (!put) return tl::unexpected(std::move(put).error());
    if (*put && !own->has_value()) names.push_back(source.name);
  }
  return names;
}

}  // namespace minato::service
