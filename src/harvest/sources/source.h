// One way of showing a catalogue (CKAN, DCAT, list, page, file), turned into datasets.
//
// The pipeline (harvest/run) asks in three steps, each of which may be interrupted and repeated:
// gather() lists the records, fetch() gets the content of one, read() makes a dataset of it. The
// content is kept between the steps, so its form is the adapter's own affair.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/error.h"
#include "core/harvest.h"
#include "core/time.h"
#include "formats/remote/source_options.h"
#include "harvest/fetch/fetcher.h"

namespace minato::harvest {

struct GatheredRecord {
  std::string remote_id;        // the remote's own id, URI or normalised URL; stable
  std::string remote_modified;  // as the remote writes it; may be empty
  std::string url;              // where a person sees the record; may be empty
  std::string content;          // empty: fetch() gets it
};

// Where gather() puts what it finds. An error of these ends the gathering (the job lost its lease,
// a store failed, a limit was reached): return it.
class GatherSink {
 public:
  virtual ~GatherSink() = default;
  virtual core::Result<void> record(GatheredRecord record) = 0;
  // For adapters that learn the state of a record without its content. True: we hold just that
  // state, and the record counts as seen; nothing more to do. False: give it to record().
  virtual core::Result<bool> unchanged(const std::string& remote_id,
                                       const std::string& remote_modified) = 0;
  // A record (or page) that cannot be listed; the gathering goes on. `is_listing_whole` false: what
  // it would have listed is unknown, so nothing may be taken for vanished in this run.
  virtual core::Result<void> fault(const std::string& record, const std::string& url,
                                   const core::Error& error, bool is_listing_whole) = 0;
};

struct SourceContext {
  const core::HarvestSource& source;
  const formats::SourceOptions& options;
  Fetcher& fetcher;
  const core::Clock& clock;
  core::Deadline deadline = core::Deadline::max();
  const std::atomic<bool>* stop = nullptr;
  std::optional<core::Timestamp> since;  // the last complete, error-free run; none: ask for all
  std::string work_directory;            // for files while they are read; exists
};

// A request to the source with what every request of it carries: permission, delay, deadline, stop.
FetchRequest request_of(const SourceContext& context, std::string url);

// Datasets as read() gives them, not yet ours (service/harvest/import.h makes them so):
//   name        the remote name if it has one, else empty
//   url         landing page
//   license_id, frequency, themes, resource.format, resource.license_id: as the remote writes them
//   owner_org, groups, id, state, created: empty
//   tags        names only (in the remote's spelling)
//   extras      what the remote has beyond our fields
//   modified    of the remote, when it says so; else 0
//   resources[].id  a key, unique in the dataset, that stays the same when the file is replaced:
//                   the remote's id, or what is left of the URL without edition marks
// Not thread-safe. REQUIRES: what the context refers to outlives it.
class Source {
 public:
  virtual ~Source() = default;
  // Done: the listing is whole, unless a fault said otherwise. Error: it is not.
  virtual core::Result<void> gather(GatherSink& sink) = 0;
  // REQUIRES: the record was gathered without content.
  virtual core::Result<std::string> fetch(const GatheredRecord& record) = 0;
  // No network.
  virtual core::Result<core::Dataset> read(const GatheredRecord& record) = 0;
};

// Each fails with kInvalidArgument when options or URL cannot be used.
core::Result<std::unique_ptr<Source>> make_ckan_source(const SourceContext& context);
core::Result<std::unique_ptr<Source>> make_dcat_source(const SourceContext& context);
core::Result<std::unique_ptr<Source>> make_list_source(const SourceContext& context);
core::Result<std::unique_ptr<Source>> make_page_source(const SourceContext& context);
core::Result<std::unique_ptr<Source>> make_file_source(const SourceContext& context);
// By the kind of context.source.
core::Result<std::unique_ptr<Source>> make_source(const SourceContext& context);

}  // namespace minato::harvest
