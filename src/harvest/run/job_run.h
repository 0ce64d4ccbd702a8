// What the stages of one job share.
#pragma once

#include <string>

#include "core/harvest.h"
#include "formats/remote/source_options.h"
#include "harvest/fetch/fetcher.h"
#include "harvest/run/job_keeper.h"
#include "harvest/run/progress.h"
#include "harvest/run/runner.h"
#include "harvest/sources/source.h"
#include "service/harvest/import.h"

namespace minato::harvest {

struct JobRun {
  const core::HarvestSource& source;
  const formats::SourceOptions& options;
  const RunnerStores& stores;
  const RunnerOptions& limits;
  const RunCallbacks& callbacks;
  Fetcher& fetcher;
  JobKeeper& keeper;
  Progress& progress;
  Source& adapter;
  core::HarvestJob& job;
  std::string folder;      // the job's own, removed with it
  bool broke_off = false;  // its last owner crashed while at it
  bool is_dry = false;     // compares only

  [[nodiscard]] service::HarvestTarget target() const {
    return {stores.catalog, stores.harvest, stores.clock, is_dry, is_dry};
  }
  [[nodiscard]] service::HarvestImportContext import_context() const {
    return {source, options, job.id};
  }
  void note(RecordNote note) const {
    if (callbacks.record) callbacks.record(note);
  }
};

}  // namespace minato::harvest
