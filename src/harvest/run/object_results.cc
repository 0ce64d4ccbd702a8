#include "harvest/run/object_results.h"

#include "harvest/run/faults.h"

namespace minato::harvest {

void ObjectResults::complete(storage::HarvestObject& object, core::RecordReport report) {
  object.state = storage::HarvestObject::State::kComplete;
  object.report = report;
  empty(object);
}

void ObjectResults::fail(storage::HarvestObject& object, const std::string& stage,
                         const core::Error& error) {
  object.state = storage::HarvestObject::State::kError;
  object.report = core::RecordReport::kErrored;
  empty(object);
  const FaultPlace place{run_.job.id, stage, object.id, object.remote_id, object.url};
  faults_.push_back(make_fault(place, error, run_.stores.clock.now()));
  service::ImportedRecord told;
  told.report = core::RecordReport::kErrored;
  told.error = error;
  run_.note({run_.source.name, object.remote_id, std::move(told)});
}

core::Result<void> ObjectResults::save(const std::vector<storage::HarvestObject>& objects) {
  if (!faults_.empty()) {
    if (auto done = run_.stores.harvest.add_faults(faults_); !done) return done;
    faults_.clear();
  }
  return run_.stores.harvest.save_objects(objects);
}

void ObjectResults::empty(storage::HarvestObject& object) {
  object.imported = run_.stores.clock.now();
  object.content.clear();
  object.content.shrink_to_fit();
}

}  // namespace minato::harvest
