#include "support/pretend_prefecture/prefecture.h"

#include <ctime>
#include <stdexcept>
#include <utility>

#include "support/pretend_prefecture/calendar.h"
#include "support/pretend_prefecture/ckan_site.h"
#include "support/pretend_prefecture/publishers.h"
#include "support/pretend_prefecture/report.h"

namespace minato::pretend {
namespace {

constexpr std::size_t kMany = 63'000;
constexpr std::size_t kStrangers = 20;
constexpr const char* kShared = "bodik";
constexpr const char* kYokohama = "141003";
constexpr const char* kYokohamaFiles = "www.city.yokohama";
constexpr const char* kControl = "50";  // last number of its address

// CKAN's own file, as most portals left it.
constexpr const char* kCkanRobots =
    "User-agent: *\nDisallow: /dataset/rate/\nDisallow: /revision/\nDisallow: /dataset/*/history\n"
    "Disallow: /api/\n";
constexpr const char* kSharedRobots =
    "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow:\n";

std::string now_text() { return iso_time(static_cast<std::int64_t>(std::time(nullptr))); }

std::vector<Organization> departments(const Publisher& publisher) {
  const std::size_t count = publisher.datasets > 600 ? publisher.datasets / 50 : 1;
  std::vector<Organization> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back({"soshiki" + std::to_string(i + 1),
                   publisher.city + std::string("第") + std::to_string(i + 1) + "課",
                   publisher.datasets / count});
  }
  return all;
}

CkanProfile own_profile(const Publisher& publisher) {
  CkanProfile profile;
  profile.code = publisher.code;
  profile.city = publisher.city;
  profile.organizations = departments(publisher);
  profile.table_every = publisher.datasets > 600 ? 10 : 8;
  if (profile.code == kYokohama) profile.organizations.push_back({"test-soshiki", "テスト", 15});
  if (profile.code == "141500") {
    profile.ascii_json = false;
    profile.says_success = false;
  }
  return profile;
}

CkanProfile shared_profile() {
  CkanProfile profile;
  profile.code = kShared;
  profile.city = "BODIK";
  profile.ascii_json = false;
  profile.names_by_code = true;
  profile.table_every = 9;
  for (const Publisher& publisher : publishers()) {
    if (publisher.show != Show::kSharedCkan) continue;
    profile.organizations.push_back({publisher.code, publisher.city, publisher.datasets});
  }
  for (std::size_t i = 0; i < kStrangers; ++i) {
    profile.organizations.push_back(
        {std::to_string(400'009 + 17 * i), "遠くの市" + std::to_string(i + 1), 15});
  }
  return profile;
}

std::set<std::string> names_in(const CkanProfile& profile) {
  std::set<std::string> names;
  for (const Organization& organization : profile.organizations) names.insert(organization.name);
  names.erase("test-soshiki");
  return names;
}

Exhibit ckan_exhibit(CkanProfile profile, const Change& change, Fault fault) {
  if (fault.kind == FaultKind::kMany) {
    for (Organization& organization : profile.organizations) organization.datasets = 0;
    profile.organizations.front().datasets =
        fault.number > 0 ? static_cast<std::size_t>(fault.number) : kMany;
    profile.table_every = 0;
  }
  const auto site = std::make_shared<const CkanSite>(profile, change);
  Exhibit exhibit;
  exhibit.files = site->files();
  exhibit.otherwise = [site](const Request& request) { return site->answer(request); };
  if (profile.code != kShared) {
    exhibit.expected[profile.code] = site->catalogue().expected(names_in(profile));
    return exhibit;
  }
  for (const Publisher& publisher : publishers()) {
    if (publisher.show != Show::kSharedCkan) continue;
    exhibit.expected[publisher.code] = site->catalogue().expected({publisher.code});
  }
  return exhibit;
}

Files documents_of(const Publisher& publisher, const Town& town, const TownCatalogue& catalogue,
                   const Change& change) {
  switch (publisher.show) {
    case Show::kTurtle:
      return turtle_catalogue(town, catalogue, change);
    case Show::kJsonLd:
      return json_ld_catalogue(town, catalogue, change);
    case Show::kList:
      return dataset_list(town, catalogue, publisher.list, change);
    default:
      return web_pages(town, catalogue,
                       {publisher.layout, publisher.encoding, publisher.says_encoding});
  }
}

Exhibit town_exhibit(const Publisher& publisher, const std::string& url, const Change& change) {
  Town town;
  town.code = publisher.code;
  town.city = publisher.city;
  town.site_url = url;
  town.datasets = publisher.datasets;
  town.naming = publisher.naming;
  town.form = publisher.form;
  // Where every file is a dataset, or a dataset has one file, there are no documents beside it.
  town.has_documents =
      publisher.layout != Layout::kLinks &&
      !(publisher.show == Show::kList && publisher.list == ListEdition::kFirstCp932);
  Exhibit exhibit;
  if (publisher.show == Show::kEditions) {
    exhibit.files = editions_page(town, change);
    exhibit.expected[town.code] = editions_expected(town, change);
    return exhibit;
  }
  TownCatalogue catalogue = make_town(town, change);
  exhibit.expected[town.code] = catalogue.expected();
  exhibit.files = documents_of(publisher, town, catalogue, change);
  exhibit.files.merge(catalogue.files);
  return exhibit;
}

std::string kind_of(Show show) {
  switch (show) {
    case Show::kCkan:
    case Show::kSharedCkan:
      return "ckan";
    case Show::kTurtle:
    case Show::kJsonLd:
      return "dcat";
    case Show::kList:
      return "list";
    case Show::kPages:
      return "page";
    case Show::kEditions:
      return "file";
  }
  return "";
}

std::string path_of(const Publisher& publisher) {
  switch (publisher.show) {
    case Show::kCkan:
    case Show::kSharedCkan:
      return "";
    case Show::kTurtle:
      return "/catalog.ttl";
    case Show::kJsonLd:
      return "/catalog.jsonld";
    case Show::kList:
      return publisher.list == ListEdition::kStandardXlsx ? "/opendata/opendata_list.xlsx"
                                                          : "/opendata/opendata_list.csv";
    case Show::kPages:
      return "/opendata/index.html";
    case Show::kEditions:
      return "/bosai/index.html";
  }
  return "";
}

}  // namespace

// Makes the sites, before they have addresses.
struct PrefectureBuilder {
  Prefecture& prefecture;
  const PrefectureOptions& options;

  void add_ckan(const Publisher& publisher) {
    CkanProfile profile = own_profile(publisher);
    const std::string robots = profile.code == "140007" ? kCkanRobots : "";
    if (profile.code == "140007" && options.ckan_datasets > 0) {
      profile.organizations = {{"soshiki1", publisher.city, options.ckan_datasets}};
      profile.table_every = 0;
    }
    const bool elsewhere = profile.code == kYokohama;
    auto& sites = prefecture.sites_;
    sites[profile.code] = std::make_unique<Site>(
        robots, publisher.validators,
        [profile, elsewhere, &sites](const std::string& url, const Change& change, Fault fault) {
          CkanProfile own = profile;
          own.site_url = url;
          own.files_url = elsewhere ? sites.at(kYokohamaFiles)->url() : url;
          return ckan_exhibit(std::move(own), change, fault);
        });
    if (elsewhere) add_file_host(*sites[profile.code]);
  }

  void add_file_host(Site& owner) {
    prefecture.sites_[kYokohamaFiles] = std::make_unique<Site>(
        "", Validators::kBoth, [&owner](const std::string&, const Change&, Fault) {
          Exhibit exhibit;
          exhibit.otherwise = [&owner](const Request& request) { return owner.file(request); };
          return exhibit;
        });
  }

  void add_shared(const Publisher& publisher) {
    prefecture.site_of_[publisher.code] = kShared;
    if (prefecture.sites_.contains(kShared)) return;
    prefecture.sites_[kShared] =
        std::make_unique<Site>(kSharedRobots, publisher.validators,
                               [](const std::string& url, const Change& change, Fault fault) {
                                 CkanProfile profile = shared_profile();
                                 profile.site_url = url;
                                 profile.files_url = url;
                                 return ckan_exhibit(std::move(profile), change, fault);
                               });
  }

  void add(const Publisher& publisher) {
    if (publisher.show == Show::kCkan) return add_ckan(publisher);
    if (publisher.show == Show::kSharedCkan) return add_shared(publisher);
    prefecture.sites_[publisher.code] =
        std::make_unique<Site>("", publisher.validators,
                               [&publisher](const std::string& url, const Change& change, Fault) {
                                 return town_exhibit(publisher, url, change);
                               });
  }

  void note(const Publisher& publisher) {
    prefecture.sources_.push_back({publisher.code, publisher.city, kind_of(publisher.show),
                                   prefecture.site(publisher.code).url() + path_of(publisher),
                                   publisher.options});
  }
};

Prefecture::Prefecture(const PrefectureOptions& options) {
  PrefectureBuilder builder{*this, options};
  const auto is_wanted = [&options](const Publisher& publisher) {
    return options.only.empty() || options.only.contains(publisher.code);
  };
  for (const Publisher& publisher : publishers()) {
    if (is_wanted(publisher)) builder.add(publisher);
  }
  open_sites(options);
  for (const Publisher& publisher : publishers()) {
    if (is_wanted(publisher)) builder.note(publisher);
  }
  if (options.edition > 1) set_edition(options.edition);
  server_.start();
}

void Prefecture::open_sites(const PrefectureOptions& options) {
  std::map<std::string, std::string> addresses = {{kShared, "40"}, {kYokohamaFiles, "41"}};
  int last = 0;
  for (const Publisher& publisher : publishers()) {
    addresses[publisher.code] = std::to_string(++last);
  }
  const auto open = [&](const std::string& name) {
    Site& site = *sites_.at(name);
    const std::string address = options.network + addresses.at(name);
    const std::uint16_t port =
        server_.listen({address, options.port, true},
                       [&site](const Request& request) { return site.answer(request); });
    site.open("http://" + address + ":" + std::to_string(port));
  };
  // Others link to the files there.
  if (sites_.contains(kYokohamaFiles)) open(kYokohamaFiles);
  for (const auto& [name, site] : sites_) {
    if (name != kYokohamaFiles) open(name);
  }
  const std::string address = options.network + kControl;
  const std::uint16_t port =
      server_.listen({address, options.port, true},
                     [this](const Request& request) { return control(*this, request); });
  control_url_ = "http://" + address + ":" + std::to_string(port);
}

const SourceNote& Prefecture::source(const std::string& code) const {
  for (const SourceNote& source : sources_) {
    if (source.code == code) return source;
  }
  throw std::invalid_argument("no such publisher: " + code);
}

Site& Prefecture::site(const std::string& code) {
  const auto shared = site_of_.find(code);
  const auto found = sites_.find(shared == site_of_.end() ? code : shared->second);
  if (found == sites_.end()) throw std::invalid_argument("no such site: " + code);
  return *found->second;
}

Expected Prefecture::expected(const std::string& code) const {
  const auto shared = site_of_.find(code);
  return sites_.at(shared == site_of_.end() ? code : shared->second)->expected(code);
}

void Prefecture::set_edition(int edition) {
  const std::string at = now_text();
  for (const auto& [name, site] : sites_) site->set_edition(edition, at);
}

void Prefecture::set_fault(const std::string& code, const std::string& fault) {
  const auto parsed = parse_fault(fault);
  if (!parsed) throw std::invalid_argument("no such fault: " + fault);
  site(code).set_fault(*parsed, now_text());
}

std::map<std::string, SiteCounts> Prefecture::counts() const {
  std::map<std::string, SiteCounts> all;
  for (const auto& [name, site] : sites_) all[name] = site->counts();
  return all;
}

void Prefecture::reset_counts() {
  for (const auto& [name, site] : sites_) site->reset_counts();
}

}  // namespace minato::pretend
