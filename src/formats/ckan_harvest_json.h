// The state of harvesting in the dictionaries of ckanext-harvest (api/ckan.md).
#pragma once

#include <string>
#include <vector>

#include "core/dataset.h"
#include "core/harvest_status.h"
#include "formats/json.h"

namespace minato::formats {

// harvest_source_show: the source as a dataset of type "harvest", with "status".
// `organization` may be null.
void write_ckan_harvest_source(JsonWriter& json, const core::SourceStatus& status,
                               const core::Group* organization,
                               const core::FaultSummaries& last_job_faults);
// An element of harvest_source_list.
void write_ckan_harvest_row(JsonWriter& json, const core::SourceStatus& status,
                            const core::FaultSummaries& last_job_faults);
// harvest_source_show_status: {job_count, last_job, total_datasets}.
void write_ckan_harvest_status(JsonWriter& json, const core::SourceStatus& status,
                               const core::FaultSummaries& last_job_faults);

// harvest_job_show, and the elements of harvest_job_list.
void write_ckan_harvest_job(JsonWriter& json, const core::HarvestJob& job,
                            const core::FaultSummaries& faults);
// harvest_job_report: {gather_errors, object_errors}.
void write_ckan_harvest_report(JsonWriter& json, const std::vector<core::FaultStatus>& faults);

// harvest_object_show.
void write_ckan_harvest_object(JsonWriter& json, const core::ObjectStatus& object,
                               const std::vector<core::FaultStatus>& faults);

}  // namespace minato::formats
