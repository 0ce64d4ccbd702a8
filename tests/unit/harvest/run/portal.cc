#include "portal.h"

#include <sstream>
#include <stdexcept>
#include <utility>

namespace minato::harvest {

namespace {

std::string content_of(const PortalRecord& record) {
  std::string content = record.title + "\n";
  for (const std::string& file : record.files) content += file + "\n";
  return content;
}

class PortalSource final : public Source {
 public:
  explicit PortalSource(Portal& portal) : portal_(portal) {}

  core::Result<void> gather(GatherSink& sink) override {
    if (portal_.throws == "gather") throw std::runtime_error("the parser broke");
    const std::vector<PortalRecord> listed = portal_.records;
    for (const PortalRecord& record : listed) {
      step("gather " + record.id);
      if (portal_.tells_changes) {
        auto known = sink.unchanged(record.id, record.modified);
        if (!known) return tl::unexpected(known.error());
        if (*known) continue;
      }
      auto taken =
          sink.record({record.id, record.modified, "https://portal.example.jp/" + record.id,
                       record.in_listing ? content_of(record) : ""});
      if (!taken) return taken;
    }
    if (!portal_.is_whole) {
      auto noted = sink.fault("page 2", "https://portal.example.jp/?page=2",
                              error_of("harvest-status"), false);
      if (!noted) return noted;
    }
    step("gathered");
    if (portal_.gather_error) return tl::unexpected(*portal_.gather_error);
    return {};
  }

  core::Result<std::string> fetch(const GatheredRecord& given) override {
    step("fetch " + given.remote_id);
    portal_.fetched.push_back(given.remote_id);
    const PortalRecord& record = portal_.record(given.remote_id);
    if (record.fetch_error == "throw") throw std::runtime_error("fetch broke");
    if (!record.fetch_error.empty()) return tl::unexpected(error_of(record.fetch_error));
    return content_of(record);
  }

  core::Result<core::Dataset> read(const GatheredRecord& given) override {
    step("read " + given.remote_id);
    portal_.read.push_back(given.remote_id);
    const PortalRecord& record = portal_.record(given.remote_id);
    if (record.read_error == "throw") throw std::runtime_error("read broke");
    if (!record.read_error.empty()) return tl::unexpected(error_of(record.read_error));
    core::Dataset dataset;
    dataset.name = given.remote_id;
    dataset.url = given.url;
    std::istringstream lines(given.content);
    std::getline(lines, dataset.title);
    for (std::string url; std::getline(lines, url);) {
      core::Resource resource;
      resource.id = url;
      resource.name = "file";
      resource.url = url;
      resource.format = "CSV";
      resource.position = static_cast<std::int64_t>(dataset.resources.size());
      dataset.resources.push_back(std::move(resource));
    }
    return dataset;
  }

 private:
  void step(const std::string& what) {
    if (portal_.at) portal_.at(what);
  }
  Portal& portal_;
};

}  // namespace

core::Result<std::unique_ptr<Source>> Portal::make(const SourceContext& context) {
  if (throws == "make") throw std::runtime_error("the constructor broke");
  since = context.since;
  return std::make_unique<PortalSource>(*this);
}

PortalRecord& Portal::record(const std::string& id) {
  for (PortalRecord& one : records) {
    if (one.id == id) return one;
  }
  throw std::logic_error("the portal has no " + id);
}

core::Error error_of(const std::string& id) {
  return core::fail(core::ErrorCode::kUpstream, id, {"悪い: " + id, "bad: " + id}).value();
}

}  // namespace minato::harvest
